"""Who is on the list of a trip."""

from assets.models import Query, QueryBatch
from cases import rights
from teams.actor import Actor


def people(batch: QueryBatch, reader: Actor | None = None) -> dict[str, list[Query]]:
    """The persons of the list, each once: the certificate, else the name; with the queries of all his cases, for a
    reader of those cases alone that he may list (flow §7)."""
    rows = batch.queries.select_related("party", "case").order_by("pk")
    if reader is not None:
        rows = rows.filter(case__in=rights.visible(reader))
    found: dict[str, list[Query]] = {}
    for query in rows:
        found.setdefault(query.party.certificate_number or query.party.name, []).append(query)
    return found
