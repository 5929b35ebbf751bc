"""Tables 1–4 as Markdown and JSON: what officers read and what the pages in docs/ hold."""

from collections.abc import Iterable, Sequence

from cases import approvals, hooks, permissions, workflow
from cases.deadlines import RULES
from cases.workflow import COMING, STEPS, Stage
from teams.models import Special

STAGES = dict(Stage.choices)
SPECIALS = dict(Special.choices)
OPEN = {
    "same": "不变",
    "suspended_from": "中止前的阶段",
    "closing_from": "报结前的阶段",
    "closed_from": "结案前的阶段",
    "other_track": "快执↔普执",
}
HOLDERS = {
    "": "不变",
    "previous": "原承办团队或局长指定",
    "terminal_of_debtor": "办理同一被执行人的终本团队，否则在管最少的",
    "chosen:same": "同类另一团队",
    "chosen:other": "所选团队",
}
TEAMS = {
    "reception": "初次接待", "quality": "综合质效", "archives": "卷宗管理", "preservation_review": "保全审查",
    "preservation_enforcement": "保全实施", "coercion": "强制事务", "fast": "快执", "regular": "普执", "terminal": "终本",
    "petitions": "信访", "adjudication": "执行裁判", "holder": "承办团队", "leader": "团队负责人", "signer": "签批人", "receiver": "登记人所在团队",
    "debtor": "被执行人", "creditor": "申请执行人", "applicant": "申请人", "parties": "当事人", "filing": "立案庭",
    "trial": "审判部门", "other_court": "他院", "third_party": "次债务人", "police": "公安", "public": "公告", "bidders": "竞买人",
    "leadership": "院局领导", "administration": "系统管理",
}  # fmt: skip
POSTS = (
    "院长",
    "副院长",
    "局长",
    "政委",
    "法官",
    "执行员",
    "干警",
    "书记员",
    "法警",
    "外包",
    "裁判",
    "系统",
    "安全",
    "审计",
)


