"""The four official indexes, and where a paper of one stands in another."""

import pytest

from cases.workflow import Kind
from documents import index
from documents.kinds import KINDS


def test_the_four_indexes_have_their_official_length():
    lengths = [len(each) for each in (index.ENFORCEMENT, index.PRESERVATION, index.RESUMED, index.SECRET)]
    assert lengths == [31, 12, 30, 4]


def test_the_index_of_a_resumed_case_is_that_of_a_first_one_but_for_three_places():
    first, resumed = index.ENFORCEMENT, index.RESUMED
    assert resumed[2] == "恢复执行申请书"
    assert resumed[9:11] == ("财产保全材料", "财产查询材料")
    assert set(first) - set(resumed) == {"申请执行书", "移送执行函", "委托执行函等表明案件来源的材料"}
    for place, there in index.TO_RESUMED.items():
        if place not in (3, 4, 5):
            assert resumed[there - 1] == first[place - 1]


@pytest.mark.parametrize("case_kind", Kind.values)
def test_every_paper_has_a_named_place_in_every_kind_of_case(case_kind):
    for kind in KINDS:
        found = index.place(case_kind, kind.main, kind.secret, kind.key)
        assert (found is None) == (not kind.main and not kind.secret)
        if found:
            assert found.name
            assert found.secret == bool(kind.secret)


def test_a_preservation_ruling_is_bound_with_the_rulings_and_its_result_with_the_list():
    assert index.place("preservation", 19, 0).name == "裁定书"
    assert index.place("preservation", 12, 0, "preservation_result").name == "财产保全清单"
    assert index.place("first", 12, 0, "preservation_result").name == "财产查询材料"


def test_panel_notes_stand_in_the_secret_volume_whatever_the_case():
    assert index.place("resumed", 0, 1) == index.Place(True, 1, "合议庭评议笔录、汇报笔录")
