"""A small world with one of everything that somebody may not see, and a person in every role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tests.factories.sites import with_answers
from vetovoima.accounts.enums import OrganisationKind, Role, Sharing
from vetovoima.accounts.models import Organisation, User
from vetovoima.accounts.rights import Kind, Reach
from vetovoima.accounts.services import add_member, invite
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.collection.models import Duty, Round, RoundTask, Stewardship
from vetovoima.common.fields import Translated
from vetovoima.cooperation.contacts import services as contacts
from vetovoima.cooperation.emphasis import services as emphases
from vetovoima.cooperation.models import CompanyContact
from vetovoima.cooperation.readiness import services as readiness
from vetovoima.pipeline.enums import EnquiryState
from vetovoima.pipeline.models import Enquiry
from vetovoima.reference.models import Municipality, Region
from vetovoima.syndication.channels import services as channels
from vetovoima.syndication.packages import services as packages
from vetovoima.syndication.partners import services as partners
from vetovoima.syndication.webhooks import services as webhooks

PASSWORD = "matrix-matrix-matrix"
#: each role sits in one organisation; municipality officers are those of the municipality `own`
SEATS = {
    Role.ADMIN: "council",
    Role.COORDINATOR: "council",
    Role.MUNICIPALITY_OFFICER: "own-town",
    Role.BOARD_MEMBER: "board",
    Role.AUDITOR: "board",
    Role.CLUSTER_LEAD: "cluster",
    Role.RDI_PARTNER: "school",
    Role.FUNDER: "fund",
    Role.COMPANY: "firm",
    Role.CAPITAL_INVESTOR: "capital",
    Role.NATIONAL_PARTNER: "agency",
}
KINDS = {
    "council": OrganisationKind.COUNCIL,
    "own-town": OrganisationKind.MUNICIPALITY,
    "other-town": OrganisationKind.MUNICIPALITY,
    "board": OrganisationKind.BOARD,
    "cluster": OrganisationKind.CLUSTER,
    "school": OrganisationKind.RDI,
    "fund": OrganisationKind.FUNDER,
    "firm": OrganisationKind.COMPANY,
    "capital": OrganisationKind.INVESTOR,
    "agency": OrganisationKind.NATIONAL,
}


@dataclass(frozen=True)
class Specimen:
    """One thing that an address may name, and how far a right must reach to see it."""

    kind: Kind
    key: str
    least: Reach
    #: shared with these organisations by name; those in the network see `network` ones
    shared_with: frozenset[str] = frozenset()
    in_network: bool = False
    screeners_only: bool = False
    sealed: bool = False

    def is_visible_to(self, role: str, reach: Reach) -> bool:
        """Whether a role of that reach should see it: written from the words of the sharing levels, not the code."""
        if self.sealed or (self.screeners_only and reach < Reach.ALL):
            return False
        if reach == Reach.ALL:
            return True
        if reach == Reach.SHARED:
            return self.in_network or SEATS[Role(role)] in self.shared_with
        return reach == Reach.OWN and self.least == Reach.OWN


@dataclass
class World:
    """What was made, by role and by key."""

    people: dict[str, User] = field(default_factory=dict)
    specimens: list[Specimen] = field(default_factory=list)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    enquiries: dict[str, Enquiry] = field(default_factory=dict)
    #: towns by name, for what collecting keeps of each: its answers are seen by it and by the council
    towns: dict[str, Municipality] = field(default_factory=dict)
    #: codes of offer packages by town
    packages: dict[str, str] = field(default_factory=dict)
    #: contacts with companies, by the town whose log they stand in
    contacts: dict[str, CompanyContact] = field(default_factory=dict)
    #: keys of webhooks by town
    webhooks: dict[str, str] = field(default_factory=dict)
    #: keys of registered pages by town
    channels: dict[str, str] = field(default_factory=dict)
    #: codes of deliveries to a partner channel by town
    deliveries: dict[str, str] = field(default_factory=dict)
    secret: str = ""
    #: code of a site → the name of a document of it that is not public
    files: dict[str, str] = field(default_factory=dict)

    def keys(self, kind: Kind) -> list[Specimen]:
        """The specimens of a kind."""
        return [one for one in self.specimens if one.kind == kind]


def build_world(token: Any = lambda name: f"plain {name}") -> World:
    """This will make the world; `token(name)` gives the text of each confidential field, for the canary."""
    now = timezone.now()
    world = World()
    Region.objects.create(
        code="saari", code_prefix="SAA", name={"en": "Saari"}, site_name={"en": "Invest in Saari"}, latitude=64,
        longitude=28, plausible_bounds=[19, 59, 32, 71], map_bounds=[26, 63, 30, 66], council_slug="council",
    )  # fmt: skip
    towns = {
        name: Municipality.objects.create(
            slug=name, lau_code=code, site_code=code, name={"en": name}, latitude=64.1, longitude=28.1
        )
        for name, code in (("own", "901"), ("other", "902"))
    }
    for slug, kind in KINDS.items():
        town = towns.get(slug.removesuffix("-town"))
        world.organisations[slug] = Organisation.objects.create(
            slug=slug, kind=kind, name={"en": slug}, municipality=town
        )
    for role, slug in SEATS.items():
        world.people[role] = add_member(
            email=f"{role}@matrix.example", display_name=f"Person {role}", language="en",
            organisation=world.organisations[slug], role=role, password=PASSWORD,
        )  # fmt: skip
    _sites(world, towns, token, now)
    _opportunity(world, towns, token, now)
    _packages(world, towns, token, now)
    _deliveries(world, towns, token, now)
    _enquiries(world, token, now)
    _rounds(world, towns, token, now)
    _profiles(towns, token, now)
    _contacts(world, towns, token, now)
    _webhooks(world, towns, token, now)
    _channels(world, towns, token, now)
    _invitation, world.secret = invite(
        email="somebody@matrix.example", organisation=world.organisations["firm"], role=Role.COMPANY, language="en",
        by=None, now=now,
    )  # fmt: skip
    return world


#: texts of a public record that are changed and not published
EDITED_TEXTS = ("name", "summary", "description")


def _sites(world: World, towns: dict[str, Municipality], token: Any, now: datetime) -> None:
    for town, least in (("own", Reach.OWN), ("other", Reach.ALL)):
        for state in ("draft", "submitted", "published"):
            name = f"{town}-{state}"
            site = catalogue.create_site(
                municipality=towns[town],
                kind="plot",
                values=with_answers(
                    "plot",
                    {
                        "name": Translated(en=f"Plot {name}"),
                        "owner_kind": "private",
                        "owner_name": token(f"site:{name}:owner_name of a person"),
                    },
                ),
                by=None,
                now=now,
            )
            _file(site, token, f"site:{name}:owner's", now, sharing=Sharing.OWNER)
            if state == "published":
                site = catalogue.publish_site(site=site, by=None, now=now)
            values = {
                "internal_note": token(f"site:{name}:internal_note"),
                "owner_name": token(f"site:{name}:unpublished owner_name"),
            }
            if state == "published":
                # What is public says something else now: no other record, page or letter may take it from the draft.
                values |= {
                    part: Translated(en=token(f"site:{name}:unpublished {part}")) for part in EDITED_TEXTS
                }
            site = catalogue.edit_site(site=site, values=values, by=None, now=now, revision=None)
            world.files[site.code] = _file(site, token, f"site:{name}:unpublished", now)
            if state == "submitted":
                site = catalogue.submit_site(site=site, by=None, now=now)
            world.sites[name] = site
            world.specimens.append(Specimen(Kind.SITE, site.code, least))


def _opportunity(world: World, towns: dict[str, Municipality], token: Any, now: datetime) -> None:
    """A public opportunity of one town that leans on the public record of the other, whose name is being changed."""
    leaning = [world.sites["other-published"], world.sites["own-published"]]
    values = {"name": Translated(en="Opportunity own"), "related_sites": leaning}
    site = catalogue.create_site(
        municipality=towns["own"],
        kind="opportunity",
        values=with_answers("opportunity", values),
        by=None,
        now=now,
    )
    site = catalogue.publish_site(site=site, by=None, now=now)
    note = {"internal_note": token("site:own-opportunity:internal_note")}
    world.sites["own-opportunity"] = catalogue.edit_site(
        site=site, values=note, by=None, now=now, revision=None
    )
    world.files[site.code] = _file(site, token, "site:own-opportunity:unpublished", now)
    world.specimens.append(Specimen(Kind.SITE, site.code, Reach.OWN))


def _file(site: Site, token: Any, name: str, now: datetime, sharing: str = Sharing.PUBLIC) -> str:
    """A document that is public by its level but not published yet, or its owner's alone; every word of it confidential."""
    said = {
        "kind": "ground", "sharing": sharing, "licence": token(f"{name} file licence"),
        "title": {"en": token(f"{name} file title")}, "description": {"en": token(f"{name} file description")},
        "author": token(f"{name} file author"),
    }  # fmt: skip
    content = b"%PDF-1.4\n" + token(f"{name} file content").encode() + b"\n%%EOF"
    return catalogue.add_file(
        site=site, content=content, filename=f"{token(f'{name} file called')}.pdf", group="", values=said, by=None,
        now=now,
    ).name  # fmt: skip


