"""The exports of the national execution system: they finish our mirrored items, what they say otherwise is one list."""

from datetime import date
from io import StringIO
from time import perf_counter

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import clock, steps, work
from cases.deadlines import ANCHOR, RULE
from cases.models import Case, JournalEntry, WorkItem
from cases.refusals import Forbidden, Refused
from documents.exchange import manifest, receiving
from documents.models import Aside, Difference, NationalExport
from documents.national import differences, kinds, reading, taking
from documents.pages import differences_page
from teams.actor import SYSTEM
from teams.models import Notice
from tests import make
from tests.cases.signing_helpers import fast_case, fresh_roster, put, terminal_case
from tests.documents.exchanging import work_off
from tests.documents.national import book, clerk, filing, open_ones, take, upload

pytestmark = pytest.mark.django_db
QUALITY, FAST = ("quality", "clerk"), ("fast-03", "clerk")


@pytest.fixture(autouse=True)
def people():
    fresh_roster()


def test_the_printed_table_is_the_table_and_each_line_of_it_stands_on_something():
    out = StringIO()
    call_command("national", stdout=out)
    text = (settings.BASE_DIR / "docs" / "national.md").read_text(encoding="utf-8")
    assert text == out.getvalue(), "manage.py national > docs/national.md"
    for node in kinds.NODES:
        assert (
            not node.states
            or (node.states in ANCHOR and work.met_by(node.states))
            or node.key == "money_arrived"
            or node.key == "arrival_noticed"
        )
        assert node.names or any(node.key == key for kind in kinds.KINDS for _, key in kind.dates)
        starts = [rule for rule in RULE.values() if node.states in rule.anchors]
        assert not any(rule.needs_length and rule.is_item for rule in starts), node.key
    assert len(kinds.NODE_NAMED) == sum(len(node.names) for node in kinds.NODES)
    assert set(kinds.FIELDS) >= set(kinds.EVERYWHERE) - {"number"}


def test_a_note_uploaded_over_there_finishes_our_item_and_the_same_file_changes_nothing():
    case = make.case()
    work.record_event(case, "no_reception_noted", clock.now(), SYSTEM, subject="note:1")
    row = {
        "案号": case.number.replace("（", "(").replace("）", ")"),
        "节点名称": "未接待说明已上传",
        "完成日期": clock.today(),
        "回执号": "ZX0093",
    }
    done = take([row])
    item = WorkItem.objects.get(case=case, rule="reception.upload_note")
    assert (item.open, item.note) == (False, "执行系统未接待说明已上传，回执号 ZX0093（节点导出）")
    assert {key: done.counts[key] for key in ("states", "events", "finished")} == {
        "states": 1,
        "events": 1,
        "finished": 1,
    }
    before = JournalEntry.objects.filter(case=case).count()
    again = take([row])
    assert (again.counts, again.problems) == ({"same": 1}, [])
    assert JournalEntry.objects.filter(case=case).count() == before


def test_what_is_entered_late_from_an_export_is_marked_as_such_with_the_file_as_its_reason(at):
    with at("2026-11-16 10:00"):
        case = terminal_case()
        work.record_event(case, "terminal_ruling_served", clock.now(), SYSTEM)
    with at("2026-11-25 10:00"):
        take([{"案号": case.number, "结案方式": "终本", "终本裁定日期": "2026-05-01", "公开日期": "2026年11月18日"}])
    item = WorkItem.objects.get(case=case, rule="terminal.publish")
    entry = JournalEntry.objects.get(case=case, key="terminal_published")
    assert (item.open, item.finished_at.astimezone(clock.now().tzinfo).date()) == (False, date(2026, 11, 18))
    assert (entry.backdated, entry.facts["late_reason"]) == (True, "执行系统导出「导出.xlsx」")
    assert open_ones() == []


def test_money_arrives_is_claimed_noticed_and_paid_by_its_serial():
    case = fast_case()
    rows = [{"案号": case.number, "流水号": f"LS{n}", "到账日期": clock.today()} for n in (1, 2)]
    take(rows)
    assert set(WorkItem.objects.filter(case=case, rule="funds.claim", open=True).values_list("subject", flat=True)) == {
        "LS1",
        "LS2",
    }
    done = take(
        [
            {
                **rows[0],
                "认领日期": clock.today(),
                "到账通知日期": clock.today(),
                "发放日期": clock.today(),
                "累计到位": "1.2万",
            }
        ]
    )
    assert list(
        WorkItem.objects.filter(case=case, rule="funds.claim", open=True).values_list("subject", flat=True)
    ) == ["LS2"]
    assert not WorkItem.objects.filter(case=case, rule="funds.disburse", open=True).exists()
    assert (done.counts["events"], open_ones()) == (3, [("recovered", "0.00", "12000.00")])


