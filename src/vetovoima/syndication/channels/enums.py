"""Ways of showing the offer, the states of a page that does, and what was found there."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Way(TextChoices):
    """How a page shows the offer."""

    COMPONENT = "component", _("Web component (a script and a tag)")
    FRAME = "frame", _("Frame")
    FRAGMENT = "fragment", _("Fragment fetched by the page's own server")
    BUNDLE = "bundle", _("Files of the nightly bundle")
    FEED = "feed", _("Own programme that reads a feed or the API")


#: ways whose version only the embed itself can tell: what they show is fetched when somebody opens the page
LIVE = frozenset({Way.COMPONENT, Way.FRAME})
#: how long a page of each way may show what was published before: caches between us, nightly jobs of the municipality's
GRACE: dict[str, timedelta] = {
    Way.COMPONENT: timedelta(hours=1),
    Way.FRAME: timedelta(hours=1),
    Way.FRAGMENT: timedelta(hours=24),
    Way.BUNDLE: timedelta(hours=48),
    Way.FEED: timedelta(hours=24),
}


class PageState(TextChoices):
    """How a page stands, for the board."""

    GREEN = "green", pgettext_lazy("page that shows the offer", "Up to date")
    LATE = "late", pgettext_lazy("page that shows the offer", "Late")
    BROKEN = "broken", pgettext_lazy("page that shows the offer", "Broken")
    UNKNOWN = "unknown", pgettext_lazy("page that shows the offer", "Not known yet")


class Seen(TextChoices):
    """What a visit found: a class with a sentence that says what to mend; never a word of the page itself."""

    EMBED = "embed", _("The embed is on the page.")
    GONE = "gone", _("The embed is no longer on the page. Paste the lines below into it again.")
    NO_SCRIPT = (
        "no_script",
        _("The tag is on the page, but not the script beside it. Paste both lines again."),
    )
    NO_MARK = (
        "no_mark",
        _(
            "The offer's list is not on the page, or its mark data-vetovoima-version was taken out. Put the fragment in"
            " unchanged."
        ),
    )
    OTHER_ADDRESS = (
        "other_address",
        _("The embed on the page reads from another address than ours. Paste the lines below instead."),
    )
    OTHER_CONTENT = (
        "other_content",
        _(
            "The embed on the page belongs to another municipality or another registered page. Paste the lines below instead."
        ),
    )
    NOT_FOUND = (
        "not_found",
        _("There is nothing at this address (404). Publish the page again, or change the address."),
    )
    CLOSED = (
        "closed",
        _("The server does not let us read the page. It must be open to everybody without signing in."),
    )
    ERROR = "error", _("The server answered with an error. Ask whoever looks after the site.")
    BUSY = "busy", _("The server asked us to come back later.")
    UNREACHABLE = "unreachable", _("The server could not be reached. Ask whoever looks after the site.")
    UNKNOWN_NAME = "unknown_name", _("There is no server with this name. Check the address.")
    CERTIFICATE = "certificate", _("The server's certificate is not valid. Ask whoever looks after the site.")
    TOO_LONG = (
        "too_long",
        _("The server did not finish its answer in time. Ask whoever looks after the site."),
    )
    CUT = "cut", _("The server ended its answer in the middle. Ask whoever looks after the site.")
    TOO_LARGE = (
        "too_large",
        _("The page is larger than 3 MB, or too tangled to be read. Register a smaller page."),
    )
    COMPRESSED = (
        "compressed",
        _("The server compressed its answer although it was asked not to. Ask whoever looks after the site."),
    )
    NOT_A_PAGE = "not_a_page", _("At this address is a file, not a page. Change the address.")
    NOT_ALLOWED = (
        "not_allowed",
        _("The address, or one that it forwards to, is not a public https address. Change the address."),
    )
    LOOP = "loop", _("The page forwards from one address to the next without end. Change the address.")
    OURS = "ours", _("Something broke on our side; the page is visited again.")


class Finding(TextChoices):
    """Why a page stands as it does, where the visit's own sentence does not say it."""

    CURRENT = "current", _("It shows what is published now.")
    WHEN_OPENED = (
        "when_opened",
        _("The embed is on the page. When somebody last opened it, it showed what was published then."),
    )
    SOON = (
        "soon",
        _("It shows what was published shortly before; the newest version is expected within its time."),
    )
    OLD = (
        "old",
        _(
            "It shows an older version for longer than it should. Empty the site's caches, or look why its server does not"
            " fetch the new one."
        ),
    )
    UNOPENED = (
        "unopened",
        _(
            "The embed is on the page, but nobody has opened it yet, so its version is not known. Open the page once."
        ),
    )
    STRANGE = (
        "strange",
        _(
            "It shows a selection that does not fit what is registered. Compare the embed's filters with those of this page."
        ),
    )
    UNSEEN = "unseen", _("It has not been visited yet.")
    ORIGIN = (
        "origin",
        _(
            "Its site is not among the allowed ones, so browsers refuse the frame. Allow the site's address for embeds."
        ),
    )
    VISIT = "visit", _("The visit found something to mend.")


class By(TextChoices):
    """Who saw what a page shows."""

    VISIT = "visit", pgettext_lazy("seen by", "a visit")
    REPORT = "report", pgettext_lazy("seen by", "the embed's own report")


#: findings of a visit after which nothing is held against the page
HARMLESS = frozenset({Seen.EMBED, Seen.OURS})
#: findings of a visit that say that nothing was learnt: the last judgement stands
SILENT = frozenset({Seen.OURS})