def _packages(world: World, towns: dict[str, Municipality], token: Any, now: datetime) -> None:
    """A package of each town's offer: every text of it is seen by the town and the council alone."""
    for town, least in (("own", Reach.OWN), ("other", Reach.ALL)):
        said = {
            name: Translated(en=token(f"package:{town}:{name}")) for name in ("title", "argument", "visit")
        }
        package = packages.create_package(
            municipality=towns[town],
            values={
                **said,
                "visit_host": token(f"package:{town}:visit_host"),
                "sites": [world.sites[f"{town}-published"].code],
            },
            by=None,
            now=now,
        )
        world.packages[town] = package.code
        world.specimens.append(Specimen(Kind.PACKAGE, package.code, least))


def _deliveries(world: World, towns: dict[str, Municipality], token: Any, now: datetime) -> None:
    """A channel of the register, and a delivery of each town to it: drafts are seen by the town and the council alone."""
    values = {"name": Translated(en="Agency"), "kind": "agency", "note": token("partner:agency:note")}
    channel = partners.create_partner(values=values, by=None, now=now)
    world.specimens.append(Specimen(Kind.PARTNER, channel.key, Reach.ALL))
    for town, least in (("own", Reach.OWN), ("other", Reach.ALL)):
        said = {name: token(f"delivery:{town}:{name}") for name in ("title", "message")}
        delivery = partners.prepare_delivery(
            channel=channel, municipality=towns[town], by=None, now=now,
            values={**said, "records": [world.sites[f"{town}-published"].code]},
        )  # fmt: skip
        world.deliveries[town] = delivery.code
        world.specimens.append(Specimen(Kind.DELIVERY, delivery.code, least))