def test_differences_are_found_end_by_themselves_and_come_back_when_they_say_something_else():
    case = fast_case()
    theirs = filing(
        case,
        立案日期="2026/01/05",
        案由="合同纠纷",
        被执行人="赵某、钱某",
        承办法官="某甲",
        结案方式="执行完毕",
    )
    done = take([theirs])
    assert (done.kind, done.counts["new"]) == ("filing", 5)
    assert ("cause", "民间借贷纠纷", "合同纠纷") in open_ones()
    assert ("debtors", case.parties.get(role="debtor").name, "赵某、钱某") in open_ones()
    row = Difference.objects.get(field="cause")
    Case.objects.filter(pk=case.pk).update(cause="合同纠纷", filed_on="2026-01-05")
    assert differences.check() == 2
    row.refresh_from_db()
    assert row.state == "ended"
    other = Difference.objects.get(field="debtors")
    differences.settle(other, "explained", "执行系统尚未变更被执行人", clerk())
    take([theirs])
    other.refresh_from_db()
    assert other.state == "explained"
    assert Difference.objects.count() == 5
    take([{**theirs, "被执行人": "孙某"}])
    other.refresh_from_db()
    assert (other.state, other.theirs, other.reason) == ("open", "孙某", "")
    take([filing(Case.objects.get(pk=case.pk))])
    assert not Difference.objects.filter(field="debtors").exclude(state="ended").exists()


def test_an_empty_cell_a_cell_of_others_and_a_case_before_triage_are_not_compared():
    case = make.case()
    take([filing(case, 承办法官="某甲", 案由="", 被执行人="王某等3人", 结案日期="")])
    assert open_ones() == []


def test_many_parties_are_compared_whole_and_a_sensitive_case_is_not_told_of_in_the_result():
    names = [f"濮阳市第{n}商贸有限公司" for n in range(30)]
    debtors = [steps.PartyData("debtor", name) for name in names]
    case, hidden = fast_case(parties=debtors), fast_case(confidential=True)
    row = {"案号": case.number, "立案日期": case.filed_on, "被执行人": "、".join(reversed(names))}
    assert take([row]).counts == {"same": 1}
    assert take([{**row, "被执行人": "、".join([*names[:-1], "濮阳市第三十商贸有限公司"])}]).counts["new"] == 1
    assert differences.check() == 0
    for n in (1, 2):
        work.record_event(hidden, "no_reception_noted", clock.now(), SYSTEM, subject=f"note:{n}")
    done = take([{"案号": hidden.number, "节点名称": "未接待说明上传", "完成日期": clock.today()}])
    assert done.problems == [[2, hidden.number, "不公开案件，没有采用，由承办人员核对"]]


def test_a_day_over_there_does_not_do_what_is_done_here():
    case = fast_case()
    sent = {"案号": case.number, "节点代码": "203001005", "完成日期": clock.today()}
    assert take([sent]).counts == {"differs": 1, "new": 1}
    assert open_ones() == [("node:offline_query", "", clock.today().isoformat())]
    work.record_event(case, "offline_sent", clock.now(), SYSTEM)
    assert (differences.check(), open_ones()) == (1, [])


def test_bad_rows_say_why_and_stop_no_other(at):
    with at("2026-11-25 10:00"):
        case = fast_case()
        good = {"案号": case.number, "节点名称": "拍卖公告发布", "完成日期": "2026-11-25"}
        rows = [
            good, {**good, "案号": "执"}, {**good, "案号": ""}, {**good, "案号": "（2026）豫0105执9号"}, {**good, "案号": "（2026）豫0902执99999号"},
            {**good, "节点名称": "=cmd|' /C calc'!A0"}, {**good, "完成日期": "=TODAY()"}, {**good, "完成日期": "2026-12-30"},
            {**good, "完成日期": "2020-01-01"}, {**good, "节点名称": "失信信息删除", "相对人": "无此人"},
        ]  # fmt: skip
        done = take(rows)
    said = {row: words for row, _, words in done.problems}
    assert done.counts == {"states": 1, "bad": 8, "unknown": 1, "events": 1}
    assert "不是案号" in said[3]
    assert "没有填写" in said[4]
    assert "他院" in said[5]
    assert "立案导入" in said[6]
    assert "不在对应表内" in said[7]
    assert "不是日期" in said[8]
    assert "在将来" in said[9]
    assert "早于本案立案日期" in said[10]
    assert "被执行人「无此人」" in said[11]


