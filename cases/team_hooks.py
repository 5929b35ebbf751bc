"""What the staffing room asks of this one: a leaver's items, the reference data, the acts that may be delegated."""

from cases import approvals, calendar, handover, rights
from cases.forms.fields import SmartDate, SmartMoment
from cases.models import CalendarYear, RestDay, Version
from cases.pages import work_lists
from cases.submissions import once
from teams import hooks

PAGES = {
    "/workbench/": "workbench",
    "/cases/": "view",
    "/sign/": "sign",
    "/queue/": "queue",
    "/deadlines/": "workbench",
}
# The acts of table 4 that may be delegated, as the form of 授权代签 shows them.
GROUPS = (
    ("案件流转", ("transfer_to_regular", "retriage", "reassignment", "revival", "suspension", "case_delegation")),
    ("结案", ("closing", "terminal_closure", "annul_closing")),
    ("裁定与措施", ("ruling", "measure_release", "preservation_ruling")),
    ("限制与惩戒", ("consumption_restriction", "restriction_lift", "dishonest_listing", "listing_early_delete", "exit_ban",
               "police_referral", "police_data_request")),
    ("处置与案款", ("auction_terms", "distribution_plan", "disbursement", "deferral")),
    ("期限与内务", ("extension", "time_exclusion", "escalation", "file_loan", "confidential_access")),
)  # fmt: skip

hooks.date_field = SmartDate
hooks.moment_field = SmartMoment
hooks.sent_once = once
hooks.delegable(("presiding", "主持工作（全部事项，含法定由院长签批的）"), group="主持工作")
for _group, _keys in GROUPS:
    hooks.delegable(*((k, approvals.ACT[k].label) for k in _keys if approvals.ACT[k].delegable), group=_group)
hooks.delegable(*((act.key, act.label) for act in approvals.ACTS if act.delegable))


@hooks.leaver
def open_work(person, successor, by, dry_run, team=None):
    return handover.preview(person, team) if dry_run else handover.hand_over(person, successor, by, team)


@hooks.opens
def start_page(actor, path):
    return path in PAGES and rights.may_office(actor, PAGES[path])


@hooks.waits
def unanswered(actor):
    return work_lists.reminders_to(actor)


@hooks.loads_reference
def versions_and_rest_days():
    Version.objects.bulk_create(
        [Version(name=name) for name in ("calendar", "settings", "staffing")], ignore_conflicts=True
    )
    days = calendar.seed_days()
    years = sorted({day.year for day, _, _ in days})
    fresh = set(years) - set(CalendarYear.objects.values_list("year", flat=True))
    RestDay.objects.bulk_create(
        [RestDay(day=d, is_workday=w, name=n, source="国务院办公厅通知") for d, w, n in days if d.year in fresh],
        ignore_conflicts=True,
    )
    CalendarYear.objects.bulk_create([CalendarYear(year=y, source="国务院办公厅通知") for y in sorted(fresh)])
    return [f"节假日 {RestDay.objects.count()} 天，年度 {CalendarYear.objects.count()}"]
