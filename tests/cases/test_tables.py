"""Tables 1, 2 and 4: complete, agreeing with each other, and printed as they are."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from cases import approvals, permissions, printing
from cases.models import Case
from cases.workflow import CLOSING_MODES, STEP, STEPS, Kind, Stage, modes_for
from teams.models import Post, TeamKind

DOCS = Path(__file__).resolve().parents[2] / "docs"
SAME = {"same", "suspended_from", "closing_from", "closed_from", "other_track"}
ACTS = [
    "transfer_to_regular",
    "retriage",
    "reassignment",
    "revival",
    "closing",
    "terminal_closure",
    "annul_closing",
    "ruling",
    "measure_release",
    "preservation_ruling",
    "detention",
    "early_release",
    "fine",
    "compelled_attendance",
    "search",
    "eviction_notice",
    "consumption_restriction",
    "restriction_lift",
    "dishonest_listing",
    "listing_early_delete",
    "exit_ban",
    "auction_terms",
    "distribution_plan",
    "extension",
    "time_exclusion",
    "suspension",
    "disbursement",
    "deferral",
    "file_loan",
    "escalation",
    "police_referral",
    "police_data_request",
    "case_delegation",
    "confidential_access",
    "case_void",
    "party_change",
]
STATUTORY = {"detention", "early_release", "fine", "compelled_attendance", "search", "eviction_notice", "terminal_closure",
             "consumption_restriction", "dishonest_listing", "exit_ban", "extension"}  # fmt: skip


def test_every_step_has_a_method_of_its_name_on_the_case():
    methods = {t.name for t in Case().get_all_stage_transitions()}
    assert methods == set(STEP)


def test_every_stage_is_reached_and_every_case_can_end():
    starts = {
        Stage.RECEPTION,
        Stage.PRESERVING,
        Stage.RESUMED,
        Stage.REGULAR,
        Stage.TERMINAL,
        Stage.REVIEWING,
        Stage.ASSISTING,
        Stage.ANSWERING,
    }
    reached = starts | {step.target for step in STEPS if step.target in Stage.values} | {Stage.FAST}
    assert reached == set(Stage)
    ends = {stage for stage in Stage if not any(stage in step.sources for step in STEPS)}
    assert ends == {Stage.VOID}
    assert {step.target for step in STEPS} <= set(Stage.values) | SAME


def test_every_act_of_the_flow_stands_in_table_four_and_can_be_asked_by_somebody():
    assert set(ACTS) == set(approvals.ACT)
    for act in ACTS:
        row = permissions.row(f"ask:{act}")
        assert set(row.marks) & set("●◆○□"), act


def test_a_step_through_signatures_names_its_act_and_the_act_names_the_step():
    for step in STEPS:
        if step.act:
            assert approvals.ACT[step.act].step == step.name
        else:
            assert step.name in permissions.ROW
    assert {act.step for act in approvals.ACTS if act.step} == {step.name for step in STEPS if step.act}


def test_the_columns_of_table_two_are_the_posts():
    assert list(permissions.POSTS) == [post.value for post in Post]
    assert {kind for row in permissions.TABLE for kind in row.teams} <= {kind.value for kind in TeamKind}
    assert all(len(row.marks) == len(permissions.POSTS) for row in permissions.TABLE)
    assert {mark for row in permissions.TABLE for mark in row.marks} <= set(permissions.MARKS)


@pytest.mark.parametrize("post", ["contractor", "system_admin", "security_admin", "audit_admin"])
def test_contractors_and_administrators_touch_no_case(post):
    for kind in TeamKind:
        assert set(permissions.actions_with(post, kind).values()) <= {"□"}


def test_what_the_law_gives_the_president_goes_to_nobody_else():
    assert set(approvals.STATUTORY) == STATUTORY
    for act in ("detention", "fine", "compelled_attendance", "search", "eviction_notice"):
        assert not approvals.ACT[act].delegable


def test_the_maker_may_sign_only_where_the_flow_says_so():
    own = {
        (act.key, chain.key) for act in approvals.ACTS for chain in act.chains for place in chain.places if place.own
    }
    assert own == {("ruling", "default"), ("preservation_ruling", "default"), ("closing", "fully_enforced")}


def test_each_stage_offers_only_its_closing_modes():
    assert [m.value for m in modes_for(Kind.FIRST, Stage.RECEPTION)] == ["withdrawn_from_docket"]
    assert {m.value for m in modes_for(Kind.FIRST, Stage.PREPARATION)} == {
        "withdrawn_from_docket",
        "application_rejected",
        "fully_enforced",
    }
    assert {m.value for m in modes_for(Kind.FIRST, Stage.SUSPENDED)} == {"fully_enforced", "termination"}
    assert len(modes_for(Kind.FIRST, Stage.FAST)) == 6
    assert modes_for(Kind.PETITION, Stage.ANSWERING) == []
    assert Kind.PRESERVATION in CLOSING_MODES


@pytest.mark.parametrize(
    ("command", "page"),
    [("workflow", "workflow"), ("rules", "clocks"), ("permissions", "permissions"), ("approvals", "approvals")],
)
def test_the_printed_pages_are_todays(command, page):
    out = StringIO()
    call_command(command, stdout=out)
    assert (DOCS / f"{page}.md").read_text(encoding="utf-8") == out.getvalue(), f"manage.py {command} > docs/{page}.md"
    assert printing.TABLES[command][1]()
