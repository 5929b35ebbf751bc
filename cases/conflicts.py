"""Two people edit one record: nobody overwrites what he has not seen, and nothing typed is lost (ux §4.12).

A form that edits an existing record mixes in `Merged` before `forms.Form` and is given what is stored:

    class PhoneForm(conflicts.Merged, forms.Form):
        phone = forms.CharField(label="联系电话")

    @case_view("edit_party")
    @transaction.atomic
    @once
    def edit(request, case, party_id):
        if request.method == "POST":
            lock_case(case.pk)               # before what is stored is read: two senders come one after the other
        party = get_object_or_404(Party, pk=party_id, case=case)
        form = PhoneForm(request.POST or None, current={"phone": party.phone}, who=lambda: (name, moment))
        if request.method == "POST" and form.is_valid():
            ...                              # cleaned_data holds the merged values
        return answer(request, "cases/case_form.html", page, form)      # 409 when form.conflicts, 422 on errors

`current` maps a field's name to its stored value; it is the form's initial data too. `who` says, only when asked,
who changed the record last and when; None leaves 「他人」. The form carries a hidden `version`: one short mark a field
of the value that was shown, no value itself. On sending, field by field:

- stored as it was shown: what was sent is taken;
- stored otherwise, sent as it was shown: the stored value is taken, silently;
- both changed, and not to the same: a conflict. The form comes back with both values, two radios a field, the other's
  value chosen; `components/_errors.html` shows them, so every form that includes it needs nothing more.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms
from django.utils.crypto import salted_hmac

from cases import clock

FIELD = "version"
KEEP = "keep_"
SALT = "cases.conflicts"


class Conflict(NamedTuple):
    """One field that both have changed; the values as an officer reads them."""

    name: str  # of the radios
    label: str
    theirs: str
    mine: str


class Merged:
    """Mixed in before Form or ModelForm; see above."""

    def __init__(self, *args, current: dict[str, Any], who: Callable | None = None, **options):
        options["initial"] = {**current, **(options.get("initial") or {})}
        super().__init__(*args, **options)
        self.current, self._who = current, who
        self.conflicts: list = []
        self.fields[FIELD] = forms.CharField(widget=forms.HiddenInput, required=False, initial=self.version())

    def clean(self):
        data = super().clean()
        data = self.cleaned_data if data is None else data
        shown = dict(part.split(":", 1) for part in data.get(FIELD, "").split(".") if ":" in part)
        for name, stored in self.current.items():
            if name in data and name in self.fields:
                self._merge(name, stored, data, shown.get(self.marked_as(name)))
        if self.conflicts:
            self._ask_again()
        return data

    def _merge(self, name: str, stored, data: dict, shown: str | None) -> None:
        if self.data.get(self.add_prefix(KEEP + name)) == "theirs":
            data[name] = stored
            return
        sent = data[name]
        if shown is None or mark(stored) == shown or mark(sent) == mark(stored):
            return
        if mark(sent) == shown:
            data[name] = stored
            return
        field = self.fields[name]
        conflict = Conflict(self.add_prefix(KEEP + name), field.label or name, words(field, stored), words(field, sent))
        self.conflicts.append(conflict)

    def _ask_again(self) -> None:
        """The form comes back as of now: sent once more, the radios decide."""
        self.data = self.data.copy()
        self.data[self.add_prefix(FIELD)] = self.version()
        self.add_error(None, f"{self.who}修改了“{'”“'.join(c.label for c in self.conflicts)}”，请选择保留哪一个。")

    @property
    def who(self) -> str:
        """「您编辑期间，李思雨于 10:41」; the day too when it was not today."""
        found = self._who() if self._who else None
        name, at = found or ("他人", None)
        if at is None:
            return f"您编辑期间，{name}"
        at = at.astimezone(clock.now().tzinfo)
        return (
            f"您编辑期间，{name}于 {at:%H:%M} "
            if at.date() == clock.today()
            else f"您编辑期间，{name}于 {at:%m-%d %H:%M} "
        )

    def version(self) -> str:
        """What the form carries: the mark of each field as stored now."""
        return ".".join(f"{name}:{mark(value)}" for name, value in self.current.items())

    def marked_as(self, name: str) -> str:
        """The key of a field in `version`; another where one form serves several records."""
        return name


def mark(value) -> str:
    """A short mark that tells values apart and says nothing of them. Empty is empty, however it is stored."""
    return salted_hmac(SALT, plain(value)).hexdigest()[:10]


def plain(value) -> str:
    if value in (None, "", False):
        return ""
    if hasattr(value, "pk"):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def words(field: forms.Field, value) -> str:
    """The value as it stands on the screen."""
    if isinstance(field, forms.BooleanField):
        return "是" if value else "否"
    labels = {str(key): label for key, label in getattr(field, "choices", ()) if not isinstance(label, list | tuple)}
    return str(labels.get(plain(value)) or plain(value) or "（空）")
