"""The dossier in a browser: read by keys, files dropped while reading, words chosen on the image, a phone beside the desk."""

import pytest

from cases.models import CaseNote, Material
from documents.dossier import phone
from documents.models import Place
from tests import make
from tests.browser.looking import log_in, violations, wide
from tests.cases.signing_helpers import fast_case
from tests.documents.dossier_helpers import file, pdf, picture, work_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(transactional_db, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    judge, made = make.actor("fast-03", "judge"), fast_case()
    file(made, judge, pdf("查控反馈\n名下有重型货车一辆", "第二页", ""), title="网络查控反馈", kind="query")
    file(made, judge, pdf("送达回证"), title="送达回证", kind="receipt")
    return made


@pytest.fixture
def desk(page, case):
    log_in(page, make.actor("fast-03", "judge"))
    page.goto(f"{page.base}/cases/{case.pk}/dossier/")
    return page


def test_pages_and_papers_are_read_by_keys(desk, case):
    desk.keyboard.press("ArrowRight")
    assert desk.locator("#dos-at").inner_text() == "2"
    desk.keyboard.press("+")
    assert desk.locator("#dos-zoom").inner_text() == "125%"
    desk.keyboard.press("r")
    assert desk.locator("#p2").get_attribute("data-turn") == "90"
    desk.keyboard.press("/")
    assert desk.evaluate("document.activeElement.id") == "dos-q"
    desk.keyboard.press("Escape")
    desk.locator("#main").focus()
    desk.keyboard.press("]")
    desk.wait_for_url("**m=*")
    assert desk.locator(".dos-bar .t").inner_text().endswith("送达回证")
    desk.keyboard.press("ArrowUp")
    assert "财产查询材料" not in desk.evaluate("document.activeElement.textContent")
    assert desk.evaluate("document.activeElement.closest('#dos-nav') !== null")
    assert desk.faults == []


def test_a_word_that_was_searched_is_marked_on_the_image(desk):
    desk.fill("#dos-q", "重型货车")
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".hits mark")
    desk.click(".hits li a")
    desk.wait_for_selector(".found rect")
    image, mark = desk.locator("#p1 img").bounding_box(), desk.locator(".found rect").first.bounding_box()
    assert image["x"] < mark["x"] < image["x"] + image["width"]
    assert mark["width"] > 20
    assert (desk.faults, violations(desk), wide(desk)) == ([], [], [])


def test_words_chosen_on_the_image_go_into_the_notes_of_the_case(desk):
    desk.wait_for_selector("#p1 .words text", state="attached")
    desk.evaluate("document.getSelection().selectAllChildren(document.querySelectorAll('#p1 .words text')[1])")
    desk.wait_for_function("document.querySelector('#note-quote').value !== ''")
    assert desk.input_value("#note-quote") == "名下有重型货车一辆"
    desk.click("text=摘录到案件备注")
    desk.wait_for_load_state()
    assert "名下有重型货车一辆" in CaseNote.objects.get().text


def test_files_come_in_while_the_officer_reads_on_and_a_bad_one_says_why(desk, case):
    files = [("一.pdf", pdf("一")), ("坏.pdf", b"MZ no paper"), ("照片.jpg", picture())]
    desk.locator("#upload").evaluate("tray => { tray.open = true }")
    desk.set_input_files(
        "#up-files", [{"name": n, "mimeType": "application/octet-stream", "buffer": b} for n, b in files]
    )
    desk.wait_for_selector("#up-said a")
    assert desk.locator("#up-said").inner_text().startswith("已入卷 2 件")
    assert "「坏.pdf」的内容不是可入卷的格式" in desk.locator("#up-list .bad").inner_text()
    assert sorted(Material.objects.filter(case=case, kind="other").values_list("title", flat=True)) == ["一", "照片"]
    assert [fault for fault in desk.faults if "422" not in fault] == []


