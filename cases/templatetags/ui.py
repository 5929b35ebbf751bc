"""Small things every template needs: icons of the sprite, the hidden key of a form."""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases import submissions

register = template.Library()


@register.simple_tag
@lru_cache(512)
def icon(name: str, size: str = "") -> SafeString:
    """An icon of the sprite; words stand beside it, so it is hidden from screen readers."""
    return format_html(
        '<svg class="i{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" i-{size}" if size else "",
        static("vendor/icons.svg"),
        name,
    )


SHAPES = {  # of a deadline light, for whoever does not see its colour: ux §3.2
    "green": '<circle cx="8" cy="8" r="7" fill="#1E8A4F"/><path d="M4.8 8.2l2.2 2.2 4.2-4.6" fill="none" stroke="#fff" stroke-width="1.7"/>',
    "amber": '<path d="M8 1.2L15.4 14.4H.6z" fill="#B87400"/><path d="M8 5.6v4.2M8 11.4v1.6" stroke="#fff" stroke-width="1.7"/>',
    "red": '<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="#C62828"/><path d="M8 4v5M8 10.8v1.7" stroke="#fff" stroke-width="1.8"/>',
    "done": '<circle cx="8" cy="8" r="6.4" fill="none" stroke="#1E8A4F" stroke-width="1.4"/><path d="M5 8.2l2 2 3.8-4.2" fill="none" stroke="#1E8A4F" stroke-width="1.5"/>',
    "late": '<path d="M5.2 1.7h5.6l3.5 3.5v5.6l-3.5 3.5H5.2l-3.5-3.5V5.2z" fill="none" stroke="#C62828" stroke-width="1.4"/><path d="M5 8.2l2 2 3.8-4.2" fill="none" stroke="#C62828" stroke-width="1.5"/>',
    "off": '<circle cx="8" cy="8" r="6.4" fill="none" stroke="#5F6C82" stroke-width="1.4"/><path d="M5 8h6" fill="none" stroke="#5F6C82" stroke-width="1.5"/>',
    "grey": '<rect x="1.5" y="1.5" width="13" height="13" rx="3" fill="#5F6C82"/><path d="M6 5v6M10 5v6" stroke="#fff" stroke-width="1.7"/>',
}  # fmt: skip


@register.simple_tag
def shape(state: str) -> SafeString:
    """The shape of a light: the same in chips, tiles, headings of groups and the calendar."""
    inner = SHAPES.get(state, SHAPES["grey"])
    return SafeString(f'<svg class="shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{inner}</svg>')


@register.simple_tag
def submission() -> SafeString:
    """The key that lets a form act once."""
    return format_html('<input type="hidden" name="{}" value="{}">', submissions.FIELD, submissions.new_key())


@register.simple_tag
def options(choices, chosen: str) -> SafeString:
    """The options of a select; the same choices are written once."""
    return _options(tuple(choices), str(chosen))


@lru_cache(256)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected" if value == chosen else ""), label) for value, label in choices),
    )


@register.filter
def at(rows, index: int):
    return rows[index]