def test_of_several_open_items_a_row_without_its_object_finishes_none():
    case = make.case()
    for n in (1, 2):
        work.record_event(case, "no_reception_noted", clock.now(), SYSTEM, subject=f"note:{n}")
    done = take([{"案号": case.number, "节点名称": "未接待说明上传", "完成日期": clock.today()}])
    assert "在办的有 2 件" in done.problems[0][2]
    assert WorkItem.objects.filter(case=case, rule="reception.upload_note", open=True).count() == 2


def test_a_file_that_is_no_export_is_refused_with_what_was_seen():
    for content in (b"PK\x03\x04broken", b"no workbook", book([{"甲": 1, "乙": 2}])):
        with pytest.raises(Refused) as refusal:
            reading.workbook(content, "表.xlsx")
        assert "表.xlsx" in str(refusal.value)
    with pytest.raises(Refused, match="旧版"):
        reading.workbook(reading.OLE + b"x", "表.xls")
    assert reading.workbook(book([filing(make.case())], above="执行案件收案清单"), "表.xlsx").kind.key == "filing"


def test_a_broken_import_leaves_nothing_behind(monkeypatch):
    case = fast_case()

    def fail(*_):
        raise RuntimeError("stop")

    monkeypatch.setattr(taking, "_finish", fail)
    with pytest.raises(AssertionError):
        take([filing(case, 案由="合同纠纷"), {"案号": case.number, "立案日期": case.filed_on}])
    assert (NationalExport.objects.get().state, open_ones()) == ("waiting", [])


def test_the_queries_of_an_import_do_not_grow_with_its_rows():
    def cost(many: int) -> int:
        made = make.cases(many)
        for each in made:
            put(
                each,
                "terminal",
                "terminal-01",
                closed_on=date(2026, 5, 1),
                closing_mode="terminal_closure",
                closed_from="fast",
            )
        rows = [{"案号": each.number, "公开日期": clock.today(), "案由": "合同纠纷"} for each in made]
        with CaptureQueriesContext(connection) as asked:
            assert take(rows).counts["events"] == many
        return len(asked)

    cost(1)
    assert cost(8) <= cost(2) + 1


@pytest.mark.long
def test_five_thousand_rows_are_a_matter_of_seconds():
    rows = [
        filing(case, 案由="合同纠纷", 流水号=f"LS{case.pk}", 到账日期=clock.today()) for case in make.cases(5000)
    ]  # fmt: skip
    began = perf_counter()
    assert take(rows).counts == {"differs": 5000, "new": 5000, "events": 5000}
    assert perf_counter() - began < 30
    assert take(rows).counts == {"differs": 5000}


def test_the_page_shows_every_row_first_and_then_what_came_of_it():
    from tests.reception.helpers import Counter

    case, hidden = fast_case(), fast_case(confidential=True)
    hidden.items.update(person_id=make.actor("reception").user_id)  # none of the clerk's, whose turn it may be
    page = Counter(clerk())
    rows = [filing(case, 案由="合同纠纷"), filing(hidden, 案由="合同纠纷")]
    refused = page.post("/national/", 422, file=upload(rows), taken_on="")
    assert "导出日期" in refused.content.decode()
    page.post("/national/", 422, file=upload(rows), taken_on="明天")
    seen = page.post("/national/", file=upload(rows, above="收案清单　导出时间：2026-11-19 17:05"), taken_on="今天")
    assert "正在逐行核对" in page.get(seen.url).content.decode()
    work_off()
    shown = page.get(seen.url).content.decode()
    assert "导出时刻 11-19 17:05" in shown
    assert "案由：本程序 民间借贷纠纷" in shown
    assert shown.count("本程序 民间借贷纠纷") == 2
    assert "不公开案件，由承办人员处理" in shown
    assert not Difference.objects.exists()
    token = shown.partition('name="token" value="')[2].partition('"')[0]
    result = page.post("/national/", token=token)
    assert "正在导入" in page.get(result.url).content.decode()
    work_off()
    assert "新列不一致 2" in page.get(result.url).content.decode()
    page.post("/national/", 422, file=upload([{"甲": 1}]), taken_on="今天")
    page.post("/national/", 422, token="nonsense")
    Counter(make.actor(*FAST)).get("/national/", 403)
    with pytest.raises(Forbidden):
        taking.begin("filing", "x", make.actor(*FAST), clock.now(), sha256="")


