"""The dossier over HTTP: works as plain pages, shows what is missing, keeps the 副卷 from whoever may not open it."""

import html
from re import findall, sub

import pytest
from django.test import Client
from django.urls import get_resolver

from cases import materials
from cases.models import CaseNote, JournalEntry, Material
from documents.dossier import placing
from documents.models import Copy
from documents.views import dossier as views
from tests import make
from tests.cases.signing_helpers import fast_case
from tests.documents.dossier_helpers import file, pdf, work_off

pytestmark = pytest.mark.django_db
HIDDEN = "少数意见甲乙丙"  # of a paper of the 副卷: its name, and its words


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def web(team: str, post: str = "") -> Client:
    client = Client()
    client.force_login(make.actor(team, post).user)
    return client


@pytest.fixture
def judge():
    return make.actor("fast-03", "judge")


@pytest.fixture
def case():
    return fast_case()


@pytest.fixture
def clerk():
    return web("fast-03", "clerk")


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_page_shows_the_index_the_pages_and_what_is_missing(case, judge, clerk):
    paper = file(case, judge, pdf("查控反馈内容", ""), title="网络查控反馈", kind="query")
    page = text(clerk.get(f"/cases/{case.pk}/dossier/"))
    assert "网络查控反馈" in page
    assert f"/cases/{case.pk}/dossier/{paper.pk}/page/1/" in page
    assert "空白页" in page
    assert "执行通知书" in page
    assert 'class="lack"' in page
    assert clerk.get(f"/cases/{case.pk}/dossier/{paper.pk}/page/1/")["Content-Type"] == "image/webp"
    assert clerk.get(f"/cases/{case.pk}/dossier/{paper.pk}/page/3/").status_code == 404


def test_the_search_marks_the_words_on_the_page(case, judge, clerk):
    paper = file(case, judge, pdf("名下有重型货车一辆"), title="反馈", kind="query")
    page = text(clerk.get(f"/cases/{case.pk}/dossier/?m={paper.pk}&q=重型货车"))
    assert "<mark>重型货车</mark>" in page
    assert 'class="found"' in page
    assert "没有" in text(clerk.get(f"/cases/{case.pk}/dossier/?q=游艇"))


def test_zoom_turn_and_pair_are_addresses_too(case, judge, clerk):
    paper = file(case, judge)
    page = text(clerk.get(f"/cases/{case.pk}/dossier/?m={paper.pk}&zoom=150&turn=90&two=1"))
    assert 'data-zoom="150" data-turn="90" data-two="1"' in page
    assert 'data-zoom="100"' in text(clerk.get(f"/cases/{case.pk}/dossier/?m={paper.pk}&zoom=9999&turn=x"))


def test_papers_from_before_get_their_images_when_the_dossier_is_opened(case, judge, clerk):
    from documents.models import Rendition

    paper = file(case, judge)
    Rendition.objects.all().delete()
    assert "正在生成" in text(clerk.get(f"/cases/{case.pk}/dossier/"))
    assert work_off() == 1
    assert f"/{paper.pk}/page/1/" in text(clerk.get(f"/cases/{case.pk}/dossier/"))


def test_cataloguing_by_the_plain_forms(case, judge, clerk):
    one, two = file(case, judge, title="申请执行书"), file(case, judge, pdf("b"), title="IMG_1")
    clerk.post(f"/cases/{case.pk}/dossier/{two.pk}/place/", {"place": "main:9"})
    page = text(clerk.get(f"/cases/{case.pk}/dossier/catalogue/"))
    assert f'name="place-{two.pk}"' not in page
    assert '<option value="3" selected>' in page
    assert clerk.post(f"/cases/{case.pk}/dossier/catalogue/", {f"place-{one.pk}": "3"}).status_code == 302
    found = placing.places(case, [one, two])
    assert (found[one.pk].number, found[two.pk].number) == (3, 9)
    assert clerk.post(f"/cases/{case.pk}/dossier/catalogue/", {}).status_code == 422
    assert clerk.post(f"/cases/{case.pk}/dossier/{one.pk}/place/", {"place": "main:77"}).status_code == 422


