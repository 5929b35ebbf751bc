"""Rules of the house that no tool knows, read from the sources:  python -m ops.house

A case changes through its door only, is created by `register` only, the journal is written in one place, the clock is
read in one place, and a file or a function stays short enough to be read.
"""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "teams",
    "cases",
    "documents",
    "assets",
    "reception",
    "archives",
    "preservation",
    "coercion",
    "petitions",
    "quality",
    "huanglong_exec",
    "ops",
)
DOOR, REGISTER, JOURNAL, CLOCK = "cases/steps/", "cases/steps/registering.py", "cases/journal", "teams/moment.py"
HELD = {"stage", "head", "entries", "team", "team_id"}  # of a case: written with its journal, or not at all
CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("timezone", "now"), ("timezone", "localdate"), ("date", "today"),
    ("time", "time"),
}  # fmt: skip
LINES, FUNCTION = 400, 45


def main() -> int:
    found = [f"{path.relative_to(ROOT)}:{line}: {why}" for path in sources() for line, why in faults(path)]
    print("\n".join(found) or "The house is in order.")
    return bool(found)


def sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from (path for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts)


def faults(path: Path) -> list[tuple[int, str]]:
    return check(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def check(name: str, text: str) -> list[tuple[int, str]]:
    """(line, what is wrong) of one source, whose `name` is its path in the repository."""
    found = [(LINES, f"more than {LINES} lines")] if text.count("\n") > LINES else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > FUNCTION:
            found.append((node.lineno, f"{node.name} is longer than {FUNCTION} lines"))
        if isinstance(node, ast.Call):
            found += [(node.lineno, why) for why in call(name, node)]
    return found


def call(name: str, node: ast.Call) -> Iterator[str]:
    said = ast.unparse(node.func)
    owner, _, method = said.rpartition(".")
    keywords = {keyword.arg for keyword in node.keywords if keyword.arg}
    if (owner.rpartition(".")[2], method) in CLOCKS and name != CLOCK and not name.startswith("ops/"):
        yield f"{said}() reads a clock of its own: use cases.clock"
    if method == "update" and keywords & HELD and "Case." in said and not name.startswith((DOOR, "ops/")):
        yield f"{said}({', '.join(sorted(keywords & HELD))}=…) passes the door by: use steps.take_steps"
    if method in step_names() and owner.rpartition(".")[2] in ("case", "fresh") and not name.startswith(DOOR):
        yield f"{said}() is a step: use steps.take_step"
    if said in ("Case", "Case.objects.create", "Case.objects.bulk_create") and name != REGISTER:
        yield f"{said}() creates a case: use steps.register"
    if said.startswith("JournalEntry.objects.") and method in WRITES and not name.startswith(JOURNAL):
        yield f"{said}() writes the journal: use journal.write"


WRITES = ("create", "bulk_create", "update", "delete", "bulk_update", "update_or_create", "get_or_create")


@cache
def step_names() -> set[str]:
    """The methods of table 1 on the case."""
    tree = ast.parse((ROOT / "cases" / "models" / "case.py").read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {node.name for node in functions if any(ast.unparse(each) == "step" for each in node.decorator_list)}


if __name__ == "__main__":
    sys.exit(main())
