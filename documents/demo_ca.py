"""A certificate authority of this machine alone, for the demonstration's seal: made once, readable by its owner."""

import fcntl
import os
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from cases import clock

AUTHORITY, CERTIFICATE, KEY = "authority.pem", "seal.pem", "seal.key.pem"
VALID = timedelta(days=3650)


def make(folder: Path) -> None:
    """The files in the folder, unless they are there; two processes at once make them once."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / CERTIFICATE).exists():
            return
        authority_key, key = _key(), _key()
        name, own = _name("样章演示机构"), _name("样章 演示")
        authority = _certificate(name, name, authority_key.public_key(), authority_key, authority=True)
        certificate = _certificate(own, name, key.public_key(), authority_key, authority=False)
        _write(folder / AUTHORITY, authority.public_bytes(serialization.Encoding.PEM))
        plain = serialization.NoEncryption()
        _write(folder / KEY, key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
        _write(folder / CERTIFICATE, certificate.public_bytes(serialization.Encoding.PEM))


def _key() -> ec.EllipticCurvePrivateKey:
    """Of a curve: an RSA key is proved anew at each signature, which costs as much as the signature's paper."""
    return ec.generate_private_key(ec.SECP256R1())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(subject, issuer, public_key, signing_key, *, authority: bool) -> x509.Certificate:
    now = clock.now()
    usage = x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority, key_cert_sign=authority, crl_sign=authority,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - VALID)  # the demonstration and the tests run on clocks that are set
        .not_valid_after(now + VALID)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False)
    )
    return built.sign(signing_key, hashes.SHA256())


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
