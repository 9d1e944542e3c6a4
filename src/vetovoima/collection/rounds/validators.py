"""Checks of an answer: one place for what was typed into the form, sent by link or filled into the workbook.

What comes in is a draft: {"answers": {code: value}, "respondents": text, "rows": [{field: value}], "no_plans": bool}, each value text as
typed or a number as the workbook has it. What is wrong is named as `answers.<code>`, `rows.<number>.<field>` (rows
count from 0) or `respondents`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.common.digits import is_number
from vetovoima.common.notation import read_number

from .enums import Certainty, Obstacle, QuestionType

if TYPE_CHECKING:
    from vetovoima.collection.models.rounds import Question
    from vetovoima.reference.models import Sector

MAX_TEXT = 10_000
MAX_ROWS = 200
MAX_NUMBER = 1e15
#: the largest planned investment that is believed, in millions of euros: more was typed in euros
MAX_AMOUNT = 20_000
ROW_FIELDS = ("what", "amount", "year", "sector", "certainty", "obstacle", "note")


@dataclass
class Cleaned:
    """An answer as it is stored: values by question, planned investments, and who answered."""

    answers: dict[str, Any] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    respondents: str = ""


def clean_draft(
    draft: Mapping[str, Any],
    *,
    questions: Iterable[Question],
    sectors: Mapping[str, Sector],
    has_outlook: bool,
    this_year: int,
    language: str,
) -> Cleaned:
    """This will check a whole draft; raises ValidationError that names every wrong place.

    An outlook needs at least one planned investment, or the word that there are none (`no_plans` of the draft).
    """
    problems: dict[str, Any] = {}
    typed = draft.get("answers") or {}
    cleaned = Cleaned(respondents=str(draft.get("respondents") or "").strip()[:300])
    for question in questions:
        value = _try(
            f"answers.{question.code}", problems, clean_value, question, typed.get(question.code), language
        )
        if value is not None:
            cleaned.answers[question.code] = value
    if has_outlook:
        cleaned.rows = _rows(draft.get("rows") or [], sectors, this_year, language, problems)
        if not cleaned.rows and not draft.get("no_plans") and not problems:
            problems["rows"] = _("Give at least one planned investment, or tick that there are none.")
    if problems:
        raise ValidationError(problems)
    return cleaned


def _try(where: str, problems: dict[str, Any], check: Callable[..., Any], *given: Any) -> Any:
    """What a check says, or None with its complaint noted."""
    try:
        return check(*given)
    except ValidationError as error:
        problems[where] = error.messages
        return None


def clean_value(question: Question, value: Any, language: str) -> Any:
    """This will check the answer to one question; None when there is none. Raises ValidationError."""
    text = "" if value is None else str(value).strip()
    if not text:
        if question.is_required:
            raise ValidationError(_("Answer this question."), code="required")
        return None
    if question.type == QuestionType.NUMBER:
        return a_number(value, language)
    if question.type == QuestionType.YES_NO:
        return _one_of(text, ("yes", "no"))
    if question.type == QuestionType.CHOICE:
        return _one_of(text, [str(number) for number in range(1, len(question.choices) + 1)])
    if len(text) > MAX_TEXT:
        raise ValidationError(_("The text is too long: at most 10,000 characters."), code="too_long")
    return text


def a_number(value: Any, language: str) -> float:
    """This will read a number, typed or from a cell; raises ValidationError."""
    is_ready = is_number(value)
    number = float(value) if is_ready else read_number(str(value), style=language)
    if not -MAX_NUMBER < number < MAX_NUMBER:
        raise ValidationError(_("The number is too large."), code="too_large")
    return number


def _one_of(text: str, allowed: Iterable[str]) -> str:
    if text not in allowed:
        raise ValidationError(_("Choose one of the list."), code="invalid_choice")
    return text


def _rows(
    typed: list[Mapping[str, Any]],
    sectors: Mapping[str, Sector],
    this_year: int,
    language: str,
    problems: dict[str, Any],
) -> list[dict[str, Any]]:
    """The planned investments; a row without a word in it is no row."""
    if len(typed) > MAX_ROWS:
        problems["rows"] = _("Give at most 200 planned investments.")
        return []
    return [
        _row(number, row, sectors, this_year, language, problems)
        for number, row in enumerate(typed)
        if not is_blank(row)
    ]


def is_blank(row: Mapping[str, Any]) -> bool:
    """Whether nothing was written into a row."""
    return not any(str(row.get(name) or "").strip() for name in ROW_FIELDS)


def _row(
    number: int,
    row: Mapping[str, Any],
    sectors: Mapping[str, Sector],
    this_year: int,
    language: str,
    problems: dict[str, Any],
) -> dict[str, Any]:
    def checked(name: str, check: Callable[[Any], Any]) -> Any:
        value = row.get(name)
        return _try(f"rows.{number}.{name}", problems, check, "" if value is None else value)

    return {
        "what": checked("what", _what),
        "amount_eur": checked("amount", lambda value: _amount(value, language)),
        "year": checked("year", lambda value: _year(value, this_year)),
        "sector": checked("sector", lambda value: _sector(str(value).strip(), sectors)),
        "certainty": checked("certainty", lambda value: _chosen(value, Certainty.values)),
        "obstacle": checked("obstacle", lambda value: str(value) and _one_of(str(value), Obstacle.values)),
        "note": str(row.get("note") or "").strip()[:MAX_TEXT],
    }


def _what(value: Any) -> str:
    text = " ".join(str(value).split())
    if not text:
        raise ValidationError(_("Say in a few words what is planned."), code="required")
    if len(text) > 300:
        raise ValidationError(_("The text is too long: at most 300 characters."), code="too_long")
    return text


def _amount(value: Any, language: str) -> int:
    if str(value).strip() == "":
        raise ValidationError(
            _("Give the amount in millions of euros; an estimate will do."), code="required"
        )
    amount = a_number(value, language)
    if amount < 0 or amount > MAX_AMOUNT:
        raise ValidationError(
            _("Give the amount in millions of euros: 2.5 means 2,500,000 euros."), code="too_large"
        )
    return round(amount * 1_000_000)


def _year(value: Any, this_year: int) -> int:
    text = str(value).strip().removesuffix(".0")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    if not this_year - 1 <= year <= this_year + 30:
        raise ValidationError(
            _("Give the year of the investment, for example %(year)s."),
            code="year",
            params={"year": this_year + 1},
        )
    return year


def _chosen(value: Any, allowed: Iterable[str]) -> str:
    if not str(value).strip():
        raise ValidationError(_("Say how certain it is."), code="required")
    return _one_of(str(value), allowed)


def _sector(slug: str, sectors: Mapping[str, Sector]) -> Sector | None:
    if slug and slug not in sectors:
        raise ValidationError(_("Choose one of the list."), code="invalid_choice")
    return sectors.get(slug)
