"""The mails of the product: for each template what its text needs. Each exists in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Template:
    """What a template's text needs from whoever queues it.

    `holds_secret`: its text is erased once it is sent or refused, because it carries a key that is stored nowhere else.
    `is_to_outsider`: it goes to somebody who has no account, whose address is itself confidential.
    """

    needs: tuple[str, ...]
    holds_secret: bool = False
    is_to_outsider: bool = False


#: beside these every text has `service` (the portal's name) and `promise_days`
TEMPLATES: Mapping[str, Template] = {
    "enquiry_received": Template(("reference", "due_at", "contact"), is_to_outsider=True),
    "enquiry_arrived": Template(("reference", "due_at", "link")),
    "enquiry_shared": Template(("reference", "due_at", "is_answered", "link")),
    "enquiry_assigned": Template(("reference", "due_at", "is_answered", "link")),
    "site_submitted": Template(("code", "name", "municipality", "link")),
    "site_returned": Template(("code", "name", "comment", "link")),
    "site_published": Template(("code", "name", "link")),
    "source_failing": Template(("title", "municipality", "reason", "last_good_at", "link")),
    "source_changed": Template(("title", "municipality", "reason", "last_good_at", "link")),
    "file_infected": Template(("code", "name", "link")),
    "invitation": Template(("organisation", "link", "expires_at"), holds_secret=True, is_to_outsider=True),
    "import_ended": Template(("file", "state", "new", "changed", "error", "link")),
    "import_submitted": Template(("count", "municipality", "link")),
    "round_opened": Template(("title", "municipality", "closes_on", "steward", "until", "link")),
    "round_reminder": Template(("title", "municipality", "closes_on", "lacking", "steward", "until", "link")),
    "round_missing": Template(("title", "municipality", "closes_on", "lacking", "steward", "link")),
    "round_closed": Template(("title", "missing", "link")),
    "round_returned": Template(("title", "municipality", "comment", "link")),
    "sector_review": Template(("name", "link")),
    "sector_returned": Template(("name", "comment", "link")),
    "alert_confirm": Template(("search", "link", "expires_at"), holds_secret=True, is_to_outsider=True),
    "alert_news": Template(
        ("search", "count", "records", "link", "settings_link", "stop_link"),
        holds_secret=True,
        is_to_outsider=True,
    ),
    "webhook_stopped": Template(("title", "host", "is_gone", "link")),
    "followed_stopped": Template(("title", "host", "is_gone", "link")),
    "channel_broken": Template(("title", "url", "reason", "lines", "link")),
    "channel_mended": Template(("title", "url", "link")),
    "coach": Template(("municipality", "gaps", "count", "steward", "settings_link")),
}
