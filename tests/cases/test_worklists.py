"""The lists of work: what stands in which, what its one button says, what a batch leaves behind, what may be undone."""

import re
from datetime import timedelta

import pytest

from cases import clock, context, exceptions, undo, work
from cases.deadlines import RULES
from cases.models import Case, WorkItem
from cases.pages import lights, loads, queue_rows, verbs
from cases.refusals import Refused
from teams.actor import SYSTEM
from teams.models import Notice
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    """A clerk of reception with three new cases in hand, and a colleague."""
    make.cases(3)
    actor = make.actor("reception", "clerk")
    WorkItem.objects.filter(open=True).update(person_id=actor.user_id, team_id=actor.team_id)
    return actor


def bench(client, query="") -> str:
    answer = client.get(f"/workbench/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def log_in(client, actor):
    client.force_login(actor.user)
    return client


def clues():
    return WorkItem.objects.filter(rule="enforcement.ask_clues", open=True).order_by("pk")


def test_every_duty_has_a_verb_and_a_tag_of_its_own():
    ours = [rule.key for rule in RULES if rule.is_item]
    assert [key for key in ours if key not in verbs.VERB] == []
    assert [key for key in ours if not verbs.kind(key)[0]] == []
    assert set(verbs.VERB) <= set(ours)


def test_a_row_names_the_case_once_and_its_button_fits_the_duty(client, clerk):
    item = clues().first()
    item.title = f"签批：移交普执　{item.case.number}"
    assert queue_rows.title(item) == "移交普执"
    page = bench(log_in(client, clerk))
    assert "告知<span" in page
    assert "逐项登记<span" in page


def test_waiting_and_paused_work_is_counted_apart_for_the_person_and_the_team(client, clerk):
    first, second, third = clues()
    work.wait(first, clock.today() + timedelta(days=1), "等申请人来院", clerk)
    WorkItem.objects.filter(pk=second.pk).update(paused=True)
    page = bench(log_in(client, clerk))
    assert "等待 1 · 暂停 1" in page
    assert f'id="item{first.pk}"' not in page
    assert f'id="item{third.pk}"' in page
    waiting = bench(client, "?tab=waiting")
    assert f'id="item{first.pk}"' in waiting
    assert "结束等待" in waiting
    assert "等申请人来院" in waiting
    member = next(row for row in loads.members(context.read(), clerk, clerk.team_id) if row["id"] == clerk.user_id)
    assert (member["count"], member["held"]) == ("7", "2")
    queue = client.get("/queue/?due=paused").content.decode()
    assert f'id="item{second.pk}"' in queue
    assert f'id="item{third.pk}"' not in queue


def test_a_colleagues_item_is_taken_over_with_one_button_and_the_leader_gives_it_on(client, clerk):
    other = make.actor("reception", "clerk", nth=1)
    assert "接手<span" in log_in(client, other).get("/workbench/?tab=team").content.decode()
    leader = make.actor("reception", "regular_officer")
    assert "转交<span" in log_in(client, leader).get("/queue/").content.decode()
    item = clues().first()
    log_in(client, other).post(f"/items/{item.pk}/take/", headers={"HX-Request": "true", "HX-Target": "panel-body"})
    item.refresh_from_db()
    assert item.person_id == other.user_id


def test_who_leads_the_bureau_reminds_with_a_prefilled_sentence_and_sees_what_is_unanswered(client, clerk):
    director = make.director()
    item = clues().first()
    page = bench(log_in(client, director), "?tab=team")
    assert f"/items/{item.pk}/nudge/" in page
    form = client.get(f"/items/{item.pk}/nudge/").content.decode()
    assert re.search(r'name="text" value="[^"]{6,}', form)
    client.post(f"/items/{item.pk}/nudge/", {"text": "请今日办结"})
    asked = bench(client, "?tab=asked&due=reminded")
    assert f'id="item{item.pk}"' in asked
    told = bench(log_in(client, clerk))
    assert "请今日办结" in told
    assert director.name in told
    other = make.actor("reception", "clerk", nth=1)
    assert log_in(client, other).post(f"/items/{item.pk}/nudge/answer/", {"text": "知道"}).status_code == 422
    mine = log_in(client, clerk)
    Notice.objects.filter(kind="nudge").update(read_at=clock.now())
    assert 'data-number="tile-nudged">1<' in bench(mine, "?due=nudged"), "read, and not yet answered"
    assert f'id="item{item.pk}"' in bench(mine, "?due=nudged")
    assert f"/items/{item.pk}/nudge/answer/" in mine.get(f"/items/{item.pk}/").content.decode()
    assert mine.post(f"/items/{item.pk}/nudge/answer/", {"text": ""}).status_code == 422
    assert mine.post(f"/items/{item.pk}/nudge/answer/", {"text": "明日上午办结"}).status_code == 302
    assert mine.post(f"/items/{item.pk}/nudge/answer/", {"text": "再说"}).status_code == 409, "once"
    assert 'data-number="tile-nudged">0<' in bench(mine)
    log_in(client, director)
    assert f'id="item{item.pk}"' not in bench(client, "?tab=asked&due=reminded"), "answered"
    assert f'id="item{item.pk}"' in bench(client, "?tab=asked"), "but not done"
    assert "回复：明日上午办结" in client.get(f"/items/{item.pk}/").content.decode()
    assert "明日上午办结" in client.get("/inbox/").content.decode()
    client.post(f"/items/{item.pk}/nudge/", {"text": "仍未办结"})
    assert f'id="item{item.pk}"' in bench(client, "?tab=asked&due=reminded"), "reminded again, to be answered again"
    work.finish([item], clerk, note="已办")
    assert f'id="item{item.pk}"' not in bench(log_in(client, director), "?tab=asked&due=reminded")


def test_the_bell_its_page_and_the_tile_count_the_same_until_the_reminder_is_answered(client, clerk):
    item = clues().first()
    work.nudge(item, "请今日办结", make.director())
    mine = log_in(client, clerk)
    Notice.objects.filter(person=clerk.user_id).update(read_at=clock.now())
    rung = mine.get("/inbox/?tab=urgent").content.decode()
    assert mine.get("/live/").json()["nudges"] == 1
    assert 'data-number="tile-nudged">1<' in bench(mine)
    assert rung.count("待回复") == 1
    mine.post(f"/items/{item.pk}/nudge/answer/", {"text": "明日上午办结"})
    assert mine.get("/live/").json()["nudges"] == 0
    assert "待回复" not in mine.get("/inbox/?tab=urgent").content.decode()


def test_a_reminder_that_came_meanwhile_is_shown_before_another_is_sent(client, clerk):
    director, other = make.director(), make.actor("leadership", "vice_president")
    item = clues().first()
    log_in(client, director)
    opened = client.get(f"/items/{item.pk}/nudge/").context["form"].initial
    sent = {"text": "请今日办结", "held": opened["held"], "last": opened["last"]}
    work.nudge(item, "请说明原因。", other)
    answer = client.post(f"/items/{item.pk}/nudge/", sent)
    assert answer.status_code == 422
    assert f"{other.name}于 今日" in answer.content.decode()
    assert Notice.objects.filter(kind="nudge").count() == 1
    again = {**sent, "last": re.search(r'name="last" value="(\d+)"', answer.content.decode())[1]}
    assert client.post(f"/items/{item.pk}/nudge/", again).status_code == 302
    assert Notice.objects.filter(kind="nudge").count() == 2
    assert "上次催办" in client.get(f"/items/{item.pk}/nudge/").content.decode()


def test_nobody_reminds_himself(client, clerk):
    item = clues().first()
    page = log_in(client, clerk).get(f"/items/{item.pk}/").content.decode()
    assert f"/items/{item.pk}/assign/" in page
    assert f"/items/{item.pk}/nudge/" not in page
    with pytest.raises(Refused, match="本人"):
        work.nudge(item, "请尽快办理", clerk)
    other = make.actor("reception", "regular_officer")
    assert f"/items/{item.pk}/nudge/" in log_in(client, other).get(f"/items/{item.pk}/").content.decode()


def test_what_changed_hands_while_the_form_was_open_is_neither_reminded_of_nor_given_on(client, clerk):
    first, second = make.actor("reception", "clerk", nth=1), make.actor("reception", "regular_officer")
    item = clues().first()
    work.assign(item, first.user_id, clerk)
    given = {"held": clerk.user_id, "person": second.user_id}
    assert log_in(client, second).post(f"/items/{item.pk}/assign/", given).status_code == 409
    given = {"held": clerk.user_id, "text": "请今日办结"}
    answer = log_in(client, make.director()).post(f"/items/{item.pk}/nudge/", given)
    assert answer.status_code == 409
    assert first.name in answer.content.decode()
    item.refresh_from_db()
    assert item.person_id == first.user_id
    assert not Notice.objects.filter(kind="nudge").exists()


def test_an_item_is_not_given_to_the_one_who_has_it(client, clerk):
    other = make.actor("reception", "clerk", nth=1)
    item = clues().first()
    form = log_in(client, clerk).get(f"/items/{item.pk}/assign/").context["form"]
    offered = [value for value, _ in form.fields["person"].choices]
    assert other.user_id in offered
    assert clerk.user_id not in offered
    assert client.post(f"/items/{item.pk}/assign/", {"person": clerk.user_id}).status_code == 422
    with pytest.raises(Refused, match="名下"):
        work.assign(item, clerk.user_id, clerk)


def test_the_tab_of_copies_counts_what_it_lists(client, clerk):
    log_in(client, clerk)
    assert re.search(r'data-number="tab-copied"></i>', bench(client))
    case = clues().first().case
    Case.objects.filter(pk=case.pk).update(clerk_id=clerk.user_id)
    theirs = case.items.filter(open=True).update(team=make.actor("quality", "clerk").team_id)
    page = bench(client, "?tab=copied")
    shown = int(re.search(r'data-number="tab-copied">(\d+)<', page)[1])
    assert shown == page.count("data-row") <= theirs
    assert shown >= 1
    exceptions.grant(case, clerk.user_id, "recused_from_case", None, "近亲属", SYSTEM)
    assert re.search(r'data-number="tab-copied"></i>', bench(client))


def test_after_the_soft_end_todays_duties_run_till_midnight(client, clerk, at):
    WorkItem.objects.filter(open=True).delete()
    with at("2026-11-25 09:00"):
        make.cases(1)
        WorkItem.objects.filter(open=True).update(person_id=clerk.user_id, team_id=clerk.team_id)
    for hour, words in (("17:00", "今日 17:30"), ("17:30", "今日 24:00")):
        with at(f"2026-11-25 {hour}"):
            client.logout()
            page = bench(log_in(client, clerk))
            assert words in page
            assert f"{words.removeprefix('今日 ')} 前" in page


def test_who_leads_the_bureau_reminds_several_teams_at_once(client, clerk):
    chosen = [item.pk for item in clues()[:2]]
    page = bench(log_in(client, make.director()), "?tab=team")
    assert 'value="nudge"' in page
    assert 'value="assign"' not in page
    client.post("/items/batch/", {"act": "nudge", "item": chosen, "note": ""})
    assert bench(client, "?tab=asked&due=reminded").count("data-row") == 2
    assert "请按期办结" in bench(log_in(client, clerk))


def test_a_batch_waits_takes_and_tells_what_it_left_with_its_reason(client, clerk):
    other = make.actor("reception", "clerk", nth=1)
    first, second, _ = clues()
    panel = {"HX-Request": "true", "HX-Target": "panel-body"}
    answer = log_in(client, clerk).post(
        "/items/batch/",
        {"act": "wait", "item": [first.pk, second.pk], "until": "+1", "reason": "等待寄回"},
        headers=panel,
    )
    assert answer.status_code == 204
    assert "undo" in answer.headers["HX-Trigger"]
    assert WorkItem.objects.filter(wait_reason="等待寄回").count() == 2
    mine = clues().last()
    work.take_over(mine, other)
    answer = log_in(client, other).post("/items/batch/", {"act": "take", "item": [first.pk, mine.pk]}, headers=panel)
    page = answer.content.decode()
    assert "成功 1，未办 1" in page
    assert "已在您名下" in page
    assert f"only={mine.pk}" in page
    assert answer.headers["HX-Trigger"] == "changed"
    only = bench(client, f"?only={mine.pk}")
    assert f'id="item{mine.pk}"' in only
    assert f'id="item{first.pk}"' not in only


def test_what_was_given_or_put_off_is_taken_back_by_who_did_it_while_nobody_has_gone_on(client, clerk):
    other = make.actor("reception", "clerk", nth=1)
    item = clues().first()
    work.assign(item, other.user_id, clerk)
    text = undo.offer("assign", [(item.pk, clerk.user_id, other.user_id)], clerk).removeprefix("undo:")
    with pytest.raises(Refused):
        undo.undo(text, other)
    assert undo.undo(text, clerk) == 1
    item.refresh_from_db()
    assert item.person_id == clerk.user_id
    with pytest.raises(Refused):  # a second time there is nothing left to take back
        undo.undo(text, clerk)
    with pytest.raises(Refused):
        undo.undo(f"{text}x", clerk)


def test_the_workbench_asks_the_same_number_of_questions_however_long_the_list(
    client, clerk, django_assert_max_num_queries
):
    log_in(client, clerk)
    for path in ("/workbench/", "/workbench/?tab=team", "/queue/"):
        client.get(path)
        with django_assert_max_num_queries(18):
            client.get(path)


def test_a_live_request_says_when_the_session_ends_and_nothing_when_nothing_changed(client, clerk):
    log_in(client, clerk)
    first = client.get("/live/?since=0&tiles", headers={"X-Live": "1"})
    assert first.json()["tiles"]["tile-mine"] == "9"
    assert int(first.headers["X-Session-Left"]) > 600
    again = client.get(f"/live/?since=0&tiles&have={first.json()['mark']}", headers={"X-Live": "1"})
    assert again.status_code == 204
    client.logout()
    gone = client.get("/live/", headers={"X-Live": "1", "HX-Request": "true"})
    assert gone.status_code == 401
    assert "HX-Redirect" not in gone.headers


def test_who_comes_from_outside_the_court_sees_what_is_given_to_him_and_nothing_of_a_case(client):
    (case,) = make.cases(1)
    contractor = make.actor("archives", "contractor")
    mine = case.items.filter(open=True).order_by("pk")[0]
    case.items.filter(open=True).update(team=contractor.team_id)
    WorkItem.objects.filter(pk=mine.pk).update(person=contractor.user_id)
    page = bench(log_in(client, contractor))
    assert page.count("data-row") == 1
    assert "*案件" in page
    for query in ("", "?tab=team", "?tab=asked", "?tab=nonsense"):
        page = bench(client, query)
        assert case.number not in page
        assert case.parties.first().name not in page
        assert "团队" not in re.search(r'id="tabs".*?</nav>', page)[0]
        assert "/workbench/print/" not in page
    days = client.get("/deadlines/?scope=team&day=late").content.decode()
    assert "本团队" not in days
    assert case.number not in days
    WorkItem.objects.filter(pk=mine.pk).update(person=None)
    assert "没有指派给您的事项" in bench(client)


def test_an_empty_workbench_says_where_there_is_something_to_do(client, clerk):
    WorkItem.objects.filter(open=True).update(person_id=make.actor("reception", "clerk", nth=1).user_id)
    page = bench(log_in(client, clerk))
    assert "现在没有您的事项。" in page
    assert "看团队事项（9）" in page
    page = bench(log_in(client, make.actor("leadership", "court_president")))
    assert "看各团队事项（9）" in page


def test_only_what_ended_in_time_bears_the_green_tick():
    now = clock.now()
    ctx = context.read()
    for outcome, finished, state in (
        ("done", now - timedelta(hours=1), "done"),
        ("done", now + timedelta(hours=1), "late"),
        ("cancelled", now, "off"),
        ("lapsed", now, "off"),
    ):
        item = WorkItem(open=False, outcome=outcome, finished_at=finished, due_at=now)
        assert lights.light(ctx, item)["state"] == state
