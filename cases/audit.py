"""What the audit administrator may read of the journal: who, when, from where, what kind of act on which object.

Of an entry's facts only those of `FACTS` are told: posts, stages, duties, counts, values of settings. What an officer
wrote about a case or a party (reasons, notes, opinions, amounts, names of assets) is counted, never shown (flow §2, §7).
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from cases import amendments, clock, hooks, journal
from cases.approvals import ACT
from cases.deadlines import ANCHOR, RULE
from cases.exceptions import LABELS
from cases.models import Case, JournalEntry, JournalSeal
from cases.workflow import STEP, ClosingMode, Stage
from teams.models import User

KINDS = {
    "step": "步骤", "item": "事项", "event": "事件", "approval": "审批", "material": "材料", "right": "权限", "read": "查看",
    "hand": "交接", "amend": "更正", "note": "维护", "import": "导入", "job": "系统",
}  # fmt: skip
ACTIONS = {
    "register": "立案接收", "import": "导入立案清单", "export": "导出", "reveal": "查看证件电话全文", "secret_volume": "打开副卷",
    "print": "打印卷宗", "copy": "取卷宗合并文件",
    "file": "材料入卷", "void": "材料作废", "grant": "登记回避、授权", "revoke": "撤销回避、授权", "hold": "不得处分",
    "lift_hold": "解除不得处分", "pause": "暂停计期", "resume_clock": "恢复计期", "confirm_pause": "确认补录的暂停",
    "standing": "变更被执行人地位", "later_visit": "补接待", "leave": "请假代班", "leaver": "离岗交接", "calendar": "发布节假日安排",
    "setting": "修改院里确认事项", "verify": "校验流转记录",
    "prune": "清理到期数据", "seed_begun": "开始生成演示数据", "seed_done": "演示数据生成完毕", "slip_sent": "移送立案表发出", "slip_answered": "立案号登记", "slip_number": "案号已到",
    "ask": "报请", "sign": "签署", "reject": "退回", "withdraw": "撤回报请", "reroute": "改由他人签署", "stale": "报请内容变动",
    "recused": "回避移交", "reopened": "结案撤销，期限续计", "move": "正卷、副卷间移动", "national.export": "导入执行系统导出",
    "offline_list": "打印线下查询清单", "offline_letters": "打印协助查询函", "scan_page": "外包人员查看扫描页",
    "link": "关联案件", "unlink": "撤销关联", "confidential": "设为不公开或取消",
    **{f"{verb}_{model._meta.model_name}": f"{said}{what}" for verb, said in (("amend", "更正"), ("add", "添加"))
       for model, what in amendments.WORDS.items()},
    "attach": "附签批扫描件", "confirm": "确认签批扫描件", "explain": "超期说明", "nudge": "催办", "answer_nudge": "回复催办",
}  # fmt: skip
# Acts that a search for one action offers: those that leave data, change rights or rules, or concern reads.
OFFERED = ("reveal", "secret_volume", "print", "copy", "export", "import", "grant", "revoke", "setting", "calendar", "leaver", "verify",
           "prune", "register", "sign", "reject", "withdraw", "reroute", "void", "confirm_pause", "explain")  # fmt: skip


def kinds() -> dict[str, str]:
    """The spine's kinds of entries and those of the rooms."""
    return KINDS | {what: label for what, (label, _) in hooks.told.items()}


STAGES, MODES = dict(Stage.choices), dict(ClosingMode.choices)


def _rules(value) -> str:
    keys = value if isinstance(value, list) else [value]
    return "、".join(RULE[key].label if key in RULE else str(key) for key in keys)


def _plain(value) -> str:
    return "、".join(str(each) for each in value) if isinstance(value, list) else str(value)


def _moment(value) -> str:
    return f"{datetime.fromisoformat(value).astimezone(clock.now().tzinfo):%Y-%m-%d %H:%M:%S}"


def _filters(value) -> str:
    return "、".join(f"{key}={text}" for key, text in value.items()) if isinstance(value, dict) else str(value)


