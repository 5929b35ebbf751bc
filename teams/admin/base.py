"""What every page of the staffing admin does alike."""

from django.contrib import admin


class StaffingAdmin(admin.ModelAdmin):
    """Nothing is deleted: postings end, people are switched off, and the history stays."""

    list_per_page = 50
    show_full_result_count = False
    actions_selection_counter = False
    list_select_related = True

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """People to choose from are those in use, by staff number."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and field.queryset.model._meta.model_name == "user":
            field.queryset = field.queryset.filter(is_active=True).order_by("staff_number")
        return field


class ReadOnlyAdmin(StaffingAdmin):
    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
