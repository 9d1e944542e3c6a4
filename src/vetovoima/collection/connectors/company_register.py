"""The Finnish company register: open data of the Patent and Registration Office, by business ID
(docs/integrations/company-register.md). Read, never written; sole traders' names are not in it.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from vetovoima.common.fields import Translated
from vetovoima.common.http import Deadline, Refused, TryLater, get
from vetovoima.common.identifiers import clean_business_id

from .problems import SourceChanged

MOST_BYTES = 2_000_000
LANGUAGES = {"1": "fi", "2": "sv", "3": "en"}
CURRENT_NAME = "1"
VISITING, POSTAL = 1, 2
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CREDIT = "Finnish Patent and Registration Office, Business Information System (CC BY 4.0)"


@dataclass(frozen=True)
class Company:
    """A company as the register has it. `state` is active, ceased or other; `line_code` is TOL 2008 or TOL 2025."""

    business_id: str
    name: str
    form_code: str
    form: Translated
    line_code: str
    line_scheme: str
    line: Translated
    domicile: Translated
    state: str
    registered_on: str
    ended_on: str
    website: str
    modified: str

    def as_data(self) -> dict[str, Any]:
        """What is stored of it."""
        return {key: dict(value) if isinstance(value, dict) else value for key, value in asdict(self).items()}


def look_up(root: str, business_id: str, deadline: Deadline) -> Company:
    """This will read one company.

    Raises ValidationError for an ID that cannot be right, SourceChanged when the register does not know it or answers
    in another form, CannotFetch when it cannot be reached.
    """
    asked = clean_business_id(business_id)
    try:
        answer = get(f"{root}/companies?businessId={asked}", deadline=deadline, max_bytes=MOST_BYTES)
    except TryLater:
        raise
    except Refused as error:
        if error.status == 404:
            raise SourceChanged("no_company", business_id=asked) from error
        raise
    data = answer.json()
    listed = data.get("companies") if isinstance(data, dict) else None
    if not isinstance(listed, list):
        raise SourceChanged("shape", what="companies")
    for one in listed:
        found = read_company(one)
        if found.business_id == asked:
            return found
    raise SourceChanged("no_company", business_id=asked)


def read_company(data: Any) -> Company:
    """This will check one company's record; raises SourceChanged with the part that is not as it was."""
    whole = _part(data, "company")
    identity = _part(whole.get("businessId"), "businessId")
    business_id = identity.get("value")
    if not isinstance(business_id, str) or not re.fullmatch(r"\d{7}-\d", business_id):
        raise SourceChanged("shape", what="businessId.value")
    form = _current(whole.get("companyForms"), "companyForms")
    line = _part(whole.get("mainBusinessLine") or {}, "mainBusinessLine")
    return Company(
        business_id=business_id,
        name=_name(whole.get("names")),
        form_code=_text(form.get("type")),
        form=_descriptions(form, "companyForms"),
        line_code=_text(line.get("type")),
        line_scheme=_text(line.get("typeCodeSet")),
        line=_descriptions(line, "mainBusinessLine"),
        domicile=_domicile(whole.get("addresses")),
        state=_state(whole),
        registered_on=_day(whole.get("registrationDate") or identity.get("registrationDate")),
        ended_on=_day(whole.get("endDate")),
        website=_text(_part(whole.get("website") or {}, "website").get("url"), 200),
        modified=_text(whole.get("lastModified")),
    )


def _part(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise SourceChanged("shape", what=what)
    return value


def _parts(value: Any, what: str) -> list[dict[str, Any]]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise SourceChanged("shape", what=what)
    return [_part(one, what) for one in value]


def _text(value: Any, length: int = 80) -> str:
    return str(value).strip()[:length] if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _day(value: Any) -> str:
    return value if isinstance(value, str) and DAY.fullmatch(value) else ""


def _current(value: Any, what: str) -> dict[str, Any]:
    """The one without an end; an ended company's last."""
    listed = _parts(value, what)
    return next((one for one in listed if not one.get("endDate")), listed[0] if listed else {})


def _name(value: Any) -> str:
    listed = _parts(value, "names")
    main = [one for one in listed if _text(one.get("type")) == CURRENT_NAME] or listed
    found = _text(_current(main, "names").get("name"), 200)
    if not found:
        raise SourceChanged("shape", what="names")
    return found


def _descriptions(part: dict[str, Any], what: str) -> Translated:
    found = {}
    for one in _parts(part.get("descriptions"), f"{what}.descriptions"):
        language = LANGUAGES.get(_text(one.get("languageCode")))
        if language and _text(one.get("description"), 200):
            found[language] = _text(one.get("description"), 200)
    return Translated(found)


def _domicile(value: Any) -> Translated:
    """Where the company is: the town of its visiting address, else of its postal one."""
    listed = _parts(value, "addresses")
    for kind in (VISITING, POSTAL):
        for one in listed:
            if one.get("type") == kind:
                return _towns(one)
    return _towns(listed[0]) if listed else Translated()


def _towns(address: dict[str, Any]) -> Translated:
    found = {}
    for one in _parts(address.get("postOffices"), "addresses.postOffices"):
        language = LANGUAGES.get(_text(one.get("languageCode")))
        if language and _text(one.get("city")):
            found[language] = _text(one.get("city")).title()
    return Translated(found)


def _state(whole: dict[str, Any]) -> str:
    """The register's own `status` tells of the ID, not of the company: the trade register's state and the end do."""
    if whole.get("endDate"):
        return "ceased"
    return {"1": "active", "4": "ceased"}.get(_text(whole.get("tradeRegisterStatus")), "other")
