"""The canary: a unique token in every confidential field; everything read as everybody who may not; no token found."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from vetovoima.accounts.enums import Role
from vetovoima.accounts.rights import Action, Kind, reach_of_role
from vetovoima.activity.models import Fact, OutboxItem
from vetovoima.activity.outbox import work_through
from vetovoima.syndication.models import PublishedDocument, SearchEntry, SearchWord

from .addresses import addresses_for
from .conftest import Refusals
from .world import CONTACT_TEXTS, World, build_world

pytestmark = pytest.mark.django_db
WORDS = ("", "canary", "SAA-2026")


def token(name: str) -> str:
    """A word that stands nowhere else, made of the field's name."""
    return "canary" + hashlib.sha256(name.encode()).hexdigest()[:16]


class Canaries:
    """Remembers which token stands in which field of which thing."""

    def __init__(self) -> None:
        self.by_token: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        found = token(name)
        self.by_token[found] = name
        return found

    def forbidden_to(self, world: World, role: str | None) -> dict[str, str]:
        """The tokens that a role may not see, with the fields they stand in."""
        seen: set[str] = set()
        if role is not None:
            seen = {
                specimen.key
                for specimen in world.specimens
                if specimen.is_visible_to(role, reach_of_role(role, specimen.kind, Action.VIEW))
            }
        keys = {f"site:{name}": site.code for name, site in world.sites.items()}
        keys |= {f"enquiry:{name}": enquiry.reference for name, enquiry in world.enquiries.items()}
        keys |= {f"{what}:{town}": town for what in ("collection", "profile") for town in world.towns}
        keys |= {f"contact:{town}": contact.code for town, contact in world.contacts.items()}
        keys |= {f"package:{town}": code for town, code in world.packages.items()}
        keys |= {f"webhook:{town}": key for town, key in world.webhooks.items()}
        keys |= {f"channel:{town}": key for town, key in world.channels.items()}
        keys |= {f"delivery:{town}": code for town, code in world.deliveries.items()}
        # what the council notes of a channel, the municipalities that see the channel do not
        keys["partner:agency"] = "agency" if role == Role.COORDINATOR else "nobody's"
        return {
            word: where for word, where in self.by_token.items() if keys[where.rsplit(":", 1)[0]] not in seen
        }


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture
def world(canaries: Canaries) -> World:
    return build_world(canaries)


def _everything(world: World, role: str | None) -> Iterator[tuple[str, bytes]]:
    """Every address, and every address again with words to search for."""
    client = Client(raise_request_exception=True)
    if role:
        client.force_login(world.people[role])
    for address in addresses_for(world, role):
        for word in WORDS if address.specimen is None else ("",):
            query = (
                {"q": word, "text": word} if word and address.door.signed_in else {"q": word} if word else {}
            )
            response = client.get(address.path, query)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            yield f"{address.path}?{query}", content + json.dumps(dict(response.headers)).encode()
    for path in ("/sitemap.xml", "/robots.txt", "/en/", "/fi/", "/nothing-here/", "/desk/nothing-here/"):
        yield path, client.get(path).content


def _leaks(world: World, canaries: Canaries, role: str | None) -> list[str]:
    forbidden = canaries.forbidden_to(world, role)
    assert len(forbidden) > 5, "the canaries are not there"
    return [
        f"{field} leaks to {role} at {where}"
        for where, content in _everything(world, role)
        for word, field in forbidden.items()
        if word.encode() in content
    ]


def test_no_token_reaches_a_role_that_may_not_see_it(
    world: World, canaries: Canaries, refusals: Refusals, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="vetovoima")
    for role in (None, *Role.values):
        refusals.are_bare = role != Role.MUNICIPALITY_OFFICER
        assert _leaks(world, canaries, role) == []
    for word, field in canaries.by_token.items():
        assert word not in caplog.text, f"{field} leaks into the log"


def test_the_coordinator_sees_the_canaries_that_the_others_do_not(world: World, canaries: Canaries) -> None:
    """Proves that the crawl can find a token at all."""
    pages = b"".join(content for _where, content in _everything(world, Role.COORDINATOR))
    assert token("enquiry:owner:message").encode() in pages
    assert token("site:other-draft:internal_note").encode() in pages
    for part in ("title", "content", "called"):
        assert token(f"site:other-published:unpublished file {part}").encode() in pages
    assert token("collection:own:answer").encode() in pages
    assert token("collection:other:draft").encode() in pages
    for part in ("title", "argument", "visit", "visit_host"):
        assert token(f"package:other:{part}").encode() in pages
    assert token("partner:agency:note").encode() in pages
    for part in ("title", "message"):
        assert token(f"delivery:other:{part}").encode() in pages


def test_a_municipalitys_own_people_read_its_contacts_and_others_what_is_shared(
    world: World, canaries: Canaries
) -> None:
    own = b"".join(content for _where, content in _everything(world, Role.MUNICIPALITY_OFFICER))
    council = b"".join(content for _where, content in _everything(world, Role.COORDINATOR))
    for part in CONTACT_TEXTS:
        assert token(f"contact:own:{part}").encode() in own
    for part in ("draft vision", "summary", "evidence", "action"):
        assert token(f"profile:other:{part}").encode() in council
    assert b"Shared by other" in own
    assert b"Shared by own" in council


def test_no_token_stands_in_what_is_public_or_goes_out(world: World, canaries: Canaries) -> None:
    work_through("canary")
    documents = json.dumps(list(PublishedDocument.objects.values("card", "body")))
    documents += json.dumps(list(SearchEntry.objects.values_list("values", flat=True)))
    documents += " ".join(SearchWord.objects.values_list("word", flat=True))
    outbox = json.dumps(list(OutboxItem.objects.values("key", "payload", "last_error")))
    letters = "\n".join(f"{letter.to} {letter.subject} {letter.body}" for letter in mail.outbox)
    of_enquiries = json.dumps(list(Fact.objects.filter(kind="enquiry").values("changes", "data")))
    of_towns = json.dumps(
        list(Fact.objects.filter(type__startswith="cooperation.").values("changes", "data"))
    )
    told = {word for word, where in canaries.by_token.items() if where.startswith(("profile:", "contact:"))}
    assert len(told) > 10
    assert [canaries.by_token[word] for word in told if word in of_towns] == []
    files = (
        " ".join(str(path) for path in Path(settings.MEDIA_ROOT).rglob("*"))
        if Path(settings.MEDIA_ROOT).exists()
        else ""
    )
    for word, field in canaries.by_token.items():
        assert word not in documents, f"{field} is in a public document"
        assert word not in outbox, f"{field} is in the outbox"
        assert word not in letters, f"{field} is in a mail"
        assert word not in of_enquiries, f"{field} is in a fact"
        assert word not in files, f"{field} is in a file name"


def test_every_written_field_of_an_enquiry_carries_a_canary(world: World, canaries: Canaries) -> None:
    fields = {
        name.rsplit(":", 1)[1] for name in canaries.by_token.values() if name.startswith("enquiry:owner:")
    }
    assert {"person_name", "person_email", "person_phone", "company_name", "message", "note"} <= fields
    assert Kind.ENQUIRY in {specimen.kind for specimen in world.specimens}
