"""卷内目录 on paper: what was packed and nothing else, the 副卷's papers by their names for whoever binds them."""

import pytest

from archives import packages, volumes
from archives.pages import print_page
from tests import make
from tests.archives.helpers import browser, clerk, rendered, work_off
from tests.archives.test_volumes import asked, closed, packed
from tests.documents.dossier_helpers import file, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def volume_case(case):
    judge = make.actor("fast-03", "judge")
    file(case, judge, pdf("评议"), title="合议庭评议笔录", kind="deliberation")
    done = closed(case)
    rendered(done)
    return done


def shown(volume) -> str:
    return browser(clerk()).get(f"/archive/volume/{volume.pk}/print/").content.decode()


def test_the_index_of_the_secret_volume_names_its_papers_for_whoever_binds_it(volume_case):
    page = shown(asked(volume_case))
    assert "卷内目录（副卷）" in page
    assert "合议庭评议笔录" in page
    assert "副卷材料" not in page


def test_for_whoever_may_not_open_it_the_papers_have_no_names(volume_case):
    volume = asked(volume_case)
    titles = [row["title"] for row in print_page.index_rows(volume, make.actor("fast-05", "clerk"))["secret"]]
    assert set(titles) == {"副卷材料"}


def test_what_is_filed_after_packing_is_not_in_the_printed_index(volume_case):
    volume = volumes.decide(asked(volume_case), True, "", clerk(1))
    before = print_page.index_rows(volume, clerk())
    volumes.pack(volume, clerk())
    work_off("archives.pack")
    volume.refresh_from_db()
    assert volume.manifest_sha256
    file(volume_case, clerk(), pdf("迟到"), title="迟到的送达回证", kind="receipt")
    assert print_page.index_rows(volume, clerk()) == before
    assert "迟到的送达回证" not in shown(volume)


def test_from_a_package_that_was_changed_no_index_is_printed(volume_case):
    volume = packed(volume_case)
    path = packages.folder_of(volume) / "index.json"
    path.write_text(path.read_text().replace("合议庭评议笔录", "别的"))
    answer = browser(clerk()).get(f"/archive/volume/{volume.pk}/print/")
    assert (answer.status_code, "归档包不在或与归档时不一致" in answer.content.decode()) == (422, True)
