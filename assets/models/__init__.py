"""Rows of the room: who may query, queries and their batches, answers, assets, freezes and control measures, 转接."""

from .answer import AnswerImport, AnswerProblem
from .asset import Asset
from .carrying import CarriedMeasure, CarryOver
from .measure import ControlMeasure, FreezeBatch
from .query import Operator, Query, QueryBatch

__all__ = [
    "AnswerImport",
    "AnswerProblem",
    "Asset",
    "CarriedMeasure",
    "CarryOver",
    "ControlMeasure",
    "FreezeBatch",
    "Operator",
    "Query",
    "QueryBatch",
]
