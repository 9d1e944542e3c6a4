"""Whether a sector is ready for outreach: computed from what is on record, each step with its explanation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetovoima.catalogue.knowledge.enums import FactState
from vetovoima.catalogue.models import SectorSheet

from .enums import SheetState
from .queries import codes_of, facts_of, records_of

RULES = Path(__file__).parent.parent / "standard" / "sectors.json"


@cache
def rules() -> dict[str, Any]:
    """The rules of outreach, as the standard has them."""
    read: dict[str, Any] = json.loads(RULES.read_text(encoding="utf-8"))
    return read


@dataclass(frozen=True)
class Step:
    """One condition of outreach: met or not, and why."""

    key: str
    label: str
    is_met: bool
    why: str


@dataclass(frozen=True)
class Outreach:
    """How far a sector's homework is."""

    steps: list[Step]

    @property
    def is_ready(self) -> bool:
        """Whether every step is met."""
        return all(step.is_met for step in self.steps)

    @property
    def met(self) -> int:
        """How many steps are met."""
        return sum(step.is_met for step in self.steps)

    @property
    def missing(self) -> list[Step]:
        """What is still to be done."""
        return [step for step in self.steps if not step.is_met]


def outreach(sheet: SectorSheet, today: date) -> Outreach:
    """This will look at everything that outreach in a sector needs."""
    return Outreach(
        [
            _review(sheet, today),
            _facts(sheet),
            _records(sheet),
            _answers(sheet),
            _contact(sheet),
            _homework(sheet, today),
        ]
    )


def _review(sheet: SectorSheet, today: date) -> Step:
    is_met = sheet.is_public(today) and not sheet.is_example_review
    if sheet.is_public(today) and sheet.is_example_review:
        why = _("The review is an example of the demonstration: ask a real expert.")
    elif is_met:
        why = _("Reviewed by %(name)s, valid until %(day)s.") % {
            "name": sheet.reviewer_name,
            "day": _day(sheet.expires_on),
        }
    elif sheet.state == SheetState.IN_REVIEW:
        why = _("%(name)s has it for review.") % {"name": sheet.reviewer_name}
    elif sheet.state in (SheetState.EXPIRED, SheetState.REVIEWED):
        why = _("The review expired on %(day)s: ask for a new one.") % {"day": _day(sheet.expires_on)}
    else:
        why = _("It is a draft: ask an expert to review it.")
    return Step("review", _("The sheet is reviewed by an expert"), is_met, why)


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else "–"


def _facts(sheet: SectorSheet) -> Step:
    needed = rules()["current_facts"]
    codes = codes_of(sheet)
    found = {fact.pk: fact for fact in facts_of(codes).values()}
    current = sum(1 for fact in found.values() if fact.state == FactState.CURRENT)
    why = _("%(current)s of the %(all)s facts that the sheet names are current; %(needed)s are needed.") % {
        "current": current,
        "all": len(codes),
        "needed": needed,
    }
    return Step("facts", _("Its facts are current"), current >= needed, why)


def _records(sheet: SectorSheet) -> Step:
    level, needed = rules()["site_readiness"], rules()["sites"]
    records = records_of(sheet.sector)
    ready = [one.code for one in records if one.readiness >= level]
    if ready:
        why = _("Ready enough: %(codes)s.") % {"codes": ", ".join(ready[:5])}
    elif records:
        why = _("None of the %(count)s published records has reached step %(level)s; %(code)s is furthest, at step %(at)s.") % {
            "count": len(records), "level": level, "code": records[0].code, "at": records[0].readiness,
        }  # fmt: skip
    else:
        why = _("No site or opportunity of the sector is published.")
    label = _("There is a site or an opportunity to show, at readiness step %(level)s or further") % {
        "level": level
    }
    return Step("records", label, len(ready) >= needed, why)


def _answers(sheet: SectorSheet) -> Step:
    needed = rules()["answered_questions"]
    questions = list(sheet.questions.all())
    answered = sum(1 for one in questions if one.answer)
    why = _("%(answered)s of %(all)s questions are answered; at least %(needed)s are needed, and none open.") % {
        "answered": answered, "all": len(questions), "needed": needed,
    }  # fmt: skip
    is_met = answered >= needed and answered == len(questions)
    return Step("answers", _("Investors' questions are answered"), is_met, why)


def _contact(sheet: SectorSheet) -> Step:
    is_met = sheet.contact is not None and not sheet.contact.is_example
    if sheet.contact is None:
        why = _("Nobody is named whom an investor may call.")
    elif is_met:
        why = sheet.contact.name
    else:
        why = _("%(name)s is an example: name a real person.") % {"name": sheet.contact.name}
    return Step("contact", _("A contact person is named"), is_met, why)


def _homework(sheet: SectorSheet, today: date) -> Step:
    items = list(sheet.homework.all())
    open_ = [one for one in items if one.done_on is None]
    late = sum(1 for one in open_ if one.is_late(today))
    if not items:
        why = _("No homework of its own is listed.")
    elif not open_:
        why = _("All of it is done.")
    else:
        why = ngettext("%(open)s item is open", "%(open)s items are open", len(open_)) % {"open": len(open_)}
        why += (
            ngettext(", %(late)s of them late.", ", %(late)s of them late.", late) % {"late": late}
            if late
            else "."
        )
    return Step("homework", _("The sector's own homework is done"), not open_, why)
