"""Who is on the list of a trip."""

from assets.models import Query, QueryBatch


def people(batch: QueryBatch) -> dict[str, list[Query]]:
    """The persons of the list, each once: the certificate, else the name; with the queries of all his cases."""
    rows = batch.queries.select_related("party", "case").order_by("pk")
    found: dict[str, list[Query]] = {}
    for query in rows:
        found.setdefault(query.party.certificate_number or query.party.name, []).append(query)
    return found
