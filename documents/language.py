"""The language of the words: Django's template syntax without anything that reaches beyond the values handed in.

No loading, including, addresses, clocks or debugging: only if, for, with, firstof and comment, and the filters here.
What is missing prints its name between ⟦ and ⟧ and is remembered; what `if` asks for may be missing.
"""

import re
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.template import (
    Context,
    Engine,
    Library,
    Template,
    Variable,
    VariableDoesNotExist,
    defaultfilters,
    defaulttags,
)
from django.template.base import FilterExpression, VariableNode
from django.template.context import make_context

from cases.amounts import read_amount
from cases.dates import read_date
from documents import chinese, signs

TAGS = {"if": "do_if", "for": "do_for", "with": "do_with", "firstof": "firstof", "comment": "comment"}
FILTERS = ("default", "first", "floatformat", "join", "last", "length", "yesno")
OPTIONAL = {"default", "yesno"}  # filters that answer for a missing value themselves
MISSING = "missing"  # the key of the list in the render context

register = Library()
for name, function in TAGS.items():
    register.tag(name, getattr(defaulttags, function))
for name in FILTERS:
    register.filter(name, defaultfilters.register.filters[name])


class WordsEngine(Engine):
    default_builtins = ["documents.language"]


@cache
def engine() -> WordsEngine:
    return WordsEngine(autoescape=False, dirs=[])


class NotReadable(ValueError):
    """A typed value that is no amount or no date."""


def compile_words(text: str) -> Template:
    """The body of a words file; TemplateSyntaxError says what is wrong with it."""
    template = Template(text, engine=engine())
    for node in template.nodelist.get_nodes_by_type(VariableNode):
        node.__class__ = Printed
    for node in template.nodelist.get_nodes_by_type(defaulttags.ForNode):
        node.__class__ = Repeated
    for node in template.nodelist.get_nodes_by_type(defaulttags.FirstOfNode):
        node.__class__ = First
    return template


def fill(template: Template, values: dict[str, Any], labels: dict[str, str]) -> tuple[str, list[str]]:
    """The words with the values in them, and the labels of what is missing, each once."""
    context = make_context(values, autoescape=False)
    context.template = template
    missing: list[str] = []
    with context.render_context.push_state(template):
        context.render_context[MISSING] = (missing, labels)
        text = template.nodelist.render(context)
    return text, list(dict.fromkeys(missing))


# What prints


class Printed(VariableNode):
    """`{{ value }}`: missing, empty or unreadable, it shows its name; `|default:""` leaves a place for the pen."""

    def render(self, context):
        expression: FilterExpression = self.filter_expression
        optional = [given for function, given in expression.filters if function.__name__ in OPTIONAL]
        blank = any(not is_variable for given in optional for is_variable, _ in given[:1])
        try:
            if not optional and empty(raw(expression, context)):
                return report(context, path(expression))
            value = expression.resolve(context)
        except (VariableDoesNotExist, NotReadable):
            return report(context, path(expression))
        if empty(value) and not blank:
            return report(context, path(expression))
        text = signs.shield(str(value))
        for label in re.findall(f"{signs.OPEN}(.*?){signs.CLOSE}", text):
            context.render_context[MISSING][0].append(label)
        return text


class Repeated(defaulttags.ForNode):
    """`{% for %}` over nothing at all is missing too, unless it says what then (`{% empty %}`)."""

    sequence: FilterExpression

    def render(self, context):
        if not self.nodelist_empty and empty(raw_or_none(self.sequence, context)):
            return report(context, path(self.sequence))
        return super().render(context)


class First(defaulttags.FirstOfNode):
    """`{% firstof a b %}` without any of them is missing under the name of the first."""

    def render(self, context):
        text = super().render(context)
        return signs.shield(text) if text.strip() else report(context, path(self.vars[0]))


def empty(value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or (not value and hasattr(value, "__len__"))


def raw(expression: FilterExpression, context: Context):
    """The value before its filters; VariableDoesNotExist as it comes."""
    return expression.var.resolve(context) if isinstance(expression.var, Variable) else expression.var


def raw_or_none(expression: FilterExpression, context: Context):
    try:
        raw(expression, context)
        return expression.resolve(context, ignore_failures=True)
    except VariableDoesNotExist:
        return None


def path(expression: FilterExpression) -> str:
    return ".".join(expression.var.lookups or ()) if isinstance(expression.var, Variable) else str(expression.var)


def report(context: Context, name: str) -> str:
    """Remember and show it: by its label, else by the label of the last part, else by its name."""
    missing, labels = context.render_context[MISSING]
    label = labels.get(name) or labels.get(f"*.{name.rpartition('.')[2]}") or name
    missing.append(label)
    return signs.missing(label)


# Filters


def amount_of(value) -> Decimal:
    try:
        return value if isinstance(value, Decimal) else read_amount(str(value))
    except (ValueError, InvalidOperation) as error:
        raise NotReadable(str(error)) from error


def day_of(value):
    if not isinstance(value, str):
        return value
    if match := re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", value.strip()):
        value = "-".join(match.groups())
    try:
        return read_date(value)
    except ValueError as error:
        raise NotReadable(str(error)) from error


@register.filter
def money(value) -> str:
    """1,864,200.00元"""
    return chinese.plain_money(amount_of(value))


@register.filter
def capital(value) -> str:
    """壹佰捌拾陆万肆仟贰佰元整"""
    return chinese.capital_money(amount_of(value))


@register.filter
def day(value) -> str:
    """2026年11月22日, from a date or from what officers type"""
    return chinese.plain_date(day_of(value))


@register.filter
def chinese_day(value) -> str:
    """二〇二六年十一月二十二日"""
    return chinese.chinese_date(day_of(value))


@register.filter
def numeral(value) -> str:
    """一、二 … for headings"""
    return chinese.numeral(int(value))


@register.filter
def rows(value, columns: int = 1) -> list[list[str]]:
    """Lines typed or pasted, cells apart by ｜, | or a tab, as rows of so many cells; what is not there is —.

    A list that a room hands in is taken row by row.
    """
    lines = value.splitlines() if isinstance(value, str) else list(value)
    found = []
    for line in lines:
        cells = re.split(r"[|｜\t]", line) if isinstance(line, str) else [str(cell or "") for cell in line]
        cells = [cell.strip() or "—" for cell in cells]
        if any(cell != "—" for cell in cells):
            found.append((cells + ["—"] * columns)[: max(columns, 1)])
    return found
