"""Rows of long lists are filled quickly, and say the same as the engine would."""

import pytest
from django.template import TemplateSyntaxError, engines
from django.utils.safestring import SafeString

from cases.pages.row_template import RowTemplate


def of(source: str) -> RowTemplate:
    row = RowTemplate("row")
    template = engines["django"].from_string(source)
    row.__dict__["_template"] = template.template
    return row


def test_values_are_escaped_as_the_engine_does():
    source = '{% comment %} a row {% endcomment %}<a title="{{ title }}">{{ name }}</a>{{ drawn }} {{ days }}'
    values = {"title": 'a"b', "name": "<甲> & '乙'", "drawn": SafeString("<b>灯</b>"), "days": 3}
    assert of(source).render(values) == engines["django"].from_string(source).render(values)


@pytest.mark.parametrize("source", ["{{ a|upper }}", "{{ a.b }}", "{% if a %}x{% endif %}", '{{ "text" }}'])
def test_what_is_no_plain_variable_is_refused(source):
    with pytest.raises(TemplateSyntaxError):
        of(source).render({"a": "x"})


def test_a_missing_value_is_an_error_not_a_gap():
    with pytest.raises(KeyError):
        of("{{ a }}").render({})
