"""材料交接: what is with the team, what comes to it, what it has given; one bundle's way; the printed list."""

from collections.abc import Set as AbstractSet

from cases import context, lists, rights
from cases.models import Case
from cases.pages.lights import stamp
from cases.pages.names import line, parties_of, short_number
from cases.pages.print_page import printed
from cases.pages.queue_rows import unseen_of
from cases.periods import local
from documents import barcodes, custody
from documents.models import Bundle, Custody
from teams.actor import Actor

TABS = (("held", "在本团队"), ("coming", "待接收"), ("given", "已交出"), ("taken", "已接收"))
EMPTY = {
    "held": "本团队没有材料包。在案件页「原件与交接」登记，打印封面后扫码交出。",
    "coming": "没有待接收的材料包。",
    "given": "本团队还没有交出过材料包。",
    "taken": "本团队还没有接收过材料包。",
}
SEEN = ("bundle__case", "bundle__team", "from_team", "to_team", "given_by", "taken_by")


def index(request, actor: Actor) -> dict:
    """One tab of the team, fifty a page, the newest first."""
    ctx, key = context.read(), request.GET.get("tab", "held")
    key = key if key in dict(TABS) else "held"
    page = lists.keyset(_rows(key, actor), "pk", request.GET.get("after", ""), descending=True)
    unseen = unseen_of(actor, [each.case if key == "held" else each.bundle.case for each in page.rows])
    rows = [_held(ctx, each, unseen) if key == "held" else _moved(ctx, each, unseen) for each in page.rows]
    parameters = list(request.GET.items())
    return {
        "tabs": [
            {"key": k, "label": label, "url": f"/bundles/?tab={k}", "current": k == key, "count": lists.capped(_rows(k, actor), "pk")}
            for k, label in TABS
        ],
        "tab": key,
        "rows": rows,
        "empty": EMPTY[key],
        "next": lists.link(request.path, parameters, page.next),
        "previous": lists.link(request.path, parameters, page.previous),
    }  # fmt: skip


def _rows(key: str, actor: Actor):
    moved = Custody.objects.select_related(*SEEN)
    if key == "held":
        away = Custody.objects.filter(taken_at=None, recalled_at=None).values("bundle")
        return Bundle.objects.filter(team_id=actor.team_id).exclude(pk__in=away).select_related("case", "holder")
    if key == "coming":
        return moved.filter(to_team_id=actor.team_id, taken_at=None, recalled_at=None)
    if key == "given":
        return moved.filter(from_team_id=actor.team_id)
    return moved.filter(to_team_id=actor.team_id, taken_at__isnull=False)


def hidden(bundle: Bundle, actor: Actor) -> bool:
    return bool(unseen_of(actor, [bundle.case]))


def said(bundle: Bundle, actor: Actor) -> str:
    """What a scan answers with."""
    return custody.called(bundle) if hidden(bundle, actor) else f"{bundle.case.number}「{bundle.title}」"


def row(ctx, bundle: Bundle, unseen: AbstractSet[int] = frozenset()) -> dict:
    """A bundle in a list. `unseen`: cases of which the reader learns nothing but that there is a bundle (flow §7)."""
    blind = bundle.case_id in unseen
    return {
        "id": bundle.pk,
        "url": "" if blind else f"/bundles/{bundle.pk}/",
        "code": custody.code_of(bundle),
        "title": "材料包" if blind else bundle.title,
        "kind": bundle.get_kind_display(),
        "case": rights.MASKED if blind else short_number(bundle.case, ctx.today.year),
        "full": rights.MASKED if blind else bundle.case.number,
        "pieces": bundle.pieces,
        "pages": bundle.pages_paper,
    }


def _held(ctx, bundle: Bundle, unseen: AbstractSet[int]) -> dict:
    shelf = f"，架位 {bundle.shelf}" if bundle.shelf else ""
    return {**row(ctx, bundle, unseen), "said": f"{bundle.holder.name}{shelf}", "at": stamp(ctx, bundle.made_at)}


def _moved(ctx, moved: Custody, unseen: AbstractSet[int]) -> dict:
    return {**row(ctx, moved.bundle, unseen), **hand_over(ctx, moved)}