# key, label, words
FACTS: dict[str, tuple[str, Callable]] = {
    "from": ("原", lambda v: STAGES.get(v, str(v))),
    "to": ("现", lambda v: STAGES.get(v, str(v))),
    "team": ("移至团队", _plain),
    "left": ("移出团队", _plain),
    "mode": ("结案方式", lambda v: MODES.get(v, str(v))),
    "filed_on": ("立案日期", _plain),
    "reached_at": ("到局时间", _moment),
    "started_on": ("起算日", _plain),
    "opened": ("新事项", _rules),
    "finished": ("办结事项", _rules),
    "moved": ("移转、重算", _rules),
    "cancelled": ("撤销事项", _rules),
    "act": ("审批事项", lambda v: ACT[v].label if v in ACT else str(v)),
    "approval": ("审批编号", _plain),
    "chain": ("签批层级", _plain),
    "place": ("签批位", _plain),
    "signer": ("签批人", _plain),
    "signed_by": ("签署人", _plain),
    "on_behalf_of": ("代谁签署", _plain),
    "next": ("下一签批位", _plain),
    "facts": ("报请内容校验值", lambda v: str(v)[:16]),
    "item": ("事项编号", _plain),
    "state": ("登记", lambda v: {"done": "已办", "na": "不适用", "excused": "系统故障"}.get(v, str(v))),
    "slip": ("移送立案表编号", _plain),
    "material": ("材料编号", _plain),
    "version": ("版本", _plain),
    "sha256": ("文件校验值", lambda v: str(v)[:16]),
    "pause": ("暂停编号", _plain),
    "case": ("案件编号", _plain),
    "party": ("当事人编号", _plain),
    "permission": ("权限", lambda v: LABELS.get(v, str(v))),
    "person": ("人员", _plain),
    "until": ("至", _plain),
    "list": ("清单", lambda v: {"cases": "案件查询", "items": "工作台", "queue": "团队事项", "audit": "操作审计"}.get(v, str(v))),
    "filters": ("筛选条件", _filters),
    "count": ("件数", _plain),
    "purpose": ("导出目的", _plain),
    "key": ("项目", _plain),
    "before": ("原值", _plain),
    "after": ("现值", _plain),
    "confirmed_by": ("确认人", _plain),
    "confirmed_on": ("确认日期", _plain),
    "source": ("依据", _plain),
    "year": ("年度", _plain),
    "days": ("天数", _plain),
    "items": ("事项数", _plain),
    "cases": ("案件数", _plain),
    "entries": ("记录条数", _plain),
    "findings": ("问题", _plain),
    "notices": ("消息", _plain),
    "jobs": ("任务", _plain),
    "drafts": ("草稿", _plain),
    "submissions": ("提交标记", _plain),
    "import_rows": ("导入行", _plain),
}  # fmt: skip
OF_RULES = ("key", "before", "after", "source", "confirmed_by", "confirmed_on")  # elsewhere these may be a case's
HIDDEN_FILTERS = ("q", "name", "party", "text")  # what was searched for may name a party


class Told(NamedTuple):
    """An entry's facts for the auditor: what may be read, and how many things are kept back."""

    shown: list[tuple[str, str]]
    kept: int


def told(entry: JournalEntry) -> Told:
    facts = {key: value for key, value in entry.facts.items() if value not in ("", None, [], {})}
    shown = []
    for key, value in facts.items():
        if key in FACTS and (key not in OF_RULES or entry.what == "note"):
            if key == "filters" and isinstance(value, dict):
                value = {name: "（略）" if name in HIDDEN_FILTERS else text for name, text in value.items()}
            label, words = FACTS[key]
            shown.append((label, words(value)))
    return Told(shown, len(facts) - len(shown))


def action(entry: JournalEntry) -> str:
    """What was done, in the words of the tables: never the sentence of the case."""
    _, own = hooks.told.get(entry.what, ("", {}))
    if entry.key in own:
        return own[entry.key]
    for table in (RULE, ANCHOR, STEP, ACT):
        if entry.key in table:
            return table[entry.key].label
    return ACTIONS.get(entry.key, entry.key)


def found(given: dict[str, str], since: datetime | None, until: datetime | None) -> QuerySet:
    """The entries that fit the filters of the page; an empty one fits all."""
    rows = JournalEntry.objects.all()
    if who := given["who"]:
        people = User.objects.filter(Q(name__contains=who) | Q(staff_number=who))
        rows = rows.filter(by__in=list(people.values_list("pk", flat=True)))
    if number := given["number"]:
        rows = rows.filter(case__in=Case.objects.filter(number__contains=number).values("pk"))
    if given["what"]:
        rows = rows.filter(what=given["what"] if given["what"] in kinds() else "")
    if given["key"]:
        rows = rows.filter(key=given["key"])
    if given["ip"]:
        rows = rows.filter(ip=given["ip"])
    if given["scope"] in ("case", "office"):
        rows = rows.filter(case__isnull=given["scope"] == "office")
    if since:
        rows = rows.filter(entered_at__gte=since)
    return rows.filter(entered_at__lt=until) if until else rows


def sound(entry: JournalEntry) -> bool:
    """Whether the entry still is what was written, and hangs on the one before."""
    fields = (*journal.FIELDS, "ip")
    row = {name: getattr(entry, name) for name in fields if name != "by"} | {"by": entry.by_id}
    before = JournalEntry.objects.filter(stream=entry.stream, no=entry.no - 1).values_list("hash", flat=True).first()
    return journal.digest(row) == entry.hash and (before or "") == entry.prev


def seal_of(entry: JournalEntry) -> JournalSeal | None:
    return JournalSeal.objects.filter(below_xid__gt=entry.xid).order_by("id").first()