def test_a_file_that_is_cut_off_goes_on_where_it_stopped(desk, case):
    content = pdf("长") + b" " * (2 * 1024 * 1024)
    cut = {"left": 1}

    def route(route, request):
        if "at=1048576" in request.url and cut["left"]:
            cut["left"] -= 1
            route.abort()
        else:
            route.continue_()

    desk.route("**/uploads/**", route)
    desk.evaluate("document.querySelector('#upload').open = true")
    desk.set_input_files("#up-files", {"name": "长.pdf", "mimeType": "application/pdf", "buffer": content})
    desk.wait_for_selector("#up-said a")
    assert Material.objects.get(title="长").size == len(content)
    assert cut["left"] == 0


def test_a_file_is_paused_and_continued_by_its_button(desk):
    held = []
    desk.route("**/uploads/**", lambda route: held.append(route))
    desk.evaluate("document.querySelector('#upload').open = true")
    desk.set_input_files("#up-files", {"name": "停.pdf", "mimeType": "application/pdf", "buffer": pdf("停")})
    desk.wait_for_selector("#up-list button")
    desk.click("#up-list button")
    assert desk.locator("#up-list .meta").inner_text() == "已暂停"
    desk.unroute("**/uploads/**")
    desk.click("#up-list button")
    desk.wait_for_selector("#up-said a")
    assert Material.objects.filter(title="停").count() == 1


def test_dropped_files_are_taken_anywhere_on_the_page(desk):
    desk.evaluate(
        """() => { const held = new DataTransfer(); held.items.add(new File(['%PDF-1.4 x'], '拖入.pdf', { type: 'application/pdf' }));
        for (const kind of ['dragover', 'drop']) document.querySelector('.dos-tree').dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: held })) }"""
    )
    desk.wait_for_selector("#up-said a")
    assert Material.objects.filter(title="拖入").exists()


def test_a_paper_is_moved_by_keys(desk, case):
    judge = make.actor("fast-03", "judge")
    second = file(case, judge, pdf("回证二"), title="送达回证二", kind="receipt")
    desk.goto(f"{desk.base}/cases/{case.pk}/dossier/?m={second.pk}")
    desk.keyboard.press("Alt+ArrowUp")
    desk.wait_for_function(
        "[...document.querySelectorAll('#dos-nav li a')].findIndex(a => a.textContent.includes('送达回证二')) < [...document.querySelectorAll('#dos-nav li a')].findIndex(a => /送达回证(?!二)/.test(a.textContent))"
    )
    assert Place.objects.get(material=second).order == 1


def test_images_appear_when_the_worker_has_made_them(desk, case):
    from cases import materials
    from tests.documents.dossier_helpers import upload

    late = materials.file(case, upload(pdf("晚到")), kind="query", by=make.actor("fast-03", "judge"), title="晚到")
    desk.goto(f"{desk.base}/cases/{case.pk}/dossier/?m={late.pk}")
    assert "正在生成" in desk.locator("#dos-pages").inner_text()
    work_off()
    desk.wait_for_selector("#p1 img")


def test_the_phone_beside_the_desk_takes_photographs(another_page, case):
    judge = make.actor("fast-03", "judge")
    desk = another_page()
    log_in(desk, judge)
    judge.user.refresh_from_db()
    handset = another_page()
    handset.set_viewport_size({"width": 390, "height": 844})
    handset.goto(handset.base + phone.address(case, judge))
    assert (violations(handset), wide(handset)) == ([], [])
    handset.set_input_files("#photo", {"name": "照片.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    handset.click("text=上传 >> nth=-1")
    handset.wait_for_selector("text=已入卷 1 件")
    assert handset.faults == []


def test_without_scripts_it_is_read_and_filed_by_plain_pages(chromium, another_page, case):
    page = another_page(java_script_enabled=False)
    log_in(page, make.actor("fast-03", "judge"))
    page.goto(f"{page.base}/cases/{case.pk}/dossier/")
    assert page.locator(".sheet img").count() == 3
    page.click("[data-act=larger]")
    assert page.locator("#dos-pages").get_attribute("data-zoom") == "125"
    page.locator("#upload summary").click()
    page.set_input_files("#up-files", {"name": "平页.pdf", "mimeType": "application/pdf", "buffer": pdf("平页")})
    page.click("#up-form button.pri")
    assert Material.objects.filter(title="平页").exists()
