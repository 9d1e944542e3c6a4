"""A delivery as a mail that a person sends: the text to copy, and a draft that opens in a mail program.

Nothing is sent from here. The draft carries `X-Unsent`, by which mail programs open it for writing; its attachments are
the files that were packed, to the byte.
"""

from __future__ import annotations

from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.syndication.papers import written_day
from vetovoima.syndication.papers.sheets import contact_lines

from .enums import FileForm
from .models import DeliveryFile, PartnerDelivery

#: what is attached to the draft
ATTACHED = (FileForm.PDF, FileForm.WORKBOOK, FileForm.JSON)


def subject_of(document: dict[str, Any]) -> str:
    """This will return the subject of a delivery's mail."""
    with override(document["language"]):
        example = f" ({_('EXAMPLE')})" if document["is_example"] else ""
    return f"{document['title']} [{document['reference']}]{example}"


def body_of(document: dict[str, Any], digest: str) -> str:
    """This will write the text of a delivery's mail; `digest` is the SHA-256 of its JSON file."""
    with override(document["language"]):
        parts = [
            *([document["message"], ""] if document["message"] else []),
            _("What is offered:"),
            *(_record_line(one) for one in document["records"]),
            "",
            _("Attached: the same as a PDF to read, as a workbook, and as data for programs (JSON)."),
            _("Licence: %(licence)s. Name %(source)s and the date as the source.")
            % {"licence": document["licence"], "source": document["from"]["url"]},
            "",
            _(
                "Please confirm that you have received this, and tell us where you show it: name %(reference)s."
            )
            % {"reference": document["reference"]},
            _("The pages above always have the newest version. We tell you when a record is withdrawn."),
            *(["", *contact_lines(document["from"]["contact"])] if document["from"]["contact"] else []),
            "",
            _("Reference: %(reference)s") % {"reference": document["reference"]},
            _("Made: %(date)s") % {"date": written_day(document["made_at"])},
            _("Version mark: %(mark)s") % {"mark": document["version"]},
            _("Check sum of the JSON file (SHA-256): %(digest)s") % {"digest": digest},
        ]
        return "\n".join(parts) + "\n"


def _record_line(one: dict[str, Any]) -> str:
    example = f" ({_('EXAMPLE')})" if one["is_example"] else ""
    where = one["municipality"]["name"]
    return f"- {one['name']['text']}{example}, {where} ({one['code']}, {_('version')} {one['version']})\n  {one['url']}"


def mail_draft(delivery: PartnerDelivery, files: Iterable[DeliveryFile]) -> bytes:
    """This will write a packed delivery as a mail draft (.eml); equal files give equal bytes."""
    by_form = {one.form: one for one in files}
    subject, _line, body = bytes(by_form[FileForm.MAIL].content).decode().partition("\n\n")
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject
    if delivery.channel.email:
        mail["To"] = delivery.channel.email
    mail["X-Unsent"] = "1"
    mail.set_content(body)
    for form in ATTACHED:
        one = by_form[form]
        main, _slash, sub = one.media_type.partition("/")
        mail.add_attachment(bytes(one.content), maintype=main, subtype=sub, filename=one.name)
    mail.set_boundary(f"=_{delivery.digest[:32]}")
    return mail.as_bytes()
