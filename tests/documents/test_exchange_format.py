"""docs/exchange.md says what the program does: each sample fits its schema, and the program's own packages do too."""

import json
import re

import jsonschema
import pytest
from django.conf import settings

from documents.exchange import answers, manifest
from documents.exchange.manifest import Broken
from documents.models import Outgoing
from tests import make
from tests.cases.signing_helpers import fast_case
from tests.documents.exchanging import peer, work_off
from tests.documents.helpers import issued
from tests.documents.test_service import debtor, service

FOLDER = settings.BASE_DIR / "documents" / "exchange" / "schemas"
SCHEMAS = {
    path.name.removesuffix(".json"): json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")
}
TEXT = (settings.BASE_DIR / "docs" / "exchange.md").read_text(encoding="utf-8")
SAMPLES = [(kind, json.loads(body)) for kind, body in re.findall(r"```json ([\w.]+)\n(.*?)```", TEXT, re.S)]
READERS = {"seal.receipt": answers.seal, "delivery.receipt": answers.delivery, "upload.receipt": answers.upload}


def fits(kind: str, value) -> None:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(SCHEMAS[kind], format_checker=checker).validate(value)


def test_every_schema_is_one_and_has_a_sample():
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    assert {kind for kind, _ in SAMPLES} == set(SCHEMAS)


@pytest.mark.parametrize(("kind", "sample"), SAMPLES)
def test_the_sample_fits_its_schema_and_is_understood(kind, sample):
    fits(kind, sample)
    if kind in READERS:
        READERS[kind](sample)


WRONG = [
    ("seal.receipt", {}),
    ("seal.receipt", {"status": "sealed"}),
    ("seal.receipt", {"status": "done", "at": "2026-11-27T09:12:40+08:00"}),
    ("seal.receipt", {"status": "refused", "at": "2026-11-27T09:12:40+08:00"}),
    ("upload.receipt", {"status": "received", "at": "2026-11-27T09:12:40+08:00"}),
    ("upload.receipt", {"status": "refused", "at": "2026-11-27T09:12:40+08:00"}),
    ("delivery.receipt", {"status": "failed", "at": "2026-11-27T09:12:40+08:00", "reason": "x" * 201}),
    ("delivery.receipt", {"status": "delivered", "at": "2026-11-27T09:12:40+08:00", "course": [1]}),
    ("delivery.receipt", {"status": "delivered", "at": "2026-11-27T09:12:40+08:00", "course": "短信"}),
    ("delivery.receipt", {"status": "delivered", "at": "2026-11-27T09:12:40+08:00", "channel": 5}),
]


@pytest.mark.parametrize(("kind", "sample"), WRONG)
def test_what_the_schema_refuses_the_program_refuses_too(kind, sample):
    with pytest.raises(jsonschema.ValidationError):
        fits(kind, sample)
    with pytest.raises(Broken):
        READERS[kind](sample)


@pytest.mark.django_db
def test_the_programs_own_packages_and_the_peers_receipts_fit(sealed_by):
    from documents import delivering, sealing
    from tests.cases.signing_helpers import pdf

    sealed_by("Service")
    case, clerk = fast_case(), make.actor("fast-03", "clerk")
    debtor(case, "13800138000")
    document = issued(case, "handler_notice", clerk, subject=debtor(case).subject)
    work_off()
    sealing.scanned(document, pdf("盖章件.pdf"), clerk)
    delivering.serve_electronically(service(document), clerk)
    issued(case, "report_order", clerk, subject=debtor(case).subject)  # waits for the e-seal service
    work_off()
    assert Outgoing.objects.exclude(state="withdrawn").count() == 2
    for folder in ("out", "in"):
        if folder == "in":
            peer().answer_all()
        paths = manifest.waiting(settings.EXCHANGE_DIR / folder)
        assert len(paths) == 2
        for path in paths:
            fits("manifest", json.loads((path / "manifest.json").read_text()))
            package = manifest.read(path)
            fits(package.kind, package.payload)
