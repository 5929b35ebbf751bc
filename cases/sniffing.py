"""What a file is, by its content: the kind, and whether it opens, is locked, hides something, or unfolds into too much.

Nothing of the file is run or drawn here; a name counts only where two kinds share their first bytes.
"""

import re
import zipfile
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from cases.refusals import Refused

# First bytes of what is accepted.
KINDS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"PK\x03\x04", "application/zip"),
)
OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
INSIDE = {OFFICE[".docx"]: ("word/document.xml", "Word"), OFFICE[".xlsx"]: ("xl/workbook.xml", "Excel")}
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old office files, and new ones under a password
LOCKED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
UNFOLDED = 20  # times the bound on a file
MEMBERS = 5000  # parts of an office file
PIXELS = 200_000_000  # of one image: A1 at 300 dpi and some
ACCEPTED = "请上传 PDF、JPEG、PNG、TIFF、docx 或 xlsx 文件"
PIECE = 1 << 20


def kind_of(head: bytes, name: str) -> str:
    """The content type, by the first bytes; Refused names what is accepted."""
    for magic, content_type in KINDS:
        if head.startswith(magic):
            if content_type != "application/zip":
                return content_type
            if office := OFFICE.get(Path(name).suffix.lower()):
                return office
    if head.startswith(COMPOUND):
        raise Refused(f"「{name}」是加密的或旧版的办公文档：请去除密码，另存为 docx、xlsx 或 PDF 后再上传。")
    raise Refused(f"「{name}」的内容不是可入卷的格式：{ACCEPTED}。")


def look_inside(path: Path, name: str, content_type: str, most: int) -> None:
    """Refused, in a sentence, for what cannot be filed although its first bytes are right. `most`: bytes of a file."""
    if content_type in INSIDE:
        _office(path, name, content_type, most)
    elif content_type == "application/pdf":
        if _locked(path):
            raise Refused(f"「{name}」设有密码：请去除密码后再上传，卷宗材料须人人能够打开。")
    else:
        _image(path, name)


def _office(path: Path, name: str, content_type: str, most: int) -> None:
    """An office file is a zip: it opens, holds what its kind holds, no macros, and unfolds into something bounded."""
    part, program = INSIDE[content_type]
    try:
        with zipfile.ZipFile(path) as book:
            members = book.infolist()
    except zipfile.BadZipFile:
        raise Refused(f"「{name}」打不开：文件可能已损坏，请重新导出后再上传。") from None
    names = {member.filename for member in members}
    if part not in names:
        raise Refused(f"「{name}」不是 {program} 文件：请核对后再上传。")
    if any(member.flag_bits & 1 for member in members):
        raise Refused(f"「{name}」设有密码：请去除密码后再上传，卷宗材料须人人能够打开。")
    if any(found.endswith("vbaProject.bin") for found in names):
        raise Refused(f"「{name}」含有宏：请另存为不含宏的 {program} 文件或 PDF 后再上传。")
    if len(members) > MEMBERS or sum(member.file_size for member in members) > UNFOLDED * most:
        raise Refused(f"「{name}」展开后过大，不能入卷。")


def _locked(path: Path) -> bool:
    """Whether the trailer of a PDF names an encryption dictionary; read in pieces that overlap."""
    before = b""
    with path.open("rb") as content:
        while piece := content.read(PIECE):
            if LOCKED.search(before + piece):
                return True
            before = piece[-64:]
    return False


def _image(path: Path, name: str) -> None:
    """Its header is read, and nothing unfolded: a picture of absurd size is refused before anybody draws it."""
    try:
        with Image.open(path) as picture:
            width, height = picture.size
    except Image.DecompressionBombError:
        raise Refused(f"「{name}」尺寸过大，不能入卷：请降低扫描分辨率后再上传。") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Refused(f"「{name}」打不开：图片可能已损坏，请重新扫描后再上传。") from None
    if width * height > PIXELS:
        raise Refused(f"「{name}」尺寸过大，不能入卷：请降低扫描分辨率后再上传。")
