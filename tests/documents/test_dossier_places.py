"""Where a paper is bound: by its kind, by hand, in the order of the official index; the 副卷 apart."""

import pytest

from cases import materials
from cases.models import CaseNote, Material
from cases.refusals import Forbidden, Refused, Stale
from documents import index
from documents.dossier import notes, ordering, placing, volumes
from documents.models import Annotation
from tests import make
from tests.cases.signing_helpers import fast_case, held_by
from tests.documents.dossier_helpers import file, pdf, upload
from tests.documents.helpers import issued

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def judge():
    return make.actor("fast-03", "judge")


def where(case, paper: Material):
    return placing.places(case, [paper])[paper.pk]


def shelf(case, key: str, *, secret: bool = True) -> list[str]:
    return [e.material.title for v in volumes.arrange(case, secret) if v.key == key for e in v.entries]


def test_an_issued_paper_stands_where_table_five_says(judge):
    case = fast_case()
    document = issued(case, "execution_notice", judge, subject=case.parties.get(role="debtor").subject)
    assert (where(case, document.material).number, where(case, document.material).secret) == (8, False)


def test_a_scan_stands_where_what_it_was_filed_as_belongs_and_other_papers_wait(judge):
    case = fast_case()
    assert where(case, file(case, judge, kind="receipt", title="回证")).number == 30
    assert where(case, file(case, judge, kind="other", title="照片")).number == 0
    assert shelf(case, "loose") == ["照片"]


def test_the_index_of_a_preservation_case_has_its_own_numbers(judge):
    case = held_by("fast-03")
    case.kind = "preservation"
    paper = file(case, judge, kind="receipt", title="回证")
    found = where(case, paper)
    assert (found.number, found.name) == (11, index.PRESERVATION[10])


def test_catalogued_by_hand_it_stands_there_and_the_journal_tells_who(judge):
    case = fast_case()
    paper = file(case, judge, title="执行申请书")
    placing.put(paper, 3, judge)
    assert (where(case, paper).number, where(case, paper).by_hand) == (3, True)
    entry = case.journal.order_by("-id").first()
    assert (entry.key, entry.by_id) == ("catalogue", judge.user_id)
    assert "执行申请书 → 正卷 3 申请执行书" in entry.label
    placing.put(paper, 0, judge)
    assert shelf(case, "loose") == ["执行申请书"]


@pytest.mark.parametrize("number", [-1, 32, 999])
def test_a_number_that_the_index_has_not_is_refused(judge, number):
    case = fast_case()
    with pytest.raises(Refused, match="31 项"):
        placing.put(file(case, judge), number, judge)


def test_a_void_paper_and_an_old_version_are_not_catalogued_but_shown_apart(judge):
    case = fast_case()
    old = file(case, judge, pdf("一"), title="旧")
    new = file(case, judge, pdf("二"), title="新", replaces=old)
    materials.void(new, "错页", judge)
    for paper in (old, new):
        with pytest.raises(Refused, match="不再编目"):
            placing.put(paper, 3, judge)
    assert sorted(shelf(case, "gone")) == ["新", "旧"]
    assert shelf(case, "loose") == []


def test_a_new_version_stands_where_the_old_one_was_put(judge):
    case = fast_case()
    old = file(case, judge, pdf("一"), title="旧")
    placing.put(old, 6, judge)
    new = file(case, judge, pdf("二"), title="新", replaces=old)
    assert where(case, new).number == 6


def test_pages_go_on_from_paper_to_paper_in_the_order_of_the_index(judge):
    case = fast_case()
    last, first = (
        file(case, judge, pdf("一", "二"), title="回证", kind="receipt"),
        file(case, judge, pdf("三", "四", "五"), title="申请"),
    )
    placing.put(first, 3, judge)
    main = volumes.arrange(case, True)[0]
    assert [(e.material.pk, e.span) for e in main.entries] == [(first.pk, "1–3"), (last.pk, "4–5")]
    assert main.pages == 5


