"""Rows of the room: who may query, queries and their batches, answers, assets, freezes and control measures."""

from .answer import AnswerImport, AnswerProblem
from .asset import Asset
from .measure import ControlMeasure, FreezeBatch
from .query import Operator, Query, QueryBatch

__all__ = [
    "AnswerImport",
    "AnswerProblem",
    "Asset",
    "ControlMeasure",
    "FreezeBatch",
    "Operator",
    "Query",
    "QueryBatch",
]
