"""Storing the organisations and demonstration people of a data pack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vetovoima.reference.loading import LoadReport, merge_row
from vetovoima.reference.models import Municipality
from vetovoima.reference.pack import Pack, parents_first

from .enums import OrganisationKind, Role
from .models import Organisation, User
from .services import add_member

DEMO_DOMAIN = "vetovoima.example"


def load_organisations(
    pack: Pack,
    report: LoadReport,
    municipalities: Mapping[str, Municipality],
    *,
    file: str = "organisations.csv",
    is_example: bool = False,
) -> dict[str, Organisation]:
    """This will store a table of organisations, wholes before parts; returns them by slug."""
    rows = pack.table(file, ("slug", "kind"), key=("slug",))
    known = {row.text("slug") for row in rows} | set(Organisation.objects.values_list("slug", flat=True))
    parsed = []
    for row in parents_first(rows, "slug", "part_of"):
        municipality = municipalities.get(row.known("municipality", municipalities))
        part_of = row.known("part_of", known)
        values: dict[str, Any] = {
            "kind": row.choice("kind", OrganisationKind.values),
            "name": row.translated("name", required=True),
            "municipality": municipality,
            "role": row.translated("role"),
            "website": row.text("website"),
            "source": row.source(),
            "is_example": is_example,
        }
        parsed.append((row.text("slug"), part_of, values))
    pack.check()
    stored: dict[str, Organisation] = {}
    for slug, part_of, values in parsed:
        values["part_of"] = (
            (stored.get(part_of) or Organisation.objects.get(slug=part_of)) if part_of else None
        )
        stored[slug] = merge_row(
            Organisation, report, kind="organisation", code=slug, key={"slug": slug}, values=values
        )
    return stored


def load_demo_people(
    pack: Pack, report: LoadReport, organisations: Mapping[str, Organisation], password: str
) -> list[User]:
    """This will make the demonstration's sign-ins of `examples/users.csv`, all with one password."""
    rows = pack.table("examples/users.csv", ("login", "role", "organisation"), key=("login",))
    for row in rows:
        row.choice("role", Role.values)
        row.known("organisation", organisations, required=True)
    pack.check()
    people = []
    for row in rows:
        person = add_member(
            email=f"{row.text('login')}@{DEMO_DOMAIN}",
            display_name=row.text("name"),
            language=row.text("language") or "fi",
            organisation=organisations[row.text("organisation")],
            role=Role(row.text("role")),
            password=password,
        )
        report.note("demonstration person", "same")
        people.append(person)
    return people
