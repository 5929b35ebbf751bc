"""What is missing in a paper stands out in its preview."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def gaps(text: str) -> str:
    return mark_safe(re.sub(r"⟦([^⟧]*)⟧", r'<mark class="gap">\1</mark>', escape(text)))  # escaped first
