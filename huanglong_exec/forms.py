from django.forms.renderers import TemplatesSetting


class FieldRenderer(TemplatesSetting):
    """One markup for every field: label above, hint and error below (templates/django/forms/field.html)."""

    field_template_name = "django/forms/field.html"
