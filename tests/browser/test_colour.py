"""Without colour the lights still differ: shapes as an achromat sees them, compared dot by dot (ux §3.2, §6.1)."""

import io
from itertools import combinations

import pytest
from PIL import Image

from cases import clock, context
from cases.models import WorkItem
from cases.pages import lights
from tests import make
from tests.browser.looking import log_in

pytestmark = pytest.mark.django_db(transaction=True)
SCALE = 4  # dots of a CSS pixel, so that edges weigh little
APART = 0.08  # of the dots of two icons must differ
READABLE = 4.5  # contrast of the words on their ground (WCAG 1.4.3)
STATES = ("red", "amber", "green", "grey", "done")


@pytest.fixture
def rows():
    """Five items of one case, one in each state."""
    case, now = make.case(), clock.now()
    items = list(WorkItem.objects.filter(case=case, open=True).order_by("id"))[: len(STATES)]
    tomorrow = lights.tomorrow(context.read())
    for item, state in zip(items, STATES, strict=True):
        item.warn_at = item.due_at = tomorrow.replace(year=now.year + 1)
        item.due_on = item.due_at.date()
        if state == "red":
            item.due_at, item.due_on = now.replace(year=now.year - 1), now.date().replace(year=now.year - 1)
        elif state == "amber":
            item.warn_at = now
        item.paused = state == "grey"
        item.save()
    WorkItem.objects.filter(pk=items[-1].pk).update(open=False, outcome="done", finished_at=now, entered_at=now)
    return case


def grey(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("L")


def luminance(level: int) -> float:
    part = level / 255
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4


def test_every_light_is_told_from_every_other_without_colour(another_page, rows):
    page = another_page(device_scale_factor=SCALE)
    log_in(page, make.director())
    page.goto(f"{page.base}/cases/{rows.pk}/?tab=items")
    page.context.new_cdp_session(page).send("Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"})
    icons, words = {}, {}
    for state, letter in zip(STATES, "ragnd", strict=True):
        lamp = page.locator(f"#case-tab .lt.{letter}").first
        icons[state] = grey(lamp.locator("svg").screenshot())
        words[state] = grey(lamp.screenshot())
        colours = Image.open(io.BytesIO(lamp.screenshot())).convert("RGB")
        assert all(max(dot) - min(dot) <= 3 for dot in colours.getdata()), "the picture is not without colour"
    for one, other in combinations(STATES, 2):
        assert differ(icons[one], icons[other]) >= APART, (one, other)
    for state, picture in words.items():
        darkest, lightest = picture.getextrema()
        contrast = (luminance(lightest) + 0.05) / (luminance(darkest) + 0.05)
        assert contrast >= READABLE, (state, contrast)


def differ(one: Image.Image, other: Image.Image) -> float:
    """The share of dots that are ink in one icon and ground in the other: shapes, whatever their greys."""
    inks = []
    for icon in (one, other.resize(one.size)):
        darkest, lightest = icon.getextrema()
        inks.append([level < (darkest + lightest) / 2 for level in icon.getdata()])
    return sum(a != b for a, b in zip(*inks, strict=True)) / len(inks[0])
