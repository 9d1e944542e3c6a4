"""What cooperation stores, one module for each noun."""

from .contacts import CompanyContact
from .emphasis import Emphasis, EmphasisWeight, Gathering
from .readiness import Assessment, PlanAction
from .strategy import Responsibility, Strategy, StrategyItem, Task

__all__ = [
    "Assessment",
    "CompanyContact",
    "Emphasis",
    "EmphasisWeight",
    "Gathering",
    "PlanAction",
    "Responsibility",
    "Strategy",
    "StrategyItem",
    "Task",
]