def _webhooks(world: World, towns: dict[str, Municipality], token: Any, now: datetime) -> None:
    """A webhook of each town: its name and its address, which may hold a password, are the town's and the council's."""
    for town, least in (("own", Reach.OWN), ("other", Reach.ALL)):
        secret = token(f"webhook:{town}:address").replace(" ", "-")
        values = {
            "title": token(f"webhook:{town}:title")[:120], "url": f"https://{town}.example/?{secret}",
            "events": ["record.published"],
        }  # fmt: skip
        made, _secret = webhooks.create_webhook(municipality=towns[town], values=values, by=None, now=now)
        world.webhooks[town] = made.key
        world.specimens.append(Specimen(Kind.WEBHOOK, made.key, least))


def _channels(world: World, towns: dict[str, Municipality], token: Any, now: datetime) -> None:
    """A registered page of each town: how it stands and what was agreed is the town's and the council's."""
    for town, least in (("own", Reach.OWN), ("other", Reach.ALL)):
        contact = token(f"channel:{town}:contact").replace(" ", "-").replace(":", ".").lower()
        values = {
            "title": token(f"channel:{town}:title")[:120], "url": f"https://{town}.example/",
            "contact_email": f"{contact[:60]}@{town}.example", "keeper": token(f"channel:{town}:keeper"),
            "agreement": token(f"channel:{town}:agreement"),
        }  # fmt: skip
        made = channels.create_page(municipality=towns[town], values=values, by=None, now=now)
        world.channels[town] = made.key
        world.specimens.append(Specimen(Kind.CHANNEL, made.key, least))


