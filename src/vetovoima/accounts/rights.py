"""Every right of the product, in one place.

Read it as sentences: "a business officer of a municipality may EDIT a SITE that is their OWN". What is not written
here is denied. The permission matrix test is generated from this table, and so are the answers of every door.

Reach: NONE nothing · SHARED what somebody shared with them (by sharing level) · OWN what belongs to their own
organisation or municipality, and what was shared · ALL everything of the kind, save what is sealed to others.

Source of the division: the strategy, section 7 (the council coordinates and runs the portal, the municipalities
keep and package their own offer) and 6.2 (roles and rules agreed together).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from .enums import Role


class Reach(IntEnum):
    """How far a right goes; a higher one includes the lower."""

    NONE = 0
    SHARED = 1
    OWN = 2
    ALL = 3


class Kind(StrEnum):
    """What a right is about."""

    DESK = "desk"
    SITE = "site"
    PACKAGE = "package"
    ENQUIRY = "enquiry"
    INVESTMENT = "investment"
    COLLECTION = "collection"
    FACTS = "facts"
    MODEL = "model"
    PROFILE = "profile"
    CONTACT = "contact"
    PEOPLE = "people"
    KEYS = "keys"
    MAIL = "mail"
    PAGES = "pages"
    # addresses that are told of what becomes public
    WEBHOOK = "webhook"
    # pages on other websites that show the offer, and the proof that they do
    CHANNEL = "channel"
    # the offer on other websites: building embeds, and whose pages may frame them
    EMBED = "embed"
    # agencies, platforms, networks and fairs that show the region's offer too
    PARTNER = "partner"
    # what was given to them: SHARE is noting that it left the house, and what came back
    DELIVERY = "delivery"
    # other regions' offers that are shown on the joint map
    NEIGHBOUR = "neighbour"
    # how the portal does: counts of visits, the nightly self-audit
    PORTAL = "portal"


class Action(StrEnum):
    """What somebody wants to do."""

    VIEW = "view"
    CREATE = "create"
    EDIT = "edit"
    SUBMIT = "submit"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    SCREEN = "screen"
    ASSIGN = "assign"
    SHARE = "share"
    ANSWER = "answer"
    INVITE = "invite"


ALL, OWN, SHARED = Reach.ALL, Reach.OWN, Reach.SHARED
Rights = Mapping[Kind, Mapping[Action, Reach]]

#: what everybody who signs in may do: see their desk, the operating model and the open investment register
_EVERYBODY: Rights = {
    Kind.DESK: {Action.VIEW: ALL},
    Kind.MODEL: {Action.VIEW: ALL},
    Kind.INVESTMENT: {Action.VIEW: ALL},
}

RIGHTS: Mapping[Role, Rights] = {
    # Runs the service. Sees no investor's matter: technical work does not need it.
    Role.ADMIN: {
        **_EVERYBODY,
        # EDIT: ending roles and closing accounts
        Kind.PEOPLE: {Action.VIEW: ALL, Action.INVITE: ALL, Action.EDIT: ALL},
        # everybody's API keys; one's own are everybody's own business
        Kind.KEYS: {Action.VIEW: ALL, Action.EDIT: ALL},
        # EDIT: having a refused mail sent again
        Kind.MAIL: {Action.VIEW: ALL, Action.EDIT: ALL},
        Kind.PAGES: {Action.EDIT: ALL},
        Kind.WEBHOOK: {Action.VIEW: ALL, Action.CREATE: ALL, Action.EDIT: ALL},
        Kind.CHANNEL: {Action.VIEW: ALL, Action.CREATE: ALL, Action.EDIT: ALL},
        Kind.EMBED: {Action.VIEW: ALL, Action.EDIT: ALL},
        Kind.NEIGHBOUR: {Action.VIEW: ALL},
        Kind.PORTAL: {Action.VIEW: ALL},
    },
    # The council, "the coordinator with hands in the clay" (7.1): everything but what is sealed to named persons.
    Role.COORDINATOR: {
        **_EVERYBODY,
        Kind.SITE: {
            Action.VIEW: ALL,
            Action.CREATE: ALL,
            Action.EDIT: ALL,
            Action.SUBMIT: ALL,
            Action.PUBLISH: ALL,
            Action.WITHDRAW: ALL,
        },
        Kind.PACKAGE: {Action.VIEW: ALL, Action.CREATE: ALL, Action.EDIT: ALL},
        Kind.ENQUIRY: {
            Action.VIEW: ALL,
            Action.SCREEN: ALL,
            Action.ASSIGN: ALL,
            Action.SHARE: ALL,
            Action.ANSWER: ALL,
        },
        Kind.COLLECTION: {Action.VIEW: ALL, Action.CREATE: ALL, Action.EDIT: ALL, Action.ANSWER: ALL},
        Kind.FACTS: {Action.VIEW: ALL, Action.CREATE: ALL, Action.EDIT: ALL},
        # each municipality's emphasis, self-assessment and plan; PUBLISH marks an emphasis as approved by its body
        Kind.PROFILE: {Action.VIEW: ALL, Action.EDIT: ALL, Action.PUBLISH: ALL},
        # a municipality's company contacts are its own: the council sees the summaries that are shared, no more
        Kind.CONTACT: {Action.VIEW: SHARED},
        # EDIT of its OWN: those who have no role but that of a municipality's officer, whom the council looks after
        Kind.PEOPLE: {Action.VIEW: ALL, Action.EDIT: OWN},
        Kind.KEYS: {Action.VIEW: ALL, Action.EDIT: ALL},
        # others write and submit, the council publishes
        Kind.PAGES: {Action.EDIT: ALL, Action.PUBLISH: ALL},
        Kind.WEBHOOK: {Action.VIEW: ALL, Action.CREATE: ALL, Action.EDIT: ALL},
        Kind.CHANNEL: {Action.VIEW: ALL, Action.CREATE: ALL, Action.EDIT: ALL},
        Kind.EMBED: {Action.VIEW: ALL, Action.EDIT: ALL},
        # the contact point to the national partners (7.1)
        Kind.PARTNER: {Action.VIEW: ALL, Action.CREATE: ALL, Action.EDIT: ALL},
        Kind.DELIVERY: {Action.VIEW: ALL, Action.CREATE: ALL, Action.EDIT: ALL, Action.SHARE: ALL},
        # which neighbours' records stand on the joint map is the council's decision
        Kind.NEIGHBOUR: {Action.VIEW: ALL, Action.CREATE: ALL, Action.EDIT: ALL},
        Kind.PORTAL: {Action.VIEW: ALL},
    },
    # A municipality (7.2): its own offer, and the enquiries that the council shares with it.
    Role.MUNICIPALITY_OFFICER: {
        **_EVERYBODY,
        Kind.SITE: {
            Action.VIEW: OWN,
            Action.CREATE: OWN,
            Action.EDIT: OWN,
            Action.SUBMIT: OWN,
            Action.WITHDRAW: OWN,
        },
        # its offer packages (7.2, "own offer packaged"): seen by it and by the council alone
        Kind.PACKAGE: {Action.VIEW: OWN, Action.CREATE: OWN, Action.EDIT: OWN},
        # CREATE: its own imports and sources of data; ANSWER: its part of a round
        Kind.COLLECTION: {Action.VIEW: OWN, Action.CREATE: OWN, Action.ANSWER: OWN},
        Kind.FACTS: {Action.VIEW: ALL, Action.CREATE: OWN, Action.EDIT: OWN},
        Kind.PROFILE: {Action.VIEW: OWN, Action.EDIT: OWN, Action.PUBLISH: OWN},
        Kind.CONTACT: {Action.VIEW: OWN, Action.CREATE: OWN, Action.EDIT: OWN, Action.SHARE: OWN},
        Kind.ENQUIRY: {Action.VIEW: SHARED},
        # its own pages and systems that are told of its offer
        Kind.WEBHOOK: {Action.VIEW: OWN, Action.CREATE: OWN, Action.EDIT: OWN},
        Kind.CHANNEL: {Action.VIEW: OWN, Action.CREATE: OWN, Action.EDIT: OWN},
        # its own offer on its own website
        Kind.EMBED: {Action.VIEW: OWN, Action.EDIT: OWN},
        # it prepares what is given of its own records; the council gives it, and both see what came of it
        Kind.PARTNER: {Action.VIEW: ALL},
        Kind.DELIVERY: {Action.VIEW: OWN, Action.CREATE: OWN, Action.EDIT: OWN},
    },
    # The regional board follows the whole; no single investor's matter.
    Role.BOARD_MEMBER: {**_EVERYBODY},
    Role.AUDITOR: {**_EVERYBODY, Kind.PEOPLE: {Action.VIEW: ALL}, Kind.KEYS: {Action.VIEW: ALL}},
    # Partners (7.3–7.9): the model, the register, and what is shared with them by name.
    Role.CLUSTER_LEAD: {**_EVERYBODY, Kind.ENQUIRY: {Action.VIEW: SHARED}},
    Role.RDI_PARTNER: {**_EVERYBODY, Kind.ENQUIRY: {Action.VIEW: SHARED}},
    Role.NATIONAL_PARTNER: {**_EVERYBODY, Kind.ENQUIRY: {Action.VIEW: SHARED}},
    Role.FUNDER: {**_EVERYBODY},
    Role.COMPANY: {**_EVERYBODY},
    Role.CAPITAL_INVESTOR: {**_EVERYBODY},
}


def reach_of_role(role: str, kind: Kind, action: Action) -> Reach:
    """This will look a right up; what is not in the table is NONE."""
    rights = RIGHTS.get(Role(role), {})
    return rights.get(kind, {}).get(action, Reach.NONE)
