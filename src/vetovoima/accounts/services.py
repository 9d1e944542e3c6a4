"""Changes to people and their ways in: invitations, memberships, API keys."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from .adapters import note_proven_address
from .announcing import announce
from .enums import Role
from .models import ApiKey, Invitation, KeptAnswer, Membership, Organisation, User
from .rights import Action, Kind, Reach, reach_of_role
from .rules import can_revoke, grantable_scopes, may
from .scopes import pairs_of

INVITATION_DAYS = 14
#: what a key looks like: vv_, eight characters that name it in lists and logs, and the secret of 256 bits
TOKEN = re.compile(r"vv_([0-9a-f]{8})_([A-Za-z0-9_-]{43})")
LONGEST_KEY_DAYS = 730
#: how many keys a person may hold at a time: more are forgotten ones
MOST_KEYS = 20
ANSWERS_KEPT = timedelta(hours=24)
#: the group that the content editor knows; who is in it follows from the roles
EDITORS = "Content editors"
#: the group whose members publish pages and approve what editors submit; Wagtail's own workflow asks it
MODERATORS = "Moderators"


class InvitationNotValid(Exception):
    """The invitation was used, has expired, or never was."""


class SignInFirst(PermissionDenied):
    """The invited address has an account: only whoever has signed in to that very account accepts for it."""


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(
    *, email: str, organisation: Organisation, role: Role, language: str, by: User | None, now: datetime
) -> tuple[Invitation, str]:
    """This will make an invitation and return it with its secret, which is shown once and never stored.

    `by` None is the operator's command line. Raises PermissionDenied when `by` may not invite.
    """
    if by is not None and not may(by, Kind.PEOPLE, Action.INVITE):
        raise PermissionDenied
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        organisation=organisation,
        role=role,
        language=language,
        secret_hash=_hash(secret),
        invited_by=by,
        invited_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    return invitation, secret


def open_invitation(secret: str, now: datetime) -> Invitation:
    """This will find an invitation that can still be accepted; raises InvitationNotValid."""
    found = (
        Invitation.objects.select_related("organisation")
        .filter(secret_hash=_hash(secret), accepted_at=None, expires_at__gt=now)
        .first()
    )
    if found is None:
        raise InvitationNotValid
    return found


def is_account_of(user: User, email: str) -> bool:
    """Whether an address is that of an open account, however it is typed; a person acting by a key has none to give."""
    is_open = user.is_active and user.narrowed_to is None
    return is_open and user.email.strip().casefold() == email.strip().casefold()


@transaction.atomic
def accept_invitation(
    *, secret: str, display_name: str, password: str, now: datetime, by: User | None = None
) -> User:
    """This will let an invited person in: the account when there is none, and the membership.

    `by` is who has signed in, if anybody. The secret alone makes an account for an address that has none; it never
    gives a role to an account that is there: for that raises SignInFirst, unless `by` is that very account. Raises
    InvitationNotValid, and ValidationError for a password that is too weak.
    """
    invitation = open_invitation(secret, now)
    claimed = Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=now)
    if not claimed:
        raise InvitationNotValid
    user = User.objects.select_for_update().filter(email=invitation.email).first()
    if user is not None and (by is None or by.pk != user.pk or not is_account_of(user, invitation.email)):
        raise SignInFirst
    if user is None:
        validate_password(password, User(email=invitation.email, display_name=display_name))
        user = User.objects.create_user(
            invitation.email, password, display_name=display_name, language=invitation.language
        )
    note_proven_address(user)
    _join(user, invitation.organisation, invitation.role)
    return user


def _join(user: User, organisation: Organisation, role: str) -> None:
    """The membership, and the editors' group when the role may edit pages."""
    Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    set_editing(user)


