"""个人设置 and help: kept per person, obeyed on the next page, one page a post."""

import pytest

from teams.models import Preferences
from teams.views_me import HELP
from tests.journeys.officers import PASSWORD, Officer

pytestmark = pytest.mark.django_db


def test_settings_are_kept_and_obeyed_by_the_next_page():
    clerk = Officer("fast-03", "clerk")
    assert 'data-keys="on"' in clerk.get("/workbench/")
    clerk.post("/me/", density="compact", font_size="large", start_page="/cases/")
    page = clerk.get("/workbench/")
    assert 'data-keys="off"' in page
    assert 'class="compact large"' in page
    assert clerk.client.get("/").url == "/cases/"
    assert 'data-keys="on"' in Officer("fast-05", "clerk").get("/workbench/")


def test_a_start_page_is_where_the_log_in_leads(client):
    clerk = Officer("fast-03", "clerk")
    Preferences.objects.create(user=clerk.actor.user, start_page="/deadlines/")
    answer = client.post("/login/", {"username": clerk.actor.user.staff_number, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/deadlines/"


def test_what_is_not_offered_is_refused():
    Officer("fast-03", "clerk").post("/me/", 422, density="huge", font_size="standard", start_page="https://x/")
    assert not Preferences.objects.exists()


@pytest.mark.parametrize("slug", [slug for slug, _, _ in HELP])
def test_each_post_has_its_page(slug):
    page = Officer("fast-03", "clerk").get(f"/help/{slug}/")
    assert page.count("<h1>") == 1
    assert "每天的步骤" in page


def test_ones_own_page_stands_first_and_others_do_not_exist():
    clerk = Officer("terminal-02", "clerk")
    page = clerk.get("/help/")
    assert page.index("终本团队") < page.index("初次接待")
    assert "本岗位" in page
    clerk.get("/help/nobody/", 404)


def home(team: str, post: str) -> str:
    return Officer(team, post).client.get("/").url


def test_everybody_starts_where_the_work_is():
    assert home("fast-03", "clerk") == "/workbench/"
    assert home("archives", "contractor") == "/archive/mine/"
    assert home("archives", "clerk") == "/archive/"
    assert home("reception", "clerk") == "/reception/"
    assert home("petitions", "bureau_commissar") == "/workbench/"
    assert home("leadership", "court_president") == "/sign/"
    assert home("leadership", "vice_president") == "/sign/"
    assert home("administration", "system_admin") == "/admin/"
    assert home("administration", "security_admin") == "/admin/"
    assert home("administration", "audit_admin") == "/audit/"


def test_the_director_starts_at_the_desk_when_something_is_to_be_signed_today():
    from cases import clock
    from cases.models import WorkItem
    from tests.cases.signing_helpers import fast_case, transfer

    assert home("leadership", "bureau_director") == "/workbench/"
    transfer(fast_case("fast-03"))
    items = WorkItem.objects.filter(person=Officer("leadership", "bureau_director").actor.user, approval__isnull=False)
    assert items.exists()
    items.update(due_on=clock.today())
    assert home("leadership", "bureau_director") == "/sign/"


def test_only_pages_of_the_post_can_be_the_first_one():
    clerk, admin = Officer("archives", "contractor"), Officer("administration", "security_admin")
    assert 'value="/queue/"' not in clerk.get("/me/")
    clerk.post("/me/", 422, density="standard", font_size="standard", start_page="/queue/")
    assert "起始页" not in admin.get("/me/")
    Preferences.objects.create(user=clerk.actor.user, start_page="/sign/")  # from a post held before
    assert clerk.client.get("/").url == "/archive/mine/"


def test_the_overlay_lists_every_key_the_scripts_obey():
    import re
    from pathlib import Path

    from django.conf import settings

    keys: set[str] = set()
    for script in (settings.BASE_DIR / "static_src").glob("*.js"):
        text = script.read_text(encoding="utf-8")
        keys |= set(re.findall(r"\bkey(?:\.toLowerCase\(\))? [!=]== \"([^\"]+)\"", text))
        for name in ("ACTS", "KEYS"):
            acts = text.partition(f"const {name} = {{")[2].partition("\n};")[0]
            keys |= {
                key
                for pair in re.findall(r"(?:^|[ ,])(?:\"([^\"]+)\"|(\w+)): \((?:event)?\)", acts)
                for key in pair
                if key
            }
        keys |= set(re.findall(r"(\w): \"/", text.partition("const PLACES = {")[2].partition("}")[0]))
    for template in Path(settings.BASE_DIR / "templates").rglob("*.html"):
        keys |= set(re.findall(r'data-(?:row-key|key|also)="([^"{]+)"', template.read_text(encoding="utf-8")))
    signs = {
        " ": "空格", "ArrowUp": "↑", "ArrowDown": "↓", "ArrowLeft": "←", "ArrowRight": "→", "Escape": "esc", "-": "−",
        "=": "+", "Backspace": "退格",
    }  # fmt: skip
    named = {key for key in keys if len(key) == 1 or key in signs or re.fullmatch(r"F\d|Enter", key)}
    keys = {signs.get(key, key.lower()) for key in named}
    assert {"f2", "0", "r", "[", "c", "v", "s", "↑", "+"} <= keys
    overlay = Officer("fast-03", "clerk").get("/workbench/").partition('id="keys"')[2].partition("</dialog>")[0]
    told = {key.lower() for key in re.findall(r"<kbd>([^<]+)</kbd>", overlay)}
    assert keys <= told, keys - told
    for words in ("Ctrl</kbd> <kbd>S", "Alt</kbd> <kbd>1</kbd>–<kbd>4", "1</kbd>–<kbd>6"):
        assert words in overlay
