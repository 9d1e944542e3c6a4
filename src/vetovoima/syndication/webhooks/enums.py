"""States of webhooks and their deliveries, and what an attempt came to."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WebhookState(TextChoices):
    """Whether anything is sent. Stopped is what we did, paused is what a person did: both end when a person resumes."""

    ACTIVE = "active", pgettext_lazy("webhook", "Active")
    PAUSED = "paused", pgettext_lazy("webhook", "Paused")
    STOPPED = "stopped", pgettext_lazy("webhook", "Stopped by the service")


class Content(TextChoices):
    """What a message says of a record."""

    LINKS = "links", _("Code, version and addresses")
    DOCUMENT = "document", _("The public document as well")


class DeliveryState(TextChoices):
    """Where a delivery is; given up ones stay until somebody replays them."""

    WAITING = "waiting", pgettext_lazy("delivery", "Waiting")
    DELIVERED = "delivered", pgettext_lazy("delivery", "Delivered")
    FAILED = "failed", pgettext_lazy("delivery", "Given up")


class Outcome(TextChoices):
    """What an attempt came to: a class, never anything that the receiver wrote."""

    DELIVERED = "delivered", _("Delivered")
    REFUSED = "refused", _("The receiver answered with an error")
    GONE = "gone", _("The receiver says that it is gone for good (410)")
    BUSY = "busy", _("The receiver asks us to come back later")
    MOVED = "moved", _("The receiver redirects to another address; redirects are not followed")
    TOO_LONG = "too_long", _("The receiver did not answer in time")
    CUT = "cut", _("The receiver ended the connection")
    UNREACHABLE = "unreachable", _("The receiver could not be reached")
    CERTIFICATE = "certificate", _("The receiver's certificate is not valid")
    UNKNOWN_NAME = "unknown_name", _("There is no server with this name")
    NOT_ALLOWED = "not_allowed", _("The address is not one that may be called")
    OURS = "ours", _("Something broke on our side; it is tried again")
    NO_SECRET = "no_secret", _("The signing secret cannot be read any more; make a new one")


class Reason(TextChoices):
    """Why a webhook is not active."""

    PERSON = "person", _("A person paused it.")
    FAILING = "failing", _("The receiver has failed for three days.")
    GONE = "gone", _("The receiver said that it is gone for good (410).")