#: how each enquiry is shared, and who should see it
SHAPES: dict[str, dict[str, Any]] = {
    "owner": {"sharing": Sharing.OWNER},
    "parties": {"sharing": Sharing.PARTIES, "with": ("own-town", "cluster"), "about": "other-published"},
    "network": {"sharing": Sharing.NETWORK, "about": "own-published"},
    "sealed": {"sharing": Sharing.SEALED},
    "held": {"sharing": Sharing.OWNER, "state": EnquiryState.HELD},
    "held-network": {"sharing": Sharing.NETWORK, "state": EnquiryState.HELD},
}
CONFIDENTIAL_TYPES = {"CharField", "TextField", "EmailField"}
#: fields of an enquiry that hold keys and states, not what somebody wrote
NOT_WRITTEN = {"reference", "state", "channel", "language", "segment", "timing", "submission_key", "content_digest",
               "sharing", "rejected_reason", "closing_reason"}  # fmt: skip


def _enquiries(world: World, token: Any, now: datetime) -> None:
    for number, (name, shape) in enumerate(SHAPES.items(), start=1):
        written = {
            column.name: token(f"enquiry:{name}:{column.name}")
            for column in Enquiry._meta.get_fields()
            if column.get_internal_type() in CONFIDENTIAL_TYPES and column.name not in NOT_WRITTEN
        }
        written["person_email"] = (
            f"{written['person_email'].replace(' ', '-').replace(':', '-')}@secret.example"
        )
        enquiry = Enquiry.objects.create(
            reference=f"SAA-2026-{number:04d}", state=shape.get("state", EnquiryState.NEW), received_at=now,
            site=world.sites.get(shape.get("about", "")), sharing=shape["sharing"], submission_key=f"key-{name}", content_digest=name, language="en",
            clock_started_at=now, first_answer_due_at=now + timedelta(days=2), **written,
        )  # fmt: skip
        enquiry.notes.create(kind="note", text=token(f"enquiry:{name}:note"), at=now)
        enquiry.parties.set(world.organisations[slug] for slug in shape.get("with", ()))
        world.enquiries[name] = enquiry
        world.specimens.append(
            Specimen(
                Kind.ENQUIRY,
                enquiry.reference,
                Reach.ALL,
                shared_with=frozenset(shape.get("with", ())),
                in_network=shape["sharing"] == Sharing.NETWORK,
                screeners_only=shape.get("state") == EnquiryState.HELD,
                sealed=shape["sharing"] == Sharing.SEALED,
            )
        )


