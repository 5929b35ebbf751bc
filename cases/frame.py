"""What every page carries: navigation by role, the officer, counts, today; three queries, none per item."""

from functools import cache

from django.conf import settings
from django.urls import reverse

from cases import clock, permissions
from cases.models import WorkItem
from cases.pages.work_lists import NUDGE, ONLY
from cases.statements import Statement
from teams import preferences

# fmt: off
NAV = (
    # group,  label,       url name,           icon,              action needed,     badge
    ("工作", "工作台",     "cases:workbench",  "layout-dashboard", "workbench",       "work"),
    ("工作", "案件查询",   "cases:list",       "search",           "view",            ""),
    ("工作", "全文检索",   "documents:dossier_search", "file-search", "material",      ""),
    ("工作", "审批签字",   "cases:sign",       "signature",        "sign",            "sign"),
    ("工作", "消息",       "teams:inbox",      "mail",             "",                "unread"),
    ("办案", "接待登记",   "reception:reception_desk",   "notes",            "reception_desk",  ""),
    ("办案", "团队事项",   "cases:queue",      "users",            "queue",           ""),
    ("办案", "立案导入", "cases:import", "file-import", "import", ""),
    ("办案", "手工登记", "cases:register", "plus", "register", ""),
    ("办案", "文书",       "documents:papers",  "file-text",        "docs",            ""),
    ("办案", "财产查控",   "assets:assets",     "building-bank",     "assets",          ""),
    ("办案", "材料交接",   "documents:bundles", "transfer",        "custody",         ""),
    ("办案", "当日文书",   "quality:day",      "notes",           "day_papers",      ""),
    ("办案", "线下查控",   "quality:offline",  "list-check",      "offline",         ""),
    ("办案", "繁简分流",   "quality:triage",   "arrows-sort",     "triage",          ""),
    ("办案", "卷宗管理中心", "archives:archive", "files",            "archive_desk",    ""),
    ("办案", "我的扫描",   "archives:my_scans", "upload",          "scan_batch",      ""),
    ("办案", "移送立案表", "cases:slips",      "file-certificate", "answer_slip",     ""),
    ("办案", "指挥平台事项", "quality:matters", "inbox",           "matters",         ""),
    ("流转", "移交与接收", "cases:transfers",  "transfer",         "transfers",       ""),
    ("办案", "不公开案件", "cases:name_people", "lock",             "grant_exception", ""),
    ("流转", "期限日历",   "cases:deadlines",  "calendar-event",   "workbench",       ""),
    ("流转", "下班前清零", "cases:today",      "clock-check",      "same_day",        ""),
    ("流转", "两系统不一致", "documents:differences", "layout-columns", "differences",    ""),
    ("流转", "超期说明",   "cases:escalations", "alert-octagon",   "escalation_list", ""),
    ("管理", "质效分析",   "quality:stats",    "chart-bar",        "stats",           ""),
    ("管理", "交换目录",   "documents:exchange", "send",            "exchange",        ""),
    ("管理", "编制与空缺", "cases:staffing",   "users",            "staffing_view",   ""),
    ("管理", "待院里确认", "cases:settings",   "checklist",        "settings_view",   ""),
    ("管理", "操作审计",   "cases:audit",      "history",          "audit",           ""),
    ("管理", "人员与制度", "admin:index",      "settings",         "admin",           ""),
)
# fmt: on


# Asked on every page: one statement, each count with its own index and no further than a thousand. 催办 counts what the
# tile of the workbench counts: reminders that wait for an answer, and what rings unread.
BADGES = Statement(
    "badges",
    f"""
WITH me AS (SELECT %s::bigint AS id, %s::timestamptz AS now), unread AS (
    SELECT n.kind, n.url, {NUDGE} AS asks FROM teams_notice n
    WHERE person_id = (SELECT id FROM me) AND read_at IS NULL AND kind <> ALL(%s::text[]) LIMIT 1000
), asked AS (
    SELECT n.url FROM teams_notice n WHERE n.person_id = (SELECT id FROM me) AND {NUDGE} AND n.answered_at IS NULL
    ORDER BY n.id DESC LIMIT {ONLY}
), told AS (
    SELECT url FROM unread WHERE kind IN ('nudge', 'ring') AND NOT asks UNION
    SELECT url FROM asked JOIN cases_workitem i ON i.id = substring(url FROM '^/items/([0-9]+)/$')::bigint
    WHERE i.open AND i.person_id = (SELECT id FROM me)
)
SELECT (SELECT count(*) FROM (SELECT FROM cases_workitem WHERE person_id = me.id AND open AND NOT paused
        AND wait_until IS NULL AND (show_at IS NULL OR show_at <= me.now) LIMIT 1000) w),
       (SELECT count(*) FROM (SELECT FROM cases_approvalplace WHERE signer_id = me.id AND state = 'waiting'
        LIMIT 1000) s),
       (SELECT count(*) FROM unread),
       (SELECT count(*) FROM told)
FROM me
""",
)


