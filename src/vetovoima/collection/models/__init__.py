"""What collection stores, one module for each noun."""

from .imports import ColumnMemory, Import, ImportRow
from .rounds import (
    AnswerLink,
    Duty,
    DutyMark,
    OutlookEntry,
    Question,
    Round,
    RoundNotice,
    RoundTask,
    Stewardship,
)
from .sources import ConnectorRun, Snapshot, Source, SourceRecord, SourceRun, Statistic

__all__ = [
    "AnswerLink",
    "ColumnMemory",
    "ConnectorRun",
    "Duty",
    "DutyMark",
    "Import",
    "ImportRow",
    "OutlookEntry",
    "Question",
    "Round",
    "RoundNotice",
    "RoundTask",
    "Snapshot",
    "Source",
    "SourceRecord",
    "SourceRun",
    "Statistic",
    "Stewardship",
]
