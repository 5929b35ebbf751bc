"""Two characters of a name somewhere in the middle of the registry, against reading every name."""

from django.db import connection, transaction

from ops.bench.figure import timed


def seconds(rounds: int) -> float:
    """Of one search by two characters, over fifty names."""
    from cases import search

    words = some_names()
    search.candidates(words[0])
    return timed(lambda: [search.candidates(word) for word in words], rounds) / len(words)


def some_names() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT substr(name, 2, 2) FROM cases_party WHERE role = 'debtor' ORDER BY id DESC LIMIT 50")
        return [word for (word,) in cursor.fetchall()]


def scan_seconds(rounds: int) -> float:
    word = some_names()[0]
    return timed(lambda: scan_names(word), rounds)


def scan_names(word: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_bitmapscan = off; SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off"
        )
        cursor.execute("SELECT case_id FROM cases_party WHERE name LIKE %s", [f"%{word}%"])
        cursor.fetchall()
