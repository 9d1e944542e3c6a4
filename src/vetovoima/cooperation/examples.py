"""The demonstration's self-assessments, plans and company contacts: `examples/municipal_work.json`, led through the services.

A list of {municipality, assessments: [{years_ago, levels: {item: level}, evidence: {item: text}, is_finished}],
plan: [{item, action, responsible, due_in_days, state, reason}],
contacts: [{company_name, business_id, days_ago, kind, our_people, subject, notes, outcome, follow_up_in_days, shared}]}.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from vetovoima.reference.loading import LoadReport
from vetovoima.reference.models import Municipality
from vetovoima.reference.pack import Pack

from .contacts import services as contacts
from .contacts.queries import own_people
from .models import Assessment, CompanyContact, PlanAction
from .readiness import services as readiness

WORK = "examples/municipal_work.json"


def load_example_work(
    pack: Pack, report: LoadReport, municipalities: Mapping[str, Municipality], now: datetime
) -> None:
    """This will store the examples of municipalities that have nothing of the kind yet; what people wrote stays."""
    wanted = pack.document(WORK) or []
    for place, given in enumerate(wanted):
        if given.get("municipality") not in municipalities:
            pack.refuse(WORK, "names no municipality of the region", column=f"[{place}].municipality")
    pack.check()
    for given in wanted:
        municipality = municipalities[given["municipality"]]
        for model, store in ((Assessment, _assessments), (PlanAction, _plan), (CompanyContact, _contacts)):
            if model._default_manager.filter(municipality=municipality).exists():
                report.note("example of municipal work", "same")
                continue
            store(given, municipality, now)
            report.note("example of municipal work", "added")


def _assessments(given: Mapping[str, Any], municipality: Municipality, now: datetime) -> None:
    for one in given.get("assessments", []):
        evidence = one.get("evidence", {})
        answers = {
            code: {"level": level, "evidence": evidence.get(code, "")}
            for code, level in one["levels"].items()
        }
        found = readiness.save_assessment(
            municipality=municipality, year=localdate(now).year - one["years_ago"], answers=answers, by=None, now=now,
            is_example=True,
        )  # fmt: skip
        if one.get("is_finished"):
            readiness.finish_assessment(assessment=found, by=None, now=now)


def _plan(given: Mapping[str, Any], municipality: Municipality, now: datetime) -> None:
    for one in given.get("plan", []):
        values = {**one, "due_on": localdate(now) + timedelta(days=one["due_in_days"])}
        readiness.add_action(municipality=municipality, values=values, by=None, now=now, is_example=True)


def _contacts(given: Mapping[str, Any], municipality: Municipality, now: datetime) -> None:
    people = own_people(municipality)
    today = localdate(now)
    for one in given.get("contacts", []):
        values = {**one, "happened_on": today - timedelta(days=one["days_ago"])}
        if "follow_up_in_days" in one:
            values["follow_up_on"] = today + timedelta(days=one["follow_up_in_days"])
        contact = contacts.log_contact(
            municipality=municipality, values=values, by=None, now=now, is_example=True
        )
        if one.get("shared") and people:
            contacts.share_summary(contact=contact, summary=one["shared"], by=people[0], now=now)