def test_who_only_looks_does_not_arrange(case, judge):
    paper, leader = file(case, judge), web("leadership", "vice_president")
    assert "批量编目" not in text(leader.get(f"/cases/{case.pk}/dossier/"))
    assert leader.post(f"/cases/{case.pk}/dossier/{paper.pk}/place/", {"place": "main:9"}).status_code == 403
    assert leader.post(f"/cases/{case.pk}/dossier/upload/").status_code == 403


def test_notes_and_extracts_by_the_plain_form(case, judge, clerk):
    paper = file(case, judge, title="反馈", kind="query")
    address = f"/cases/{case.pk}/dossier/{paper.pk}/note/"
    clerk.post(address, {"page": "1", "quote": "豫J123", "do": "extract"})
    assert "豫J123" in CaseNote.objects.get().text
    clerk.post(address, {"page": "1", "text": "请核对车况"})
    assert "请核对车况" in text(clerk.get(f"/cases/{case.pk}/dossier/?m={paper.pk}"))
    assert clerk.post(address, {"page": "1"}).status_code == 422


def test_a_print_carries_who_and_when_and_is_told(case, judge, clerk):
    paper = file(case, judge, pdf("一", "二", "三"))
    answer = clerk.get(f"/cases/{case.pk}/dossier/{paper.pk}/print/?from=2&to=3")
    assert "'nonce-" in answer["Content-Security-Policy"]
    page = text(answer)
    assert page.count('class="print-page"') == 2
    assert make.actor("fast-03", "clerk").name in page
    assert JournalEntry.objects.get(what="read", key="print").facts["from"] == 2
    assert clerk.get(f"/cases/{case.pk}/dossier/{paper.pk}/print/?from=3&to=1").status_code == 422


def test_a_long_paper_is_printed_in_parts_that_say_so(case, judge, clerk, monkeypatch):
    monkeypatch.setattr(views, "PRINTED", 2)
    paper = file(case, judge, pdf("一", "二", "三", "四", "五"))
    address = f"/cases/{case.pk}/dossier/{paper.pk}/print/"
    page = text(clerk.get(address, {"reason": "阅卷"}))
    assert page.count('class="print-page"') == 2
    assert "本次只打印第 1–2 页" in page
    assert "还有第 3–5 页" in page
    rest = html.unescape(findall(r'href="(\?from=[^"]+)"', page)[0])
    second = text(clerk.get(address + rest))
    assert "本次只打印第 3–4 页" in second
    assert JournalEntry.objects.filter(what="read", key="print").last().facts["reason"] == "阅卷"
    assert "本次只打印" not in text(clerk.get(f"{address}?from=4&to=5")), "the last part is whole"
    assert "本次只打印" not in text(clerk.get(f"{address}?from=5&to=99"))


# The 副卷


@pytest.fixture
def secret(case, judge) -> Material:
    file(case, judge, pdf("公开内容"), title="公开材料", kind="query")
    paper = file(case, judge, pdf(HIDDEN), title=HIDDEN, secret=True)
    placing.put(paper, 1, judge)
    return paper


def addresses(case, paper: Material, copy: int = 0):
    """Every address of the dossier, filled with this paper; and the file itself."""
    from tests.test_urls import walk

    fill = {"case_id": case.pk, "material_id": paper.pk, "number": 1, "annotation_id": 1, "copy_id": copy}
    for address, _ in walk(get_resolver().url_patterns):
        if "dossier" in address:
            path = sub(r"<int:(\w+)>", lambda found: str(fill[found[1]]), address)
            yield "/" + path.replace("<uuid:upload_id>", "00000000-0000-0000-0000-000000000000")
    yield f"/materials/{paper.pk}/"
    yield f"/cases/{case.pk}/dossier/?m={paper.pk}"
    yield f"/cases/{case.pk}/dossier/?q={HIDDEN}"
    yield f"/cases/{case.pk}/?tab=dossier"
    yield f"/cases/{case.pk}/?tab=materials"
    yield f"/cases/{case.pk}/?tab=journal"
    yield f"/cases/{case.pk}/dossier/{paper.pk}/print/?reason=x"