def test_papers_change_places_under_one_number_and_sorting_puts_them_back(judge):
    case = fast_case()
    papers = [file(case, judge, pdf(str(n)), title=f"回证{n}", kind="receipt") for n in (1, 2, 3)]
    assert ordering.shift(papers[2], True, judge)
    assert shelf(case, "main") == ["回证1", "回证3", "回证2"]
    assert not ordering.shift(papers[0], True, judge)
    assert ordering.sort(case, judge) == 3
    assert shelf(case, "main") == ["回证1", "回证2", "回证3"]


def test_a_paper_that_has_just_gone_is_not_moved(judge):
    case = fast_case()
    paper = file(case, judge, kind="receipt")
    materials.void(paper, "错页", judge)
    with pytest.raises(Stale):
        ordering.shift(paper, True, judge)


def test_a_name_only_proposes(judge):
    case = fast_case()
    paper = file(case, judge, title="民事判决书（2026）豫0902民初1号")
    assert (where(case, paper).number, placing.proposed(case, paper)) == (0, 6)
    assert placing.proposed(case, file(case, judge, title="IMG_0931")) == 0


# The 副卷


def test_into_the_secret_volume_and_out_of_it_only_with_a_reason(judge):
    case = fast_case()
    paper = file(case, judge, title="评议笔录")
    placing.put(paper, 1, judge, secret=True)
    assert shelf(case, "secret") == ["评议笔录"]
    assert shelf(case, "main") == []
    paper = Material.objects.get(pk=paper.pk)
    with pytest.raises(Refused, match="须写明原因"):
        placing.put(paper, 11, judge, secret=False)
    assert Material.objects.get(pk=paper.pk).secret_volume
    placing.put(paper, 11, judge, secret=False, reason="误入副卷")
    assert shelf(case, "main") == ["评议笔录"]


def test_the_journal_of_the_case_does_not_name_what_stands_in_the_secret_volume(judge):
    case = fast_case()
    paper = file(case, judge, title="合议意见甲乙", secret=True)
    before = case.journal.count()
    placing.put(paper, 1, judge)
    told = [row.label for row in case.journal.order_by("id")[before:]]
    assert told
    assert not any("合议意见" in label for label in told)


def test_without_the_right_the_secret_volume_is_not_there(judge):
    case = fast_case()
    file(case, judge, title="秘密", secret=True)
    file(case, judge, title="公开")
    assert [v.key for v in volumes.arrange(case, False)] == ["loose"]
    assert shelf(case, "loose", secret=False) == ["公开"]


def test_the_number_of_queries_does_not_grow_with_the_file(judge, django_assert_num_queries):
    case = fast_case()
    for n in range(12):
        file(case, judge, pdf(str(n)), title=f"材料{n}", kind="receipt")
    with django_assert_num_queries(4):
        volumes.arrange(case, True)


# Notes and extracts


def test_an_extract_stands_on_the_page_and_among_the_notes_of_the_case_with_its_source(judge):
    case = fast_case()
    paper = file(case, judge, title="查控反馈", kind="query")
    notes.extract(paper, 2, "", "豫JL1234 重型货车", judge)
    assert CaseNote.objects.get().text == "「豫JL1234 重型货车」——摘自《查控反馈》正卷 12，第 2 页"
    assert Annotation.objects.get().quote == "豫JL1234 重型货车"


def test_the_secret_volume_is_not_extracted_into_the_notes_of_the_case(judge):
    case = fast_case()
    paper = file(case, judge, title="评议", secret=True)
    with pytest.raises(Refused, match="副卷内容"):
        notes.extract(paper, 1, "", "少数意见", judge)
    assert not CaseNote.objects.exists()
    notes.annotate(paper, 1, "看第二段", "", judge)


def test_an_empty_note_is_refused_and_only_ones_own_is_removed(judge):
    case = fast_case()
    paper = file(case, judge)
    with pytest.raises(Refused, match="填写批注"):
        notes.annotate(paper, 1, " ", "", judge)
    made = notes.annotate(paper, 1, "核对", "", judge)
    with pytest.raises(Forbidden):
        notes.remove(made, make.actor("fast-03", "clerk"))
    notes.remove(made, judge)
    assert not Annotation.objects.exists()


def test_uploading_uses_the_same_door_as_every_other_file(judge):
    case = fast_case()
    made = materials.file(case, upload(pdf("x"), "IMG_1.pdf"), kind="other", by=judge)
    assert where(case, made).number == 0