def set_editing(user: User) -> None:
    """This will put a person into the groups of those who edit and who publish pages as their roles say, and take them
    out otherwise.

    The groups give the content editor its tools; who comes in at all is asked of the roles at each request.
    """
    roles = list(Membership.objects.filter(user=user).values_list("role", flat=True))
    for name, action in ((EDITORS, Action.EDIT), (MODERATORS, Action.PUBLISH)):
        group = Group.objects.get_or_create(name=name)[0]
        if any(reach_of_role(role, Kind.PAGES, action) > Reach.NONE for role in roles):
            user.groups.add(group)
        else:
            user.groups.remove(group)


@transaction.atomic
def add_member(
    *,
    email: str,
    display_name: str,
    language: str,
    organisation: Organisation,
    role: Role,
    password: str | None,
) -> User:
    """This will make or complete a person with a role, for the demonstration and the operator's command line.

    A password is set only when given.
    """
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, password, display_name=display_name, language=language)
    elif password is not None:
        user.set_password(password)
        user.save(update_fields=["password"])
    _join(user, organisation, role)
    return user


@transaction.atomic
def edit_profile(*, user: User, display_name: str, language: str) -> User:
    """This will change the name that others see of a person, and the language of their desk and mails."""
    user.display_name, user.language = display_name.strip(), language
    user.save(update_fields=["display_name", "language"])
    return user


class KeyNotValid(Exception):
    """The key never was, was revoked, has expired, or its owner is no member any more: all look the same from outside."""


@transaction.atomic
def create_key(
    *, owner: User, organisation: Organisation, name: str, scopes: Iterable[str], days: int, by: User | None, now: datetime
) -> tuple[ApiKey, str]:  # fmt: skip
    """This will make a key for a person in one of their organisations and return it with its text, which is shown once.

    `by` None is the operator's command line. Raises PermissionDenied for somebody else's key, and ValidationError by
    field: scopes beyond the person's own rights there, a duration that is not between one day and two years.
    """
    if by is not None and (by.pk != owner.pk or by.narrowed_to is not None):
        raise PermissionDenied
    wanted = sorted(set(scopes))
    _check_key(owner, organisation, name.strip(), wanted, days, now)
    secret, prefix = secrets.token_urlsafe(32), secrets.token_hex(4)
    key = ApiKey.objects.create(
        prefix=prefix, secret_hash=_hash(secret), name=name.strip(), owner=owner, organisation=organisation,
        scopes=wanted, created_at=now, expires_at=now + timedelta(days=days),
    )  # fmt: skip
    _announce_key(key, "created", by=by, now=now, scopes=wanted, expires_on=key.expires_at.date().isoformat())
    return key, f"vv_{prefix}_{secret}"


def _check_key(
    owner: User, organisation: Organisation, name: str, wanted: list[str], days: int, now: datetime
) -> None:
    errors: dict[str, list[ValidationError]] = {}
    grantable = {scope.name for scope in grantable_scopes(owner, organisation.pk)}
    if not 1 <= len(name) <= 80:
        errors["name"] = [ValidationError(_("Say in at most 80 characters what the key is for."))]
    if not wanted:
        errors["scopes"] = [ValidationError(_("Choose what the key may be used for."))]
    elif beyond := [one for one in wanted if one not in grantable]:
        sentence = _("Your role in this organisation does not hold the rights of: %(names)s.")
        errors["scopes"] = [ValidationError(sentence, params={"names": ", ".join(beyond)[:200]})]
    if not 1 <= days <= LONGEST_KEY_DAYS:
        sentence = _("A key is valid for 1 to %(days)s days.")
        errors["days"] = [ValidationError(sentence, params={"days": LONGEST_KEY_DAYS})]
    if owner.api_keys.filter(revoked_at=None, expires_at__gt=now).count() >= MOST_KEYS:
        errors["name"] = [ValidationError(_("You have 20 valid keys. Revoke one that is not used any more."))]
    if errors:
        raise ValidationError(errors)


