"""The bulletin as a paper, as a Word file and as an Excel file, all from what was frozen."""

from datetime import date

from django.conf import settings

from cases import excel
from cases.periods import local
from documents import word_file, words
from documents.blocks import Block
from documents.chinese import chinese_date
from documents.drawing import Paper
from documents.drawing import draw as drawn
from quality.figures import TEAM_COLUMNS
from quality.models import Bulletin, BulletinIssue
from teams.actor import Actor

KIND = "bulletin"  # its words: templates/documents/bulletin.txt
PRINTED = (0, 1, 2, 3, 5, 7)  # columns of the table of teams that fit a page
SHORT = ("结案", "完毕率", "执结率", "终本率", "未结", "按期率")


TITLE = "质效分析通报"


def draw(row: Bulletin, texts: dict[str, str], day: date) -> bytes:
    """The PDF as it goes out."""
    paper = Paper(
        title=TITLE, blocks=blocks(row, texts), court=settings.COURT_NAME, date=chinese_date(day), layout="letter"
    )
    return drawn(paper).pdf


def word(issue: BulletinIssue) -> bytes:
    """The same words as a Word file; what counts is the PDF that was issued."""
    texts = {"findings": issue.findings, "problems": issue.problems, "measures": issue.measures}
    day = chinese_date(local(issue.issued_at).date())
    return word_file.word([settings.COURT_NAME, TITLE], blocks(issue.bulletin, texts), day)


def blocks(row: Bulletin, texts: dict[str, str]) -> list[Block]:
    """The words of table 5, then the teams in their order and the nodes with what was late."""
    told = row.figures
    shown = [(each["label"], each["value"], each["before"], each["reference"] or "—") for each in told["indicators"]]
    asked = {"period": told["label"].replace(" ", ""), "figures": "\n".join("｜".join(line) for line in shown), **texts}
    return [*words.render(KIND, asked).blocks, *_tables(told), *_notes(row)]


def _tables(told: dict) -> list[Block]:
    found = []
    if told["teams"]:
        lines = [(team["name"], *(team["cells"][place]["value"] for place in PRINTED)) for team in told["teams"]]
        widths = (2.6, 1, 1.4, 1.4, 1.4, 1, 1.4)
        found += [
            Block("heading", "附表一　各团队（按编制顺序，不排名）"),
            Block("table", rows=(("团队", *SHORT), *lines), widths=widths, head=True),
        ]
    late = [
        (node["label"], str(node["due"]), str(node["late"]), node["rate"]) for node in told["nodes"] if node["late"]
    ]
    if late:
        found += [
            Block("heading", "附表二　各节点超期（按期限表顺序）"),
            Block("table", rows=(("事项", "届满", "超期", "占比"), *late), widths=(4, 1, 1, 1), head=True),
        ]
    return found


def _notes(row: Bulletin) -> list[Block]:
    """What the figures rest on; the last block stands on one page with the date."""
    told = row.figures
    again = f"本通报为第{row.version}版，更正原因：{row.reason}。" if row.version > 1 else ""
    scope = f"统计范围：{told['kinds']}；数据截至{told['as_of']}；上期数字取自{told['before']['from']}。"
    return [Block("p", f"{again}{scope}公式、清单见平台同期通报，校验值{row.hash[:16]}。（执行局综合质效管理团队）")]


def sheets(row: Bulletin, by: Actor) -> bytes:
    """Figures, teams and nodes, each on a sheet of its own."""
    told = row.figures
    columns = [("指标", "wide"), ("本期", "text"), ("上期", "text"), ("分子", "text"), ("分母", "text"), ("参考区间", "text"), ("参考来源", "wide"), ("公式", "wide"), ("版本", "short")]  # fmt: skip
    keys = ("label", "value", "before", "upper", "lower", "reference", "source", "formula")
    rows = [
        {
            **dict(zip((name for name, _ in columns), (each[key] for key in keys), strict=False)),
            "版本": f"第 {each['version']} 版",
        }
        for each in told["indicators"]
    ]
    heads = ("团队", *(name for name, _, _ in TEAM_COLUMNS))
    teams = [
        dict(zip(heads, (team["name"], *(cell["value"] for cell in team["cells"])), strict=True))
        for team in told["teams"]
    ]
    nodes = [
        {"事项": each["label"], "届满": str(each["due"]), "超期": str(each["late"]), "超期占比": each["rate"]}
        for each in told["nodes"]
    ]
    more = [
        ("各团队", [(name, "text") for name in heads], teams),
        ("各节点超期", [("事项", "wide"), ("届满", "text"), ("超期", "text"), ("超期占比", "text")], nodes),
    ]
    filters = f"{row}；{told['kinds']}；数据截至 {told['as_of']}；校验值 {row.hash}"
    return excel.workbook("质效指标", columns, rows, by, filters=filters, purpose=row.reason, more=more)
