"""Kinds and states of partner channels and deliveries."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChannelKind(TextChoices):
    """What a channel is (strategy 7.9 and 7.10)."""

    AGENCY = "agency", _("National agency")
    PLATFORM = "platform", _("Service platform")
    NETWORK = "network", pgettext_lazy("partner channel", "Network")
    REGIONS = "regions", _("Partner regions")
    CHAMBER = "chamber", _("Chamber of commerce")
    FAIR = "fair", _("Fair or event")


class FeePeriod(TextChoices):
    """What a fee pays for."""

    ONCE = "once", pgettext_lazy("fee", "once")
    MONTH = "month", pgettext_lazy("fee", "a month")
    YEAR = "year", pgettext_lazy("fee", "a year")
    EVENT = "event", pgettext_lazy("fee", "each event")


class DeliveryState(TextChoices):
    """Where a delivery is on its way; the furthest that is known of it."""

    DRAFT = "draft", pgettext_lazy("delivery to a partner", "Draft")
    SENT = "sent", pgettext_lazy("delivery to a partner", "Sent")
    RECEIVED = "received", pgettext_lazy("delivery to a partner", "Received")
    SHOWN = "shown", pgettext_lazy("delivery to a partner", "Shown")
    ENDED = "ended", pgettext_lazy("delivery to a partner", "Outcome known")
    CANCELLED = "cancelled", pgettext_lazy("delivery to a partner", "Not sent")


#: the states of what has left the house, in their order
GIVEN = (DeliveryState.SENT, DeliveryState.RECEIVED, DeliveryState.SHOWN, DeliveryState.ENDED)


class Way(TextChoices):
    """How a delivery went."""

    MAIL = "mail", _("By e-mail")
    FORM = "form", _("Entered on their own pages or form")
    MEETING = "meeting", _("At a meeting or fair")
    API = "api", _("From program to program")


class Outcome(TextChoices):
    """What came of a delivery."""

    LEADS = "leads", _("Enquiries or leads came")
    PUBLISHED = "published", _("They published it")
    NOTHING = "nothing", _("Nothing came of it")
    OTHER = "other", _("Something else")


class FileForm(TextChoices):
    """The forms in which a delivery is made."""

    JSON = "json", _("Data (JSON)")
    WORKBOOK = "xlsx", _("Workbook")
    PDF = "pdf", "PDF"
    MAIL = "txt", _("Text of the mail")


class Due(TextChoices):
    """What has to be done about a channel or a delivery."""

    TELL = "tell", _("Tell them: a record was withdrawn")
    ANSWER = "answer", _("No receipt yet: ask them")
    OLD = "old", _("They show an old version: send the new one")
    TALK = "talk", _("Time to speak with them")
