"""Of which things of a case the national system has spoken, and when last: read by portions, written by one statement."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from documents.models import NationalExport, NationalWord

PUT = """
    INSERT INTO documents_nationalword AS held (case_id, moments)
    SELECT case_id, jsonb_object_agg(key, %s::text) FROM unnest(%s::bigint[], %s::text[]) AS told(case_id, key) GROUP BY case_id
    ON CONFLICT (case_id) DO UPDATE SET moments = held.moments || EXCLUDED.moments
"""


def key_of(field: str, subject: str) -> str:
    return f"{field}|{subject}" if subject else field


def of(cases: Iterable[int]) -> dict[int, dict[str, datetime]]:
    rows = NationalWord.objects.filter(case__in=list(cases)).values_list("case_id", "moments")
    return {pk: {key: datetime.fromisoformat(at) for key, at in moments.items()} for pk, moments in rows}


def put(export: NationalExport, told: Iterable[tuple[int, str, str]]) -> None:
    """What this export was listened to about: (case, field, subject), none of which a newer one has spoken of."""
    rows = sorted({(case, key_of(field, subject)) for case, field, subject in told})
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(PUT, [export.taken_at.isoformat(), [pk for pk, _ in rows], [key for _, key in rows]])
