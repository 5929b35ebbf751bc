"""What the nightly check finds is told to who can mend it, once, and never the number of a confidential case."""

import pytest

from cases import context, integrity, nightly
from cases.models import Case
from cases.verify import Finding
from teams.models import Notice
from tests import make

pytestmark = pytest.mark.django_db


def told(actor) -> list[tuple[str, str]]:
    return list(Notice.objects.filter(person=actor.user, text__contains="夜间核查").values_list("text", "url"))


def test_the_director_and_the_quality_leader_read_it_with_the_page_the_administrator_only_how_many():
    case = make.case()
    Case.objects.filter(pk=case.pk).update(handler=None)
    assert nightly.run() == 1
    said = [(f"夜间核查：{case.number} 没有承办人", f"/cases/{case.pk}/")]
    assert told(make.director()) == said
    assert told(make.actor("quality", "regular_officer")) == said
    (line,) = told(make.actor("administration", "system_admin"))
    assert "1 处" in line[0]
    assert case.number not in line[0]
    nightly.run()
    assert told(make.director()) == said  # not once more


def test_a_confidential_case_is_not_named_whether_the_page_is_the_case_or_its_item():
    plain, sealed = make.cases(2)
    Case.objects.filter(pk=sealed.pk).update(confidential=True)
    item = sealed.items.first()
    findings = [
        Finding(f"{sealed.number} a", f"/cases/{sealed.pk}/"),
        Finding(f"{sealed.number} b", f"/items/{item.pk}/"),
    ]
    integrity.announce(context.read(), [*findings, Finding(f"{plain.number} c", f"/cases/{plain.pk}/")])
    lines = told(make.director())
    assert len(lines) == 3
    assert not any(sealed.number in text or url for text, url in lines if plain.number not in text)


def test_of_very_many_the_rest_is_a_number():
    integrity.announce(context.read(), [Finding(f"第 {n} 处") for n in range(integrity.MOST + 7)])
    lines = [text for text, _ in told(make.director())]
    assert len(lines) == integrity.MOST + 1
    assert any("另有 7 处" in text for text in lines)
