"""Small things every template needs: icons of the sprite, the hidden key of a form."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases import submissions

register = template.Library()


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon of the sprite; words stand beside it, so it is hidden from screen readers."""
    return format_html(
        '<svg class="i{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" i-{size}" if size else "",
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def submission() -> SafeString:
    """The key that lets a form act once."""
    return format_html('<input type="hidden" name="{}" value="{}">', submissions.FIELD, submissions.new_key())


@register.filter
def at(rows, index: int):
    return rows[index]
