"""The addresses of the doors to the national execution system, and what must stand there for each."""

from cases import clock
from cases.models import Case
from tests.documents.national import take

QUALITY, FAST, DIRECTOR = ("quality", "clerk"), ("fast-03", "clerk"), ("leadership", "bureau_director")

# fmt: off
PAGES = {
    "national":     [(QUALITY, "/national/")],
    "national_one": [(QUALITY, "/national/{export}/")],
    "differences":  [(QUALITY, "/differences/"), (FAST, "/differences/?tab=theirs"), (DIRECTOR, "/differences/?field=node")],
    "difference":   [(QUALITY, "/differences/{difference}/"), (FAST, "/differences/{difference}/")],
    "entry_card":   [(FAST, "/docs/{issued}/card/"), (DIRECTOR, "/docs/{issued}/card/")],
}
NO_PAGE = {"national_preview", "export_differences", "upload_paper", "enter_item"}
# fmt: on


def world(fast: Case) -> dict:
    """An export with a difference and a row that was not used."""
    row = {"案号": fast.number, "节点代码": "203001005", "完成日期": clock.today()}
    done = take([row, {**row, "节点代码": "203001999"}, {**row, "案号": "（2026）豫0902执99999号"}])
    return {"export": done.pk, "difference": done.differences.get().pk}
