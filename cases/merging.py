"""Two people at one record: a form carries what it was opened with, and nothing of a colleague's is written over unseen.

What only one of the two changed is merged silently. What both changed is stored for neither: the form comes back (409)
with both values, the colleague's chosen, and one click decides (ux: optimistic lock).
"""

import hashlib
import json
from typing import Any

from django import forms

KEEP = "keep_"


class Clash(Exception):
    """The record moved under the form: `fields` were changed by both."""

    def __init__(self, fields: list[str], now: dict[str, Any]):
        super().__init__("、".join(fields))
        self.fields, self.now = fields, now


def mark(value: Any) -> str:
    """A short print of one value: enough to see a change, and nothing of what it says."""
    return hashlib.sha256(str("" if value is None else value).encode()).hexdigest()[:12]


def merge(was: dict[str, str], mine: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """What to change on a record that holds `now`, for a form opened on marks `was` and sent with `mine`.

    Raises Clash for fields that both changed, differently.
    """
    changes, clashes = {}, []
    for name, value in mine.items():
        opened, held = was.get(name, mark(now[name])), mark(now[name])
        if mark(value) in (opened, held):
            continue
        if held != opened:
            clashes.append(name)
        changes[name] = value
    if clashes:
        raise Clash(clashes, now)
    return changes


class MergingForm(forms.Form):
    """A form on a record that others may change meanwhile. `current`: what the record holds as the form is made.

    Fields of `masked` are shown masked, left empty for "as it is", and never carry the stored value into the page.
    """

    masked: tuple[str, ...] = ()
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, current: dict[str, Any], **options):
        self.current = current
        self.clashes: list[dict] = []
        shown = {name: value for name, value in current.items() if name not in self.masked}
        options["initial"] = {**shown, "was": self._marks(current), **options.get("initial", {})}
        super().__init__(*args, **options)

    @staticmethod
    def _marks(values: dict[str, Any]) -> str:
        return json.dumps({name: mark(value) for name, value in values.items()})

    def merged(self, now: dict[str, Any]) -> dict[str, Any]:
        """What to change on the locked record; a value for which the colleague's was kept is left out."""
        data = self.cleaned_data
        mine = {
            name: data[name]
            for name in now
            if name in data
            and not (name in self.masked and data[name] in ("", None))
            and self.data.get(KEEP + name) != "theirs"
        }
        try:
            was = json.loads(data.get("was") or "{}")
        except ValueError:
            was = {}
        return merge(was if isinstance(was, dict) else {}, mine, now)

    def show_both(self, clash: Clash, said, who: str) -> None:
        """Prepare the form to come back: both values of each clash; from now on it stands on what is stored.

        `said(name, value)` gives a stored value in words, masked where it has to be.
        """
        self.clashes = [
            {
                "name": name,
                "keep": KEEP + name,
                "field": self[name],
                "theirs": said(name, clash.now[name]) or "（空）",
                "who": who,
            }
            for name in clash.fields
        ]
        self.data = self.data.copy()
        self.data["was"] = self._marks(clash.now)
        for name, value in clash.now.items():  # what the colleague alone changed is taken over
            if (
                name in self.fields
                and name not in clash.fields
                and name not in self.masked
                and mark(value) != mark(self.current.get(name))
            ):
                self.data[name] = value
