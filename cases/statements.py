"""Hand-written SQL of the paths that every step takes: prepared once per connection, read into model instances.

Planning such a statement costs more than running it, and so does composing it in the ORM (decision 0007). Nothing
here decides anything: it is the writing end of `steps`, `work` and `journal`.
"""

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import JSONField, Model
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)
PLACE = re.compile(r"%s::([a-z_ ]+(?:\(\d+\))?(?:\[\])?)")


class Statement:
    """One statement whose every parameter is written `%s::type`.

    Each connection prepares it when it first needs it; a new connection after a restart prepares it anew.
    """

    def __init__(self, name: str, sql: str):
        self.name, types = name, PLACE.findall(sql)
        if len(types) != sql.count("%s"):
            raise ValueError(f"{name}: every parameter of a prepared statement names its type")
        numbers = iter(range(1, len(types) + 1))
        body = PLACE.sub(lambda found: f"${next(numbers)}::{found[1]}", sql).replace("%%", "%")
        places = ", ".join(f"%s::{kind}" for kind in types)
        kinds = f"({', '.join(types)})" if types else ""
        self.prepare = f"PREPARE {name} {kinds} AS {body}"
        self.call = f"EXECUTE {name} {f'({places})' if types else ''}"
        self.ready: WeakKeyDictionary = WeakKeyDictionary()

    def make_ready(self) -> None:
        connection.ensure_connection()
        if connection.connection not in self.ready:
            with connection.wrap_database_errors, connection.connection.cursor() as raw:
                raw.execute(self.prepare)
            self.ready[connection.connection] = True

    def run(self, *values: Any):
        """Execute, and give the open cursor: rows, or `rowcount`."""
        self.make_ready()
        cursor = connection.cursor()
        cursor.execute(self.call, [array(value) for value in values])
        return cursor

    def rows(self, *values: Any) -> list[tuple]:
        with self.run(*values) as cursor:
            return cursor.fetchall()

    def load(self, model: type[M], *values: Any) -> list[M]:
        with self.run(*values) as cursor:
            return instances(model, cursor)


Call = tuple[Statement, Sequence[Any]]


def together(*calls: Call):
    """Several statements in one message; gives the cursor of the last one."""
    for statement, _ in calls:
        statement.make_ready()
    cursor = connection.cursor()
    message = "; ".join(statement.call for statement, _ in calls)
    cursor.execute(message, [array(value) for _, values in calls for value in values])
    return cursor


def instances(model: type[M], cursor) -> list[M]:
    """Rows as instances; a field that was not selected loads when it is read, as Django's deferred fields do. What is
    no column of the model becomes an attribute of its name."""
    places = {column.name: index for index, column in enumerate(cursor.description)}
    names, documents = _fields(model, tuple(places))
    order = [places[name] for name in names]
    alias = connection.alias
    return [_instance(model, alias, names, documents, [row[index] for index in order]) for row in cursor.fetchall()]


def _instance(model: type[M], alias: str, names: tuple[str, ...], documents: tuple[int, ...], row: list) -> M:
    """What `Model.from_db` gives, without the signals and defaults that make it ten times as dear."""
    for index in documents:
        row[index] = json.loads(row[index]) if row[index] != "[]" else []
    made = model.__new__(model)
    made._state = ModelState()
    made._state.adding, made._state.db = False, alias
    made.__dict__.update(zip(names, row, strict=True))
    return made


def twin(instance: M) -> M:
    """A second instance with the same values, not stored yet."""
    made = type(instance).__new__(type(instance))
    made.__dict__.update(instance.__dict__)
    made._state = ModelState()
    return made


@cache
def _fields(model: type[Model], selected: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The selected columns in the model's order, and which of them hold JSON (read as text, as Django's driver does)."""
    fields = [field for field in model._meta.concrete_fields if field.column in selected]
    documents = tuple(index for index, field in enumerate(fields) if isinstance(field, JSONField))
    others = set(selected) - {field.column for field in fields}
    return (*(field.attname for field in fields), *sorted(others)), documents


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: the text whose sha256 is signed or chained."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def array(value: Any) -> Any:
    """A list as PostgreSQL's array literal: read by the server in one go, unlike a constructor of single values."""
    if not isinstance(value, list):
        return value
    same = len(value) > 1 and value.count(value[0]) == len(value)
    elements = [_element(value[0])] * len(value) if same else map(_element, value)
    return "{" + ",".join(elements) + "}"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def columns(rows: Sequence[Any], names: Iterable[tuple[str, str]]) -> list[list]:
    """The attributes of the rows as arrays for `unnest`, one per (name, type)."""
    return [_documents(rows, name) if kind == "jsonb" else list(map(attrgetter(name), rows)) for name, kind in names]


def _documents(rows: Sequence[Any], name: str) -> list[str]:
    """As JSON; twins share a value, which is written out once."""
    values = [getattr(row, name) for row in rows]
    written = {id(value): canonical(value) for value in {id(value): value for value in values}.values()}
    return [written[id(value)] for value in values]


def unnest(names: Iterable[tuple[str, str]]) -> str:
    """`unnest(…) v(a, b, …)` for such columns."""
    names = list(names)
    return f"unnest({', '.join(f'%s::{kind}[]' for _, kind in names)}) v({', '.join(name for name, _ in names)})"


def update(name: str, table: str, names: Sequence[tuple[str, str]], constant: str = "", where: str = "") -> Statement:
    """UPDATE many rows by id with one statement; give it `columns(rows, (("id", "bigint"), *names))`."""
    sets = ", ".join([*(f"{column} = v.{column}" for column, _ in names), *([constant] if constant else [])])
    source = unnest([("id", "bigint"), *names])
    return Statement(name, f"UPDATE {table} t SET {sets} FROM {source} WHERE t.id = v.id{where}")