def _rounds(world: World, towns: dict[str, Municipality], token: Any, now: datetime) -> None:
    """A round that both towns have answered, with a canary in every part of an answer; stewards, and a duty by hand."""
    Duty.objects.create(code="by-hand", title=Translated(en="Duty"), measure="hand")
    round = Round.objects.create(
        code="outlook-2026", kind="outlook", state="open", title=Translated(en="Outlook"), created_at=now, opened_at=now,
        opens_on=now.date() - timedelta(days=2), closes_on=now.date() + timedelta(days=9),
    )  # fmt: skip
    round.questions.create(code="q1", text=Translated(en="What changed?"))
    officer, coordinator = world.people[Role.MUNICIPALITY_OFFICER], world.people[Role.COORDINATOR]
    for town, least, state in (("own", Reach.OWN, "answered"), ("other", Reach.ALL, "returned")):
        said = {
            name: token(f"collection:{town}:{name}")
            for name in ("answer", "draft", "respondents", "comment", "note")
        }
        task = RoundTask.objects.create(
            round=round, municipality=towns[town], state=state, answered_at=now, answered_name=f"Person of {town}",
            answers={"q1": said["answer"]}, respondents=said["respondents"][:300], comment=said["comment"],
            draft={"answers": {"q1": said["draft"]}, "rows": [{"what": said["draft"]}]},
        )  # fmt: skip
        task.outlook.create(
            what=token(f"collection:{town}:what"),
            amount_eur=1_000_000,
            year=2027,
            certainty="likely",
            note=said["note"],
        )
        task.links.create(
            holder=token(f"collection:{town}:holder"),
            secret_hash=town,
            made_at=now,
            expires_at=now + timedelta(days=9),
        )
        world.towns[town] = towns[town]
        world.specimens.append(Specimen(Kind.COLLECTION, town, least))
    Stewardship.objects.create(municipality=towns["own"], steward=officer, deputy=coordinator, named_at=now)


def _profiles(towns: dict[str, Municipality], token: Any, now: datetime) -> None:
    """A draft of an emphasis with an interview, an assessment and a plan: each town's and the council's alone."""
    for town, municipality in towns.items():
        name = f"profile:{town}"
        draft = emphases.save_emphasis(
            municipality=municipality, vision=Translated(en=token(f"{name}:draft vision")), weights=[],
            valid_until=None, by=None, now=now,
        )  # fmt: skip
        said = {part: token(f"{name}:{part}") for part in ("asked_by", "asked", "summary")}
        values = {"kind": "interview", "held_on": now.date() - timedelta(days=3), "emphasis": draft, **said}
        emphases.add_gathering(municipality=municipality, values=values, by=None, now=now)
        answers = {"steward": {"level": 1, "evidence": token(f"{name}:evidence")}}
        readiness.save_assessment(municipality=municipality, year=now.year, answers=answers, by=None, now=now)
        action = {
            "item": "steward", "action": token(f"{name}:action"), "responsible": token(f"{name}:responsible"),
            "due_on": now.date() + timedelta(days=30),
        }  # fmt: skip
        readiness.add_action(municipality=municipality, values=action, by=None, now=now)


#: what a contact says, every word of it the municipality's own
CONTACT_TEXTS = ("company_name", "our_people", "subject", "notes", "outcome")


def _contacts(world: World, towns: dict[str, Municipality], token: Any, now: datetime) -> None:
    """A contact with a company in each town's log: a canary in every field but the summary, which is shared."""
    for town, least in (("own", Reach.OWN), ("other", Reach.ALL)):
        said = {name: token(f"contact:{town}:{name}") for name in CONTACT_TEXTS}
        days = {"happened_on": now.date() - timedelta(days=4), "follow_up_on": now.date() + timedelta(days=1)}
        contact = contacts.log_contact(
            municipality=towns[town], values={**said, **days, "kind": "visit"}, by=None, now=now
        )
        CompanyContact.objects.filter(pk=contact.pk).update(
            shared_summary=f"Shared by {town}",
            shared_on=now.date(),
            shared_by=token(f"contact:{town}:shared_by"),
        )
        world.contacts[town] = contact
        world.specimens.append(Specimen(Kind.CONTACT, contact.code, least))
