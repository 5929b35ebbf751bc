"""`/dossier-search/` 全文检索: papers of all cases whose pages say it, and its rows under the one search box."""

from urllib.parse import urlencode

from cases import context, lists
from cases.pages.lights import stamp
from cases.pages.names import line, parties_of, short_number
from cases.present import present
from cases.search import Hit
from documents.dossier import everywhere, search, sweeping
from documents.dossier.everywhere import At, Found
from teams.actor import Actor

ADDRESS = "/dossier-search/"
QUICK = 3  # papers shown under the search box


def page(request, actor: Actor) -> dict:
    """What was found for `q`, twenty papers a page, the newest first; why nothing was looked for."""
    given, after = request.GET.get("q", ""), request.GET.get("after", "")
    text = search.clean(given)
    begin = int(after) if after.isdigit() and len(after) < 19 else 0
    found = everywhere.find(actor, text, begin)
    ctx = context.read()
    parties = parties_of([row.paper.case for row in found.rows if row.paper.case])
    return {
        "q": text,
        "cut": len("".join(given.split())) > len(text),
        "short": 0 < len(text) < everywhere.LEAST,
        "rows": [_row(ctx, row, parties, text) for row in found.rows],
        "next": lists.link(ADDRESS, [("q", text)], str(found.next or "")),
        "previous": "",
        "first": f"{ADDRESS}?{urlencode({'q': text})}" if begin else "",
        "unread": "" if found.rows else _unread(ctx),
    }


def _unread(ctx) -> str:
    """What the search cannot find yet: as the last round of the night counted it."""
    told = sweeping.counted()
    if told.at is None:
        return ""
    lost = f"，{told.lost} 页两次识别失败，只能看图" if told.lost else ""
    return f"{stamp(ctx, told.at)}清点：扫描件待识别 {told.unread} 页{lost}"


def _row(ctx, found: Found, parties, text: str) -> dict:
    paper, case = found.paper, present(found.paper.case)
    team = ctx.roster.team(case.team_id)
    return {
        "title": paper.title,
        "secret": paper.secret_volume,
        "at": stamp(ctx, paper.happened_at),
        "case": short_number(case, ctx.today.year),
        "full": case.number,
        "case_url": f"/cases/{case.pk}/",
        "parties": line(case, parties),
        "holder": " ".join(filter(None, (team.name if team else "", ctx.roster.name(case.handler_id)))),
        "pages": [{**at._asdict(), "url": address(found, at, text)} for at in found.pages],
        "all": f"/cases/{case.pk}/dossier/?{urlencode({'m': paper.pk, 'q': text})}" if found.more else "",
    }


def address(found: Found, at: At, text: str) -> str:
    """The dossier, open at the page, the words marked."""
    asked = urlencode({"m": found.paper.pk, "q": text, "p": at.page})
    return f"/cases/{found.paper.case_id}/dossier/?{asked}#p{at.page}"


def quick(text: str, actor: Actor, limit: int) -> list[Hit]:
    """Under the search box: a few papers, and where there are more the page that lists them. Not for bare numbers:
    they are the tails of case numbers."""
    if text.isascii() or limit < 1:
        return []
    found, ctx = everywhere.find(actor, text, size=QUICK), context.read()
    hits = []
    for row in found.rows[:limit]:
        at, case = row.pages[0], present(row.paper.case)
        said = f"{row.paper.title} 第 {at.page} 页　{at.before}{at.word}{at.after}"
        number = short_number(case, ctx.today.year)
        hits.append(Hit("卷宗正文", number, said, "", address(row, at, search.clean(text)), case.number))
    if found.next and len(hits) < limit:
        url = f"{ADDRESS}?{urlencode({'q': text})}"
        hits.append(Hit("卷宗正文", "全文检索", f"列出正文有「{text}」的全部材料", "", url))
    return hits
