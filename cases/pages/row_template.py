"""Rows of long lists: a template of text and plain variables, filled without the engine's machinery.

A list page renders some twenty values in each of fifty rows; resolving each through the engine was half of its time.
The HTML stays in a template file, every value is escaped as there, and what is not a plain variable is refused.
"""

from collections.abc import Mapping
from functools import cached_property
from html import escape
from typing import Any

from django.template import TemplateSyntaxError, loader
from django.template.base import Template, TextNode, VariableNode
from django.template.defaulttags import CommentNode
from django.utils.safestring import SafeString


class RowTemplate:
    """`RowTemplate("cases/_case_row.html").render(values)`; a value that is missing is a KeyError."""

    def __init__(self, name: str):
        self.name = name

    @cached_property
    def _template(self) -> Template:
        return loader.get_template(self.name).template  # type: ignore[attr-defined]

    @cached_property
    def _pieces(self) -> tuple[list[str], list[tuple[int, str]]]:
        """The texts with a gap for each variable, and which variable belongs in which gap."""
        pieces: list[str] = []
        gaps: list[tuple[int, str]] = []
        for node in self._template.nodelist:
            if isinstance(node, TextNode):
                pieces.append(node.s)
            elif isinstance(node, VariableNode):
                gaps.append((len(pieces), _variable(self.name, node)))
                pieces.append("")
            elif not isinstance(node, CommentNode):
                raise TemplateSyntaxError(f"{self.name}: a row's template holds text and plain variables only")
        return pieces, gaps

    def render(self, values: Mapping[str, Any]) -> SafeString:
        texts, gaps = self._pieces
        pieces = texts.copy()
        for place, name in gaps:
            value = values[name]
            pieces[place] = value if isinstance(value, SafeString) else escape(str(value))
        return SafeString("".join(pieces))


def _variable(name: str, node: VariableNode) -> str:
    expression = node.filter_expression
    lookups = getattr(expression.var, "lookups", None)
    if expression.filters or lookups is None or len(lookups) != 1:
        raise TemplateSyntaxError(f"{name}: {expression.token} is not a plain variable")
    return lookups[0]