def hand_over(ctx, row: Custody) -> dict:
    """One hand-over: from whom, to whom, both times, and whether the pieces agree."""
    differs = row.counted is not None and row.counted != row.bundle.pieces
    state = "已收回" if row.recalled_at else "已接收" if row.taken_at else "待接收"
    return {
        "custody": row.pk,
        "from": f"{row.from_team.name} {row.given_by.name}",
        "to": f"{row.to_team.name} {row.taken_by.name if row.taken_by else ''}".strip(),
        "given": stamp(ctx, row.given_at),
        "taken": stamp(ctx, row.taken_at),
        "state": state,
        "colour": {"已收回": "", "已接收": "gr", "待接收": "am"}[state],
        "counted": row.counted,
        "differs": f"应 {row.bundle.pieces} 实 {row.counted}" if differs else "",
    }


def bundle_page(bundle: Bundle, actor: Actor) -> dict:
    """Where it is now, and every hand-over."""
    ctx = context.read()
    trail = list(bundle.custody.select_related(*SEEN).order_by("-pk"))
    coming = custody.open_hand_over(bundle)
    return {
        "bundle": {**row(ctx, bundle), "where": custody.where(bundle), "made": stamp(ctx, bundle.made_at)},
        "counts": counts(bundle),
        "difference": bundle.difference,
        "trail": [hand_over(ctx, row) for row in trail],
        "may_give": bundle.team_id == actor.team_id and coming is None,
        "may_recall": bool(coming and coming.from_team_id == actor.team_id),
        "may_count": trail[0].pk if trail and trail[0].taken_at and trail[0].to_team_id == actor.team_id else 0,
    }


def counts(bundle: Bundle) -> list[tuple[str, str, bool]]:
    """三方页数: paper, scan, file; each with whether it agrees with the paper."""
    paper = bundle.pages_paper
    found = (("纸质", paper), ("扫描", bundle.pages_scanned), ("入卷", bundle.pages_filed))
    return [(label, "未计" if n is None else f"{n} 页", n is None or n == paper) for label, n in found]


def cover(bundle: Bundle, actor: Actor) -> dict:
    """The sheet on top of the bundle; scanned with it, it separates the bundle from the one before."""
    code = custody.code_of(bundle)
    told = row(context.read(), bundle)
    facts = [
        ("案号", told["full"]), ("当事人", line(bundle.case, parties_of([bundle.case]))), ("内容", told["title"]),
        ("种类", told["kind"] + ("（副卷）" if bundle.secret else "")), ("件数", f"{told['pieces']} 件"),
        ("页数", f"{told['pages']} 页"), ("登记", f"{bundle.made_by.name} {local(bundle.made_at):%Y-%m-%d}"),
    ]  # fmt: skip
    return {
        "code": code, "bars": barcodes.svg(code), "square": barcodes.svg(code, square=True), "facts": facts,
        "number": told["full"], "printed": printed(context.read(), actor),
    }  # fmt: skip


def custody_list(actor: Actor, day) -> dict:
    """移送清单: what the team gave on the day, by receiving team, with a line for the signature."""
    ctx = context.read()
    given = Custody.objects.filter(from_team_id=actor.team_id, given_at__date=day, recalled_at=None)
    rows = list(given.select_related(*SEEN).order_by("to_team", "pk"))
    unseen = unseen_of(actor, [each.bundle.case for each in rows])
    groups: dict[str, list[dict]] = {}
    for each in rows:
        bars = barcodes.svg(custody.code_of(each.bundle))
        groups.setdefault(each.to_team.name, []).append({**_moved(ctx, each, unseen), "bars": bars})
    return {
        "team": actor.team_name,
        "day": day,
        "groups": [
            {"to": to, "rows": found, "pieces": sum(r["pieces"] for r in found), "pages": sum(r["pages"] for r in found)}
            for to, found in groups.items()
        ],
        "printed": printed(ctx, actor),
    }  # fmt: skip


def panel(case: Case, actor: Actor) -> dict:
    """The tab 原件与交接 of the case page."""
    ctx = context.read()
    rows = Bundle.objects.filter(case=case).select_related("team", "holder", "case").order_by("-pk")[:100]
    allowed = rights.actions(actor, case)
    return {
        "case": {"id": case.pk},
        "bundles": [
            {**row(ctx, each), "where": custody.where(each), "counts": counts(each), "filed": bool(each.filed_at)}
            for each in rows
            if not each.secret or "secret_volume" in allowed
        ],
        "may_make": "bundle" in allowed and not case.state_secret,
        "may_print": "print" in allowed,
    }
