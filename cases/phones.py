"""Telephone numbers as people give them: a mobile of eleven digits, or a fixed line with its area code."""

import re
import unicodedata

FIXED = re.compile(r"(0(?:10|2\d|[3-9]\d\d))(\d{7,8})(?:转(\d{1,6}))?")
SERVICE = re.compile(r"(?:400\d{7}|9\d{4,5}|1(?:10|20|2\d{3}))")


def read_phone(text: str) -> str:
    """13800000000, or 0393-4412345转801; ValueError with what is wrong and what is right."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"^(\+|00)?86(?=1\d{10}$|0\d{9,})", "", re.sub(r"[\s\-–—()]", "", plain))
    plain = re.sub(r"(?:转|分机|ext\.?|x)(\d{1,6})$", r"转\1", plain, flags=re.IGNORECASE)
    if match := FIXED.fullmatch(plain):
        area, line, extension = match.groups()
        return f"{area}-{line}" + (f"转{extension}" if extension else "")
    if re.fullmatch(r"1[3-9]\d{9}", plain) or SERVICE.fullmatch(plain):
        return plain
    if re.fullmatch(r"1[3-9]\d*", plain):
        raise ValueError(f"手机号应为 11 位，现为 {len(plain)} 位。")
    if plain.isdigit() and len(plain) in (7, 8):
        raise ValueError(f"固定电话请写区号，如 0393-{plain}。")
    raise ValueError("电话应为 11 位手机号，或带区号的固定电话，如 0393-4412345。")