def test_a_package_is_read_once_and_what_cannot_be_used_is_put_aside_whole(settings):
    case = fast_case()
    inbox, now = settings.EXCHANGE_DIR / "in", clock.now()
    rows = [{"案号": case.number, "立案日期": str(case.filed_on), "案由": "合同纠纷"}]
    manifest.write(inbox, "national.export", {"kind": "filing", "rows": rows}, {}, id="N-1", created=now)
    manifest.write(
        inbox, "national.export", {"kind": "filing"}, {"export.xlsx": book([filing(case)])}, id="N-2", created=now
    )
    manifest.write(inbox, "national.export", {"kind": "query", "rows": rows}, {}, id="N-3", created=now)
    manifest.write(inbox, "national.export", {"kind": "node", "rows": rows}, {}, id="N-4", created=now)
    manifest.write(inbox, "national.export", {"kind": "node"}, {"export.xlsx": b"PK"}, id="N-5", created=now)
    assert receiving.read_all() == 2
    work_off()
    assert [(row.package, row.counts) for row in NationalExport.objects.order_by("pk")] == [
        ("N-1", {"differs": 1, "new": 1}), ("N-2", {"same": 1, "ended": 1}),
    ]  # fmt: skip
    assert Aside.objects.count() == 3
    leader = make.actor("quality", "regular_officer")
    assert Notice.objects.filter(person=leader.user, url__startswith="/national/").count() == 2
    manifest.write(inbox, "national.export", {"kind": "filing", "rows": rows}, {}, id="N-1", created=now)
    assert (receiving.read_all(), NationalExport.objects.count()) == (0, 2)


def test_quality_sees_all_a_team_its_own_and_nobody_what_he_may_not_view():
    from tests.reception.helpers import Counter

    mine, other, hidden = fast_case(), fast_case("fast-05"), fast_case(confidential=True)
    take([filing(case, 案由="合同纠纷") for case in (mine, other, hidden)])
    quality, fast = Counter(clerk()), Counter(make.actor(*FAST))
    assert differences.listed(clerk()).count() == 2
    assert list(differences.listed(make.actor(*FAST)).values_list("case", flat=True)) == [mine.pk]
    assert differences.listed(make.actor("fast-03", "judge")).count() == 2  # who leads the team is named on the case
    page = quality.get("/differences/").content.decode()
    assert "合同纠纷" in page
    assert hidden.number not in page
    row, others = Difference.objects.get(case=mine), Difference.objects.get(case=other)
    fast.get(f"/differences/{others.pk}/", 404)
    refused = fast.post(f"/differences/{row.pk}/", 422, state="theirs", reason=" ")
    assert "须写明原因" in refused.content.decode()
    fast.post(f"/differences/{row.pk}/", 422, state="open")
    fast.post(f"/differences/{row.pk}/", state="theirs", reason="已申请执行系统更正")
    assert "已申请执行系统更正" in quality.get("/differences/?tab=theirs").content.decode()
    assert mine.number not in quality.get(f"/differences/?q={other.number}&field=cause").content.decode()
    assert quality.get("/differences/export/?tab=theirs")["Content-Type"].endswith("sheet")
    Counter(make.actor("leadership", "bureau_director")).post(
        f"/differences/{others.pk}/", 403, state="theirs", reason="x"
    )


def test_the_list_costs_the_same_however_long_it_is():
    from django.test import RequestFactory

    from cases import context

    def cost() -> int:
        with context.held(), CaptureQueriesContext(connection) as asked:
            differences_page.index(RequestFactory().get("/differences/"), clerk())
        return len(asked)

    take([filing(fast_case(), 案由="合同纠纷")])
    cost()
    few = cost()
    take([filing(fast_case(), 案由="合同纠纷") for _ in range(6)])
    assert cost() == few <= 8
