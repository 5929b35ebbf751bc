"""How a form stands on the page: its numbered sections, how wide a field is, what the program reads in its value."""

from django import template
from django.conf import settings
from django.forms import BoundField, ChoiceField, FileField, Form, IntegerField

from cases import readings
from cases.readings import Said

register = template.Library()
WIDTHS = {"date": "short", "time": "short", "phone": "half", "money": "half", "certificate": "half", "number": "half"}


@register.filter
def sections(form: Form) -> list[dict]:
    """`form.sections` is ((title, (names…)), …); what stands in none comes last, without a title."""
    found: list[dict] = []
    placed: set[str] = set()
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
    """short (a third), half, or nothing for the whole line; `field.width` of the form's field wins, then the form's
    `halves`."""
    given = getattr(field.field, "width", "half" if field.name in getattr(field.form, "halves", ()) else None)
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
def sentences(field: BoundField) -> list[str]:
    """The errors of a field, each saying what is wrong and what is right."""
    return [_sentence(field, error) for error in field.errors.as_data()]


def _sentence(field: BoundField, error) -> str:
    label = f"「{field.label}」"
    if error.code == "required":
        if isinstance(field.field, FileField):
            return f"请选择{label}的文件。"
        return f"请选择{label}。" if isinstance(field.field, ChoiceField) else f"请填写{label}。"
    if error.code == "invalid_choice":
        return f"{label}没有这个选项，可能刚有变化：请重新选择。"
    if error.code == "max_length" and error.params:
        return f"{label}最多 {error.params['limit_value']} 字，现为 {error.params['show_value']} 字。"
    if error.code == "empty":
        return "选的是空文件：请核对后重新选择。"
    if error.code == "invalid" and isinstance(field.field, IntegerField):
        return f"{label}应为整数，如 7。"
    return " ".join(error.messages)


@register.filter
def is_file(field: BoundField) -> bool:
    return isinstance(field.field, FileField)


@register.filter
def no_file(field: BoundField) -> str:
    """What stands beside the button while nothing is chosen."""
    pictures = not field.field.widget.attrs.get("accept")
    return "未选择文件；也可拖到这里" + ("，或粘贴截图" if pictures else "")


@register.filter
def kept(field: BoundField):
    """A file input that comes back with errors keeps its file: htmx leaves the one on the page where it is."""
    return field.as_widget(attrs={"hx-preserve": "true"} if field.html_name in field.form.files else None)


@register.simple_tag
def file_most() -> int:
    """Bytes of one file."""
    return settings.FILE_MAX_BYTES
