"""What the enquiry form is opened with, read from its address: sites, words of a search, a requirement of the finder.

Everything is written into fields that the person sees and may change; nothing is sent along unseen.
"""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from vetovoima.syndication.finder.words import enquiry_fields
from vetovoima.syndication.queries import published_site

MOST_SITES = 12
LONGEST_CODE = 30
LONGEST_SEARCH = 300
LONGEST_REQUIREMENT = 4000
PLAIN = ("sector", "municipality")


def asked_sites(query: QueryDict) -> list[str]:
    """This will read the codes of an address, `site=A&site=B` or `sites=A,B`: each once, in order, at most twelve."""
    named = [*query.getlist("site"), *(code for text in query.getlist("sites") for code in text.split(","))]
    codes = (code.strip().upper()[:LONGEST_CODE] for code in named)
    return [code for code in dict.fromkeys(codes) if code.isascii() and code][:MOST_SITES]


def prefilled(query: QueryDict, language: str) -> dict[str, Any]:
    """This will return the initial values of the form's fields."""
    codes = asked_sites(query)
    values: dict[str, Any] = {name: query.get(name, "")[:60] for name in PLAIN}
    values["site"] = codes[0] if len(codes) == 1 else ""
    requirement = query.get("requirement", "")[:LONGEST_REQUIREMENT]
    if requirement:
        found = enquiry_fields(requirement, language, codes) or {"message": requirement}
        return {**values, **{name: text for name, text in found.items() if text}}
    values["message"] = "\n\n".join(filter(None, (_about_sites(codes, language), _about_search(query))))
    return values


def _about_sites(codes: list[str], language: str) -> str:
    """Several sites by code and name; one alone stands above the form, with its own field."""
    if len(codes) < 2:
        return ""
    found = [(code, published_site(code, language)) for code in codes]
    lines = [f"- {code} {one.name}" for code, one in found if one is not None]
    return "\n".join([_("I ask about these sites:"), *lines, ""]) if lines else ""


def _about_search(query: QueryDict) -> str:
    words = " ".join(query.get("search", "").split())[:LONGEST_SEARCH]
    return _("I searched for: %(words)s") % {"words": words} + "\n" if words else ""
