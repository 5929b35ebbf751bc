"""Whoever edits the words is told what is wrong with them, and finds every name in the page."""

import re
from io import StringIO
from pathlib import Path
from typing import get_type_hints

import pytest
from django.core.management import CommandError, call_command

from documents import language, names, words, words_check

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "words.md").read_text(encoding="utf-8")


def test_the_words_are_in_order():
    out = StringIO()
    call_command("check_words", stdout=out)
    assert "均可使用" in out.getvalue()


def test_each_fault_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(words, "folder", lambda: tmp_path)
    (tmp_path / "fine.txt").write_text("? a A\n---\n{{ a }}{{ case.nunber }}", encoding="utf-8")
    (tmp_path / "detention.txt").write_text("---\n{% if a %}", encoding="utf-8")
    (tmp_path / "nothing_of_ours.txt").write_text("---\n", encoding="utf-8")
    found = words_check.faults()
    assert "fine.txt：没有名为 case.nunber 的内容" in found
    assert "nothing_of_ours.txt：表五没有这种文书" in found
    assert any(fault.startswith("detention.txt：") and "endif" in fault for fault in found)
    assert "exit_ban.txt：没有这份文字（限制出境决定书）" in found
    with pytest.raises(CommandError, match="nunber"):
        call_command("check_words")


def test_the_page_explains_every_name_filter_and_tag():
    told = set(re.findall(r"`([^`\n]+)`", PAGE))
    for name, shape in names.ROOTS.items():
        shape = shape[0] if isinstance(shape, list) else shape
        fields = get_type_hints(shape) if isinstance(shape, type) else {}
        assert any(re.match(rf"{name}\b", each) for each in told), name
        for field in fields:
            assert f"{name}.{field}" in told or field in told, (name, field)
    for name in ("money", "capital", "day", "chinese_day", "numeral", "rows", "default"):
        assert name in language.register.filters
        assert name in PAGE
