"""Whether the words name only what exists: found before a paper is drawn, and for whoever edits the words.

Asked values, values of rooms (`known`), the standard context with its fields, and the names that `for` and `with` give.
"""

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

from django.template import Variable
from django.template.base import FilterExpression, NodeList, VariableNode
from django.template.defaulttags import FirstOfNode, ForNode, IfNode, WithNode
from django.template.smartif import TokenBase

from documents import contexts, words
from documents.people import Person

LEAF = object()  # a value without fields of its own
ROW = {str(number): LEAF for number in range(10)}
LOOP = dict.fromkeys(("counter", "counter0", "first", "last", "revcounter", "parentloop"), LEAF)
ROOTS: dict[str, Any] = {
    "court": contexts.Court,
    "case": contexts.CaseFacts,
    "bases": [contexts.BasisFacts],
    "claims": [contexts.ClaimFacts],
    "parties": [Person],
    "creditors": [Person],
    "debtors": [Person],
    "others": [Person],
    "heads": [LEAF],
    "party": Person,
    "team": contexts.TeamFacts,
    "handler": contexts.Officer,
    "clerk": contexts.Officer,
    "judge": contexts.Officer,
    "contact": contexts.Contact,
    **dict.fromkeys(
        ("basis_line", "claims_line", "creditor_names", "debtor_names", "matter", "president", "today"), LEAF
    ),
}


def unknown(kind: str, known: tuple[str, ...] = ()) -> list[str]:
    """The names in the words of this kind, defaults included, that nothing gives. `known` are those of rooms."""
    read = words.read(kind)
    scope = {**ROOTS, **dict.fromkeys(known, LEAF)}
    found: list[str] = []
    for each in read.asked:
        if each.name in read.defaults:
            found += _walk(read.defaults[each.name].nodelist, scope)
        scope[each.name] = LEAF
    return list(dict.fromkeys([*found, *_walk(read.body.nodelist, scope)]))


def _walk(nodes: NodeList, scope: dict[str, Any]) -> Iterator[str]:
    for node in nodes:
        inner = scope
        if isinstance(node, VariableNode):
            yield from _names(node.filter_expression, scope)
        elif isinstance(node, FirstOfNode):
            for expression in node.vars:
                yield from _names(expression, scope)
        elif isinstance(node, IfNode):
            for condition, _ in node.conditions_nodelists:
                yield from _condition(condition, scope)
        elif isinstance(node, ForNode):
            yield from _names(node.sequence, scope)
            inner = {**scope, "forloop": LOOP, **dict.fromkeys(node.loopvars, _element(node.sequence, scope))}
        elif isinstance(node, WithNode):
            for expression in node.extra_context.values():
                yield from _names(expression, scope)
            inner = {**scope, **dict.fromkeys(node.extra_context, LEAF)}
        for name in (*node.child_nodelists, "nodelist_empty"):
            if isinstance(children := getattr(node, name, None), NodeList):
                yield from _walk(children, inner)


def _condition(token: TokenBase | None, scope: dict[str, Any]) -> Iterator[str]:
    if token is None:
        return
    if isinstance(expression := getattr(token, "value", None), FilterExpression):
        yield from _names(expression, scope)
    for side in (getattr(token, "first", None), getattr(token, "second", None)):
        yield from _condition(side, scope)


def _names(expression: Any, scope: dict[str, Any]) -> Iterator[str]:
    variables = [expression.var, *(argument for _, given in expression.filters for _, argument in given)]
    for variable in variables:
        if isinstance(variable, Variable) and variable.lookups and not _there(variable.lookups, scope):
            yield ".".join(variable.lookups)


def _there(path: tuple[str, ...], scope: dict[str, Any]) -> bool:
    shape: Any = scope
    for part in path:
        fields = shape if isinstance(shape, dict) else get_type_hints(shape) if isinstance(shape, type) else {}
        if part not in fields:
            return False
        shape = _shape(fields[part])
    return True


def _shape(hint: Any) -> Any:
    """A field's own fields: those of the NamedTuple it holds, or none."""
    if isinstance(hint, dict | list) or hint is LEAF:
        return hint
    held = next((each for each in (hint, *get_args(hint)) if hasattr(each, "_fields")), None)
    return held or LEAF


def _element(sequence: Any, scope: dict[str, Any]) -> Any:
    """What one turn of the loop holds: a row of typed cells, or an element of a list of the context."""
    if any(function.__name__ == "rows" for function, _ in sequence.filters):
        return ROW
    shape = scope.get(str(sequence.var.var)) if isinstance(sequence.var, Variable) else None
    return shape[0] if isinstance(shape, list) else LEAF