def frame(request) -> dict:
    """Context of `base.html`; without an officer only the court's name."""
    base = {
        "court_name": settings.COURT_NAME,
        "demo": settings.DEMO,
        "request_id": getattr(request, "number", ""),
        "me": None,
        "layout": "panel.html" if in_panel(request) else "base.html",
    }
    actor = getattr(request, "actor", None)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or in_panel(request):
        return base
    counts = _counts(user.pk)
    return {
        **base,
        "nav": _nav(request, actor, user, counts),
        "me": _me(request, actor, user),
        "unread": counts["unread"],
        "nudges": counts["nudges"],
        "duties": {"work": counts["work"], "sign": counts["sign"]},
        "finder": _allowed(actor, user, "locate"),
        "asks_access": _allowed(actor, user, "ask:confidential_access"),
        "today": f"{clock.now():%Y 年 %-m 月 %-d 日}",
        "idle": int(settings.SESSION_IDLE.total_seconds()),
    }


def in_panel(request) -> bool:
    """Asked for by the side panel of a list: the page without its frame."""
    return bool(getattr(request, "htmx", None)) and request.htmx.target == "panel-body"


def live(user_id: int, since: int, *, actor=None) -> dict:
    """What a waiting page asks each minute: its badges, and how many items have come after the one it knows; with the
    `actor` of a workbench also the numbers of its tiles and tabs, by key."""
    from cases.pages import workbench_page

    came = WorkItem.objects.filter(person_id=user_id, open=True, pk__gt=since)
    found = {**_counts(user_id), "fresh": came[:100].count() if since else 0}
    found["me"] = user_id
    return found | ({"tiles": workbench_page.numbers(actor)} if actor else {})


def _counts(user_id: int) -> dict[str, int]:
    """The badges, capped: what waits for this officer, what he is to sign, what he has not read and not muted."""
    row = BADGES.rows(user_id, clock.now(), list(preferences.of_key(user_id).muted))[0]
    return dict(zip(("work", "sign", "unread", "nudges"), row, strict=True))


def _allowed(actor, user, action: str) -> bool:
    if action == "admin":
        return user.is_staff
    if actor is None:
        return False
    return not action or permissions.mark(action, actor.post, actor.kind, actor.special) != "."


_address = cache(reverse)  # the same on every page


def _nav(request, actor, user, counts) -> list[dict]:
    groups: dict[str, list[dict]] = {}
    here = max((url for row in NAV if request.path.startswith(url := _address(row[2]))), key=len, default="")
    for group, label, name, icon, action, badge in NAV:
        if _allowed(actor, user, action):
            url = _address(name)
            groups.setdefault(group, []).append(
                {
                    "label": label,
                    "url": url,
                    "icon": icon,
                    "badge": counts.get(badge) or "",
                    "count": badge,
                    "red": badge == "work",
                    "current": url == here,
                }
            )
    return [{"label": label, "items_": items} for label, items in groups.items()]


def _me(request, actor, user) -> dict:
    from teams import queries

    held = getattr(request, "postings", None)
    postings = [
        {"id": p.pk, "label": p.label, "current": bool(actor and actor.posting and actor.posting.pk == p.pk)}
        for p in (queries.postings_of(user, clock.today()) if held is None else held)
    ]
    return {
        "id": user.pk,
        "name": user.name,
        "initial": user.name[:1],
        "post": actor.posting.get_post_display() if actor and actor.posting else "未任职",
        "team": actor.team.name if actor and actor.team else "",
        "preferences": preferences.of(user),
        "links": [
            {"label": label, "url": _address(name), "icon": icon}
            for label, name, icon in (("个人设置", "teams:me", "user-circle"), ("帮助", "teams:help", "book-2"))
        ],
        "postings": postings,
    }
