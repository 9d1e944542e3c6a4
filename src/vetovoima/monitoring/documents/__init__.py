"""Public shapes of targets, the register and indicators: one function each for page, feed and machine.

Every function takes the language in which labels and figures are written. Amounts come twice: as whole euros for
machines (`…_eur`) and as text for people (`display`). `query` is the query of the register's address that shows
exactly the rows behind a number.
"""

from .indicators import (
    IndicatorDocument,
    ObservationDocument,
    indicator_document,
    observation_document,
    value_text,
)
from .meters import Bars, Meter, Piece, Segment, bars, meter
from .progress import ProgressDocument, SumDocument, counting_rules, finding, progress_document
from .register import InvestmentDocument, investment_document
from .words import amount_text, per_cent, reading_label

__all__ = [
    "Bars",
    "IndicatorDocument",
    "InvestmentDocument",
    "Meter",
    "ObservationDocument",
    "Piece",
    "ProgressDocument",
    "Segment",
    "SumDocument",
    "amount_text",
    "bars",
    "counting_rules",
    "finding",
    "indicator_document",
    "investment_document",
    "meter",
    "observation_document",
    "per_cent",
    "progress_document",
    "reading_label",
    "value_text",
]
