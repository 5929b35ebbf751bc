"""Answers for a sample of a paper: what the drafter would type, told from how the words use it.

For the printed samples the legal officer reads, and for the tests that render every kind.
"""

from collections.abc import Mapping
from typing import Any

from django.template.base import Node, VariableNode
from django.template.defaulttags import ForNode

from documents import signs, words

CELLS = ("示例一", "示例二", "示例三", "示例四", "示例五", "示例六")


def answers(kind: str, context: Mapping[str, Any]) -> dict[str, Any]:
    """Every asked value: the proposal where it is whole, else an example of the right sort."""
    read = words.read(kind)
    sorts = _sorts(read)
    found: dict[str, Any] = {}
    for name, proposal in words.proposals(kind, context).items():
        whole = proposal and signs.OPEN not in str(proposal)
        each = next(asked for asked in read.asked if asked.name == name)
        found[name] = proposal if whole else _example(sorts.get(name, ""), each.label)
    return found


def _example(sort: str, label: str) -> str:
    if sort in ("money", "capital"):
        return "186420"
    if sort in ("day", "chinese_day"):
        return "2027-11-21"
    if sort.startswith("rows:"):
        line = "｜".join(CELLS[: int(sort.removeprefix("rows:"))])
        return f"{line}\n{line}"
    return f"示例{label.partition('（')[0]}"


def _sorts(read: words.Words) -> dict[str, str]:
    """name → the filter that tells what is typed there."""
    found: dict[str, str] = {}
    for node in read.body.nodelist.get_nodes_by_type(Node):
        if isinstance(node, VariableNode):
            found |= _sort(node.filter_expression)
        elif isinstance(node, ForNode):
            found |= _sort(node.sequence)
    return found


def _sort(expression: Any) -> dict[str, str]:
    for function, given in expression.filters:
        if function.__name__ in ("money", "capital", "day", "chinese_day"):
            return {str(expression.var): function.__name__}
        if function.__name__ == "rows":
            return {str(expression.var): f"rows:{given[0][1] if given else 1}"}
    return {}
