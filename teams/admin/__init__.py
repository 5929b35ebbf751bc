"""The admin of the staffing: people, teams and establishment, postings and what stands beside them, their history."""

from django.contrib import admin
from django.contrib.auth.models import Group

from teams.admin import beside, history, people, postings  # noqa: F401  (each registers its models)

if admin.site.is_registered(Group):
    admin.site.unregister(Group)  # the three groups are reference data
