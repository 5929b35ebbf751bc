"""Addresses of the spine. Each view carries the action of table 2 that it needs (a test walks them all)."""

from django.urls import path

from cases import views_files
from cases.views import acts, approvals, cases, office

app_name = "cases"

urlpatterns = [
    path("workbench/", office.workbench, name="workbench"),
    path("queue/", office.queue, name="queue"),
    path("queue/<int:team_id>/", office.queue, name="team_queue"),
    path("today/", office.today, name="today"),
    path("escalations/", office.escalations, name="escalations"),
    path("escalations/<int:sheet_id>/", office.explain, name="explain"),
    path("slips/", office.slip_list, name="slips"),
    path("slips/<int:slip_id>/", office.answer_slip, name="answer_slip"),
    path("settings/", office.settings, name="settings"),
    path("settings/calendar/", office.calendar, name="calendar"),
    path("audit/", office.audit, name="audit"),
    path("cases/", cases.case_index, name="list"),
    path("cases/<int:case_id>/", cases.detail, name="detail"),
    path("cases/<int:case_id>/step/<slug:step>/", cases.step, name="step"),
    path("cases/<int:case_id>/ask/<slug:act>/", approvals.ask, name="ask"),
    path("cases/<int:case_id>/event/", cases.record_event, name="record_event"),
    path("cases/<int:case_id>/visit/", cases.visit, name="later_visit"),
    path("cases/<int:case_id>/hold/", cases.set_hold, name="set_hold"),
    path("cases/<int:case_id>/hold/<int:hold_id>/", cases.lift_hold, name="lift_hold"),
    path("cases/<int:case_id>/material/", cases.add_material, name="add_material"),
    path("cases/<int:case_id>/material/<int:material_id>/void/", cases.void_material, name="void_material"),
    path("cases/<int:case_id>/standing/", cases.standings, name="standings"),
    path("cases/<int:case_id>/party/<int:party_id>/reveal/", cases.reveal, name="reveal"),
    path("cases/<int:case_id>/grants/", cases.grants, name="grants"),
    path("cases/<int:case_id>/grants/<int:grant_id>/", cases.revoke_grant, name="revoke_grant"),
    path("cases/<int:case_id>/supervise/", acts.supervise, name="supervise"),
    path("cases/<int:case_id>/pause/", acts.pause, name="pause"),
    path("cases/<int:case_id>/pause/<int:pause_id>/end/", acts.end_pause, name="end_pause"),
    path("cases/<int:case_id>/pause/<int:pause_id>/confirm/", acts.confirm_pause, name="confirm_pause"),
    path("items/<int:item_id>/", acts.item, name="item"),
    path("items/<int:item_id>/finish/", acts.finish, name="finish"),
    path("items/<int:item_id>/tick/<str:rule>/", acts.tick, name="tick"),
    path("items/<int:item_id>/take/", acts.take_over, name="take_over"),
    path("items/<int:item_id>/assign/", acts.assign, name="assign"),
    path("items/<int:item_id>/hand/", acts.hand, name="hand"),
    path("items/<int:item_id>/wait/", acts.wait, name="wait"),
    path("items/<int:item_id>/nudge/", acts.nudge, name="nudge"),
    path("sign/", approvals.desk, name="sign"),
    path("sign/signed/", approvals.signed, name="signed"),
    path("sign/batch/", approvals.sign_many, name="sign_many"),
    path("approvals/<int:approval_id>/", approvals.detail, name="approval"),
    path("approvals/<int:approval_id>/sign/", approvals.sign, name="sign_one"),
    path("approvals/<int:approval_id>/reject/", approvals.reject, name="reject"),
    path("approvals/<int:approval_id>/withdraw/", approvals.withdraw, name="withdraw"),
    path("approvals/<int:approval_id>/sheet/", approvals.sheet, name="sheet"),
    path("approvals/<int:approval_id>/sheet/attach/", approvals.attach_sheet, name="attach_sheet"),
    path("approvals/<int:approval_id>/sheet/confirm/", approvals.confirm_sheet, name="confirm_sheet"),
    path("materials/<int:material_id>/", views_files.download, name="material"),
]