def markdown(title: str, notes: Sequence[str], head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"# {title}", "", *notes, "", "| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(str(cell).replace("|", "／").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def teams(words: str) -> str:
    return "、".join(TEAMS.get(word, word) for word in words.split())


ROOMS = {
    "archives": "卷宗", "assets": "财产处置", "coercion": "强制事务", "enforcement": "执行措施", "funds": "案款",
    "petitions": "信访", "preservation": "保全", "quality": "综合质效", "reception": "初次接待",
}  # fmt: skip


def comes_with(room: str) -> str:
    """Which room brings the record that is written by hand until then."""
    return f"随「{ROOMS[room]}」" if room else ""


def holder(step) -> str:
    if step.holder in HOLDERS:
        return HOLDERS[step.holder]
    chosen, _, kind = step.holder.rpartition(":")
    return f"{'选定的' if chosen else ''}{TEAMS.get(kind, kind)}"


def workflow_rows() -> list[dict]:
    return [
        {
            "step": step.name,
            "label": step.label,
            "from": [STAGES[source] for source in step.sources],
            "to": STAGES.get(step.target) or OPEN[step.target],
            "holder": holder(step),
            "who": step.who,
            "act": approvals.ACT[step.act].label if step.act else "",
            "needs": step.needs,
            "guards": [f"{f.__module__}.{f.__name__}" for f in hooks.of("guard", step.name)],
            "after": [f"{f.__module__}.{f.__name__}" for f in hooks.of("after", step.name)],
            "coming": [f"{sentence}（{comes_with(room)}）" for room, sentence in COMING.get(step.name, ())],
        }
        for step in STEPS
    ]


def workflow_markdown() -> str:
    head = ("步骤", "名称", "由", "至", "之后承办", "谁", "经审批", "须先满足", "守卫", "随后", "以后增加")
    rows = [
        (f"`{r['step']}`", r["label"], "、".join(r["from"]), r["to"], r["holder"], r["who"], r["act"], r["needs"],
         "<br>".join(r["guards"]), "<br>".join(r["after"]), "<br>".join(r["coming"]))
        for r in workflow_rows()
    ]  # fmt: skip
    registered = [
        f"- {each.kind.label}：立案接收 → {each.stage.label}（{TEAMS[each.team_kind]}），{each.who}"
        + (f"，经审批「{approvals.ACT[each.act].label}」" if each.act else "")
        for each in workflow.REGISTER
    ]
    notes = ["案件的阶段与步骤。一行一步；同一时刻案件只在一个阶段、由一个团队承办。", "", *registered]
    return markdown("表一　阶段与步骤", notes, head, rows)


def rule_rows() -> list[dict]:
    return [
        {
            "key": r.key, "label": r.label, "team": r.team, "trigger": r.trigger, "anchors": list(r.anchors), "period": r.period,
            "counting": r.counting, "length": r.length, "kind": r.kind, "marks": r.marks, "of": list(r.of), "met_by": list(r.met_by),
            "opens": list(r.opens), "only": list(r.only), "lead": r.lead, "node": r.node, "confirm": r.confirm,
            "watched_by": r.watched_by, "variants": dict(r.variants), "law": r.law, "version": r.version,
        }
        for r in RULES
    ]  # fmt: skip


def rules_markdown() -> str:
    kinds = {"duty": "职责", "watch": "他方期间", "gate": "界限日", "term": "到期", "mark": "附加期限", "tick": "分项"}
    head = ("键", "事项", "团队", "起算", "期间", "种类", "标记", "依据", "节点")
    rows = [
        (f"`{r.key}`", r.label, teams(r.watched_by if r.kind == "watch" else r.team), r.trigger,
         r.period + ("？" if r.confirm else "") + "".join(f"；{name} {period}" for name, period in r.variants),
         kinds[r.kind] + (f"（{'、'.join(r.of)}）" if r.of else ""), r.marks, r.law, r.node)
        for r in RULES
    ]  # fmt: skip
    notes = [
        "SD 当日 · D 日 · WD 工作日 · M 月 · Y 年 · H 自次时起小时 · HX 自该时刻起小时 · FIX 文书载明、不顺延 · -nD 倒数 · SET 以文书为准 · ？ 待院里确认。",
        "▲ 报局长 ‖ 中止、扣除时暂停 ⌂ 结案后可在办 ◫ 每团队每月一件 ◎ 立即提醒法官和局长。",
    ]
    return markdown("表三　期限", notes, head, rows)


def permission_rows() -> list[dict]:
    return [
        {
            "action": r.action,
            "label": r.label,
            "teams": list(r.teams),
            "marks": dict(zip(permissions.POSTS, r.marks, strict=True)),
        }
        for r in permissions.TABLE
    ]


def permissions_markdown() -> str:
    notes = [
        "　".join(f"{mark} {words}" for mark, words in permissions.MARKS.items()),
        "两个任职的权限不相加；回避者一概不可。",
    ]
    rows = [
        (f"`{r.action}`", r.label, "、".join(TEAMS[t] for t in r.teams) or "各团队", *_marks(r))
        for r in permissions.TABLE
    ]
    return markdown("表二　权限", notes, ("行为", "名称", "团队", *POSTS), rows)


def _marks(row: permissions.Row) -> list[str]:
    """The marks, the clerks' with the special post that alone has it."""
    marks = list(row.marks)
    if row.special:
        place = permissions.COLUMN["clerk"]
        marks[place] += f"（{'、'.join(SPECIALS[each] for each in row.special)}）"
    return marks


def approval_rows() -> list[dict]:
    return [
        {
            "act": a.key, "label": a.label, "law": a.law, "maker": a.maker, "step": a.step, "room": a.room, "delegable": a.delegable,
            "batch": a.batch, "confirm": a.confirm, "papers": a.papers,
            "chains": [
                {"key": c.key, "when": approvals.CONDITIONS[c.when][0] if c.when else "", "places": [p.post for p in c.places],
                 "own": [p.own for p in c.places], "statutory": [p.statutory for p in c.places]}
                for c in a.chains
            ],
        }
        for a in approvals.ACTS
    ]  # fmt: skip


def approvals_markdown() -> str:
    def chains(act) -> str:
        return "<br>".join(
            (f"{approvals.CONDITIONS[c.when][0]}：" if c.when else "")
            + "→".join(
                p.label + ("（可为报请人）" if p.own else "") + ("（法定，不得转授）" if p.statutory else "")
                for p in c.places
            )
            for c in act.chains
        )

    rows = [
        (f"`{a.key}`", a.label + ("？" if a.confirm else ""), chains(a), a.maker, a.law, "可" if a.delegable else "不可", "可" if a.batch else "", a.papers,
         workflow.STEP[a.step].label if a.step else "", comes_with(a.room))
        for a in approvals.ACTS
    ]  # fmt: skip
    notes = [
        "最后一人签署，事项才办理；报请人不签其后的签批位（注明者除外）；缺位、回避、不在岗时由上一级递补。？ 待院里确认。"
    ]
    return markdown(
        "表四　签批",
        notes,
        ("键", "事项", "签批层级", "报请", "依据", "转授权", "批量", "须附", "办理步骤", "专门记录"),
        rows,
    )


TABLES = {
    "workflow": (workflow_markdown, workflow_rows),
    "rules": (rules_markdown, rule_rows),
    "permissions": (permissions_markdown, permission_rows),
    "approvals": (approvals_markdown, approval_rows),
}
