"""Two people edit one record: what both changed is asked, what one changed stands, nothing typed is lost."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from cases import conflicts
from cases.models import CourtSetting, Party
from tests import make
from tests.cases.signing_helpers import fast_case
from tests.journeys.officers import Officer

STORED = {"phone": "13800000001", "address": "老城", "kind": "a", "open": False, "note": ""}


class Form(conflicts.Merged, forms.Form):
    phone = forms.CharField(label="联系电话")
    address = forms.CharField(label="住址", required=False)
    kind = forms.ChoiceField(label="种类", choices=[("a", "甲"), ("b", "乙")])
    open = forms.BooleanField(label="公开", required=False)
    note = forms.CharField(label="说明", required=False)


def send(now: dict, version: str, **typed):
    who = lambda: ("李思雨", datetime(2026, 11, 23, 10, 41, tzinfo=ZoneInfo("Asia/Shanghai")))  # noqa: E731
    form = Form({**STORED, "open": "", **typed, "version": version}, current={**STORED, **now}, who=who)
    form.is_valid()
    return form


def version_of(form) -> str:
    return form["version"].value()


@pytest.fixture
def version() -> str:
    return version_of(Form(current=STORED))


def test_nobody_else_changed_anything(version):
    form = send({}, version, phone="13900000009")
    assert form.is_valid()
    assert form.cleaned_data["phone"] == "13900000009"


def test_what_only_the_other_changed_is_taken_silently(version):
    form = send({"address": "新区", "open": True}, version, phone="13900000009")
    assert form.is_valid()
    assert (form.cleaned_data["phone"], form.cleaned_data["address"]) == ("13900000009", "新区")
    assert form.cleaned_data["open"] is True


def test_the_same_change_twice_is_no_conflict(version):
    assert send({"phone": "13700000007"}, version, phone="13700000007").is_valid()


def test_what_both_changed_is_asked_with_both_values_and_the_others_name(version, at):
    with at("2026-11-23 11:00"):
        form = send({"phone": "13700000007", "kind": "b"}, version, phone="13900000009", note="我写的")
        assert not form.is_valid()
        assert [(c.label, c.theirs, c.mine) for c in form.conflicts] == [("联系电话", "13700000007", "13900000009")]
        assert form.who == "您编辑期间，李思雨于 10:41 "
    assert form["phone"].value() == "13900000009"
    assert form["note"].value() == "我写的"


@pytest.mark.parametrize(("keep", "kept"), [("theirs", "13700000007"), ("mine", "13900000009")])
def test_the_choice_decides(version, keep, kept):
    now = {"phone": "13700000007"}
    again = version_of(send(now, version, phone="13900000009"))
    form = send(now, again, phone="13900000009", keep_phone=keep)
    assert form.is_valid()
    assert form.cleaned_data["phone"] == kept


def test_a_third_change_while_choosing_is_asked_again(version):
    again = version_of(send({"phone": "13700000007"}, version, phone="13900000009"))
    form = send({"phone": "13600000006"}, again, phone="13900000009", keep_phone="mine")
    assert [c.theirs for c in form.conflicts] == ["13600000006"]


def test_the_version_says_nothing_of_the_values(version):
    assert "138" not in version
    assert conflicts.mark("13800000001") != conflicts.mark("13800000002")
    assert conflicts.mark(None) == conflicts.mark("") == conflicts.mark(False)


@pytest.mark.django_db
def test_a_debtors_standing_changed_by_two():
    case = fast_case("fast-03")
    debtor = case.parties.get(role="debtor")
    judge = Officer("fast-03", "judge")
    path = f"/cases/{case.pk}/standing/"
    version = judge.client.get(path).context["form"]["version"].value()
    other = Party.Standing.values[1]
    mine = Party.Standing.values[2]
    sent = {"party": debtor.pk, "standing": other, "version": version}
    judge.client.post(path, {**sent, "paper": SimpleUploadedFile("a.pdf", b"%PDF-1.4")})
    debtor.refresh_from_db()
    assert debtor.standing == other
    answer = judge.client.post(path, {**sent, "standing": mine, "paper": SimpleUploadedFile("b.pdf", b"%PDF-1.4 b")})
    assert answer.status_code == 409
    assert "他人的值" in answer.content.decode()
    assert make.actor("fast-03", "judge").label.split()[0][:2] in answer.content.decode()
    debtor.refresh_from_db()
    assert debtor.standing == other


@pytest.mark.django_db
def test_a_setting_changed_by_two():
    admin = Officer("administration", "system_admin")
    path = "/settings/cut_off/"
    version = admin.client.get(path).context["form"]["version"].value()
    admin.post(path, value="16:00", version=version)
    answer = admin.client.post(path, {"value": "15:00", "source": "纪要", "version": version})
    assert answer.status_code == 409
    conflict = answer.context["form"].conflicts[0]
    assert (conflict.label, conflict.theirs, conflict.mine) == ("取值", "16:00", "15:00")
    assert admin.actor.label in answer.content.decode()
    again = answer.context["form"]["version"].value()
    admin.post(path, value="15:00", source="纪要", version=again, keep_value="mine")
    assert CourtSetting.objects.get(pk="cut_off").value == "15:00"
