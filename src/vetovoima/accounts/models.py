"""People, organisations, memberships and invitations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from vetovoima.common.fields import TranslatedField

from .enums import OrganisationKind, Role


class PeopleManager(UserManager["User"]):
    """Makes users who sign in by e-mail."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:  # type: ignore[override]
        """This will make one person; the e-mail is kept in lower case, because people type it as they like."""
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:  # type: ignore[override]
        """This will make one person with every technical right."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractUser):
    """A person who signs in. Changed by the person, by an invitation and by the administrator.

    The e-mail is set when the account is made and by nobody afterwards: roles are given to addresses.
    """

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True)
    display_name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=5, default="fi")
    #: how often every session of the person was ended at once; part of what a session is checked against
    sessions_ended = models.PositiveIntegerField(default=0)

    #: set on a person who acts by an API key: the rights that the key lets through, and the key's name; never stored
    narrowed_to: frozenset[tuple[str, str]] | None = None
    by_key: str = ""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta:
        ordering = ("email", "pk")

    def __str__(self) -> str:
        return self.display_name or self.email

    def get_session_auth_hash(self) -> str:
        """This will return what a session must hold to be believed: it changes with the password and when sessions are ended."""
        return self._of_these_sessions(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """This will return the same for secrets of the service that are being replaced."""
        yield from map(self._of_these_sessions, super().get_session_auth_fallback_hash())

    def _of_these_sessions(self, of_password: str) -> str:
        if not self.sessions_ended:
            return of_password
        salt = "vetovoima.accounts.sessions"
        return salted_hmac(salt, f"{of_password}:{self.sessions_ended}", algorithm="sha256").hexdigest()


def display_name(user: User) -> str:
    """This will name a person for others; allauth asks it."""
    return str(user)


class Organisation(models.Model):
    """An actor of the operating model. Loaded with the region's data pack."""

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    name = TranslatedField()
    municipality = models.ForeignKey(
        "reference.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = TranslatedField()
    website = models.URLField(blank=True)
    source = models.JSONField(default=dict, blank=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return str(self.name)


class Membership(models.Model):
    """One person's role in one organisation. Changed by invitation and by the administrator."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=30, choices=Role.choices)

    class Meta:
        ordering = ("user", "organisation", "role", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("user", "organisation", "role"), name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class Invitation(models.Model):
    """A letter that lets one person in once. The secret itself is never stored, only its hash."""

    email = models.EmailField()
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=30, choices=Role.choices)
    language = models.CharField(max_length=5, default="fi")
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-invited_at", "-pk")

    def __str__(self) -> str:
        return f"{self.email}: {self.role}"


class ApiKey(models.Model):
    """A machine's way in, for one person in one organisation. The secret itself is never stored, only its hash.

    Made and revoked by `create_key` and `revoke_key`; the day of its last use is noted by `person_with_key`.
    """

    prefix = models.CharField(max_length=8, unique=True)
    secret_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=80)
    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="api_keys")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="api_keys"
    )
    #: names of `scopes.SCOPES`
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.name} (vv_{self.prefix}…)"


class KeptAnswer(models.Model):
    """What a key's POST with an Idempotency-Key was answered, so that sending it again has no second effect.

    Written by `answer_once` in the transaction of the change itself; removed after a day.
    """

    key = models.ForeignKey("accounts.ApiKey", on_delete=models.CASCADE, related_name="+")
    #: SHA-256 of the sender's Idempotency-Key, and of the request that it stood for
    name_hash = models.CharField(max_length=64)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ("kept_at", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("key", "name_hash"), name="kept_answer_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=("kept_at",), name="kept_answer_age")]

    def __str__(self) -> str:
        return f"{self.key.prefix} {self.name_hash[:8]}"
