"""How a form stands on the page: its numbered sections, how wide a field is, what the program reads in its value."""

from django import template
from django.conf import settings
from django.forms import BoundField, FileField, Form

from cases import readings
from cases.readings import Said

register = template.Library()
WIDTHS = {"date": "short", "time": "short", "phone": "half", "money": "half", "certificate": "half", "number": "half"}


@register.filter
def sections(form: Form) -> list[dict]:
    """`form.sections` is ((title, (names…)), …); what stands in none comes last, without a title."""
    found, placed = [], set()
    for title, names in getattr(form, "sections", ()):
        fields = [form[name] for name in names if name in form.fields]
        placed.update(field.name for field in fields)
        if fields:
            found.append({"title": title, "fields": fields})
    rest = [field for field in form.visible_fields() if field.name not in placed]
    return [*found, *([{"title": "", "fields": rest}] if rest else [])]


@register.filter
def marks(form: Form) -> bool:
    """Whether the star has to be explained: some fields must be filled in and others need not."""
    required = {field.field.required for field in form.visible_fields() if field.widget_type != "checkbox"}
    return required == {True, False}


@register.filter
def width(field: BoundField) -> str:
    """short (a third), half, or nothing for the whole line; `field.width` of the form's field wins."""
    given = getattr(field.field, "width", None)
    return given if given is not None else WIDTHS.get(field.field.widget.attrs.get("data-reads", ""), "")


@register.filter
def told(field: BoundField) -> Said | None:
    """What the program reads in the value that stands in the field."""
    kind = field.field.widget.attrs.get("data-reads")
    if not kind or field.errors:
        return None
    said = readings.read(kind, str(field.value() or ""))
    return said if said.text else None


@register.filter
def is_file(field: BoundField) -> bool:
    return isinstance(field.field, FileField)


@register.filter
def kept(field: BoundField):
    """A file input that comes back with errors keeps its file: htmx leaves the one on the page where it is."""
    return field.as_widget(attrs={"hx-preserve": "true"} if field.form.is_bound else None)


@register.simple_tag
def file_most() -> int:
    """Bytes of one file."""
    return settings.FILE_MAX_BYTES