def shown(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


STRANGERS = [
    ("reception", "clerk"),
    ("quality", "clerk"),
    ("petitions", ""),
    ("fast-05", "judge"),
    ("administration", "audit_admin"),
    ("archives", "contractor"),
]


@pytest.mark.parametrize("who", STRANGERS, ids=["-".join(row) for row in STRANGERS])
def test_by_no_address_does_the_secret_volume_reach_whoever_may_not_open_it(case, secret, who):
    client, image = web(*who), materials.path_of(secret.sha256).read_bytes()
    own = make.actor(*who)
    from documents.dossier import copies

    taken = copies.ask(case, "secret", "评议", make.actor("fast-03", "judge"))
    work_off()
    for path in addresses(case, secret, taken.pk):
        for answer in (client.get(path), client.post(path)):
            body = shown(answer)
            asked = f'value="{HIDDEN}"'.encode() + f"「{HIDDEN}」".encode()  # what he has typed himself is no leak
            plain = body.replace(f'value="{HIDDEN}"'.encode(), b"").replace(f"「{HIDDEN}」".encode(), b"")
            assert HIDDEN.encode() not in plain, (own, path, asked)
            assert image not in body, path
            assert not body.startswith((b"%PDF", b"RIFF")), path


def test_a_party_gets_the_main_volume_alone_whatever_is_asked(case, secret, judge, clerk):
    from tests.documents.test_drawing import texts

    placing.put(Material.objects.get(title="公开材料"), 12, judge)
    answer = clerk.post(
        f"/cases/{case.pk}/dossier/copies/",
        {"volume": "party", "reason": "申请执行人阅卷", "secret": "1", "m": secret.pk},
    )
    assert answer.status_code == 302
    work_off()
    copy = Copy.objects.get()
    body = shown(clerk.get(f"/cases/{case.pk}/dossier/copies/{copy.pk}/"))
    assert body.startswith(b"%PDF")
    assert not any(HIDDEN in page for page in texts(body))
    assert any("公开内容" in page for page in texts(body))


def test_who_may_open_it_sees_it_and_the_look_is_told_once(case, secret, clerk):
    for _ in range(2):
        assert HIDDEN in text(clerk.get(f"/cases/{case.pk}/dossier/?m={secret.pk}"))
    assert clerk.get(f"/cases/{case.pk}/dossier/{secret.pk}/page/1/")["Cache-Control"] == "private, no-store"
    assert JournalEntry.objects.filter(what="read", key="secret_volume").count() == 1


def test_a_print_of_the_secret_volume_asks_what_for(case, secret, clerk):
    address = f"/cases/{case.pk}/dossier/{secret.pk}/print/"
    assert clerk.get(address).status_code == 422
    assert clerk.get(f"{address}?reason=合议庭讨论").status_code == 200
    assert JournalEntry.objects.get(key="print").facts["reason"] == "合议庭讨论"


def test_a_paper_of_another_case_is_not_reached_through_this_one(case, judge, clerk):
    other = file(make.case(), judge)
    assert clerk.get(f"/cases/{case.pk}/dossier/{other.pk}/page/1/").status_code == 404
    assert clerk.get(f"/cases/{case.pk}/dossier/{other.pk}/words/1/").status_code == 404
    assert clerk.post(f"/cases/{case.pk}/dossier/{other.pk}/place/", {"place": "main:3"}).status_code == 404


def test_the_tab_of_the_case_page_tells_the_same_in_short(case, judge, clerk):
    file(case, judge, title="网络查控反馈", kind="query")
    page = text(clerk.get(f"/cases/{case.pk}/?tab=dossier"))
    assert "网络查控反馈" in page
    assert "归档齐全度" in page
    assert f'<h1 class="cn">{case.number}</h1>' in page
