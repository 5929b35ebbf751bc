from .approval import Approval, ApprovalPlace, FilingSlip
from .case import Case, CaseLink
from .claim import Basis, Claim
from .draft import Draft
from .escalation import Escalation, EscalationRow
from .hold import Hold
from .imports import ImportBatch, ImportRow
from .job import Job
from .journal import JournalEntry, JournalHead, JournalSeal, Submission
from .material import Material
from .note import CaseNote
from .party import Agent, Party
from .reference import CalendarYear, CourtSetting, OwnSerial, RestDay, Version
from .saved_view import SavedView
from .sight import CaseGrant, CaseSight
from .work_item import ItemSignal, Pause, Tick, WorkItem

__all__ = [
    "Agent",
    "Approval",
    "ApprovalPlace",
    "Basis",
    "CalendarYear",
    "Case",
    "CaseGrant",
    "CaseLink",
    "CaseNote",
    "CaseSight",
    "Claim",
    "CourtSetting",
    "Draft",
    "Escalation",
    "EscalationRow",
    "FilingSlip",
    "Hold",
    "ImportBatch",
    "ImportRow",
    "ItemSignal",
    "Job",
    "JournalEntry",
    "JournalHead",
    "JournalSeal",
    "Material",
    "OwnSerial",
    "Party",
    "Pause",
    "RestDay",
    "SavedView",
    "Submission",
    "Tick",
    "Version",
    "WorkItem",
]