def _announce_key(key: ApiKey, verb: str, *, by: User | None, now: datetime, **data: object) -> None:
    """One fact about a key: its name and scopes, never its text."""
    announce(
        f"accounts.key.{verb}", actor=by, kind="api_key", code=key.prefix, now=now,
        data={"name": key.name, "owner": str(key.owner), **data}, organisations=[key.organisation],
    )  # fmt: skip


@transaction.atomic
def revoke_key(*, key: ApiKey, by: User | None, now: datetime) -> ApiKey:
    """This will end a key at once and for good; one that has ended stays as it was. Raises PermissionDenied."""
    if by is not None and not can_revoke(by, key):
        raise PermissionDenied
    ended = ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now, revoked_by=by)
    key.refresh_from_db()
    if ended:
        _announce_key(key, "revoked", by=by, now=now)
    return key


def key_of(token: str, now: datetime) -> ApiKey:
    """This will find the valid key of a text and return it with its owner, narrowed to what the key lets through.

    The owner has only the roles they hold in the key's organisation, and of those rights only the scopes' ones. The
    day of use is noted, once a day. Raises KeyNotValid.
    """
    parts = TOKEN.fullmatch(token)
    if parts is None:
        raise KeyNotValid
    key = ApiKey.objects.select_related("owner", "organisation").filter(prefix=parts[1]).first()
    # The hash is compared even when there is no such key, so that the time tells nothing.
    is_right = hmac.compare_digest(_hash(parts[2]), key.secret_hash if key else _hash(""))
    if key is None or not is_right or key.revoked_at or key.expires_at <= now or not _narrow(key):
        raise KeyNotValid
    today = localdate(now)
    if key.last_used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)
    return key


def _narrow(key: ApiKey) -> bool:
    """Leave a key's owner what the key lets through; False when they are no member of its organisation any more."""
    owner = key.owner
    held = owner.memberships.filter(organisation=key.organisation).select_related(
        "organisation__municipality"
    )
    owner._memberships = list(held.order_by("pk")) if owner.is_active else []  # type: ignore[attr-defined]
    owner.narrowed_to = frozenset(pairs_of(key.scopes))
    owner.by_key = key.name
    return bool(owner._memberships)  # type: ignore[attr-defined]


class Answer(NamedTuple):
    """What a request was answered: a status, headers worth keeping, a text; and whether it was answered before."""

    status: int
    headers: dict[str, str]
    body: str
    is_repeat: bool = False


class OtherRequest(Exception):
    """The same Idempotency-Key came before with another request."""


class NotKept(Exception):
    """Carries an answer that undoes the work and is not kept: the sender mends the request and sends it again."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(answer.status)


def answer_once(
    *, key: ApiKey, name: str, request: bytes, work: Callable[[], Answer], now: datetime
) -> Answer:
    """This will do the work of a request once: sent again within a day, it gets the answer that was kept.

    Work and answer are one transaction: killed in between, neither is there. Of two at the same time the second waits
    for the first. An answer of 400 or more undoes the work and is not kept. Raises OtherRequest.
    """
    name_hash, request_hash = _hash(name), hashlib.sha256(request).hexdigest()
    KeptAnswer.objects.filter(kept_at__lt=now - ANSWERS_KEPT).delete()
    try:
        with transaction.atomic():
            row = KeptAnswer.objects.create(
                key=key, name_hash=name_hash, request_hash=request_hash, kept_at=now
            )
            answer = work()
            if answer.status >= 400:
                raise NotKept(answer)
            row.status, row.headers, row.body = answer.status, answer.headers, answer.body
            row.save(update_fields=["status", "headers", "body"])
            return answer
    except NotKept as undone:
        return undone.answer
    except IntegrityError:
        kept = KeptAnswer.objects.filter(key=key, name_hash=name_hash).first()
        if kept is None:  # the work itself hit a constraint: not ours to explain
            raise
        if kept.request_hash != request_hash:
            raise OtherRequest from None
        return Answer(kept.status, kept.headers, kept.body, is_repeat=True)
