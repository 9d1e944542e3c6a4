"""Taking documents in, opening and closing them, giving them out, and having them scanned."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.enums import Sharing
from vetovoima.accounts.models import User
from vetovoima.activity.outbox import enqueue
from vetovoima.activity.services import record
from vetovoima.common.fields import LANGUAGES, as_translated
from vetovoima.common.sandbox import clean_image

from . import scanning
from .enums import DRAWN, FileKind, Scan, narrower
from .models import StoredFile
from .validators import BY_TYPE, clean_download_name, recognise

TOPIC = "media.scan"
#: a drawing must stay legible; photographs are stored smaller
LONGEST_SIDE = 4000
#: fields that somebody may change after the upload
DESCRIBED = ("kind", "title", "description", "author", "licence", "languages", "dated", "sharing")


def file_path(file: StoredFile) -> Path:
    """Where a document lies: a name that tells nothing, without an ending."""
    return Path(default_storage.path(_stored_as(file.name)))


def _stored_as(name: str) -> str:
    return f"files/{name[:2]}/{name}"


def check_size(size: int) -> None:
    """This will refuse a document that is too large; raises ValidationError."""
    if size > settings.VETOVOIMA_MAX_FILE_BYTES:
        raise ValidationError(
            _("The file is too large: at most %(limit)s MB. A PDF can be saved again in a smaller size."),
            code="too_large",
            params={"limit": settings.VETOVOIMA_MAX_FILE_BYTES // (1024 * 1024)},
        )


@transaction.atomic
def store_file(
    *, content: bytes, filename: str, values: Mapping[str, Any], by: User | None, now: datetime
) -> StoredFile:
    """This will check and store a document; nobody but its owner and the council sees it until it is opened.

    `values` holds the fields of DESCRIBED. With a virus scanner it waits in the outbox for its scan. Raises
    ValidationError by field; what is wrong with the file itself is `file`.
    """
    file = StoredFile(uploaded_by=by, uploaded_at=now, open_to=Sharing.OWNER)
    errors: dict[str, list[ValidationError]] = {}
    try:
        kept = _take_in(file, content, filename)
    except ValidationError as error:
        errors["file"] = [error]
        kept = b""
    _describe(file, values, errors)
    if errors:
        raise ValidationError(errors)
    file.scan = Scan.WAITING if scanning.is_on() else Scan.NOT_SCANNED
    file.save()
    default_storage.save(_stored_as(file.name), ContentFile(kept))
    if file.scan == Scan.WAITING:
        enqueue(TOPIC, f"scan:{file.name}", {"file": file.name}, now=now)
    return file


def _take_in(file: StoredFile, content: bytes, filename: str) -> bytes:
    """Recognise and measure the content; a picture is re-encoded, which leaves nothing but the picture of it.

    A PDF stays as it is, with the programs and attachments that it may hold. So it is never shown on our own pages: it
    goes out as a download alone, with a content policy that lets nothing run.
    """
    check_size(len(content))
    media_type = recognise(content)
    kept = clean_image(content, longest=LONGEST_SIDE).large if media_type.is_image else content
    file.media_type = media_type.name
    file.size = len(kept)
    file.sha256 = hashlib.sha256(kept).hexdigest()
    file.download_name = clean_download_name(filename, media_type)
    return kept


@transaction.atomic
def describe_file(*, file: StoredFile, values: Mapping[str, Any]) -> StoredFile:
    """This will change what is said of a document. A narrower sharing level holds at once, a wider one when what the
    document belongs to is published next. Raises ValidationError by field."""
    errors: dict[str, list[ValidationError]] = {}
    _describe(file, values, errors)
    if errors:
        raise ValidationError(errors)
    file.open_to = narrower(file.open_to, file.sharing)
    file.save()
    return file


#: how long a text of a document may be
LIMITS = {"title": 200, "description": 5000, "author": 200, "licence": 120}


def _describe(file: StoredFile, values: Mapping[str, Any], errors: dict[str, list[ValidationError]]) -> None:
    """Check and set what is said of a document."""
    given = {name: values[name] for name in DESCRIBED if name in values}
    for name in ("title", "description"):
        if name in given:
            given[name] = as_translated(given[name])
    given["languages"] = [one for one in LANGUAGES if one in given.get("languages", file.languages)]
    for name, value in given.items():
        setattr(file, name, value)
    for name, error in (*_wrong_choices(file), *_wrong_lengths(file), *_missing(file)):
        errors.setdefault(name, []).append(error)


def _wrong_choices(file: StoredFile) -> Iterator[tuple[str, ValidationError]]:
    for name, choices in (("kind", FileKind.values), ("sharing", Sharing.values)):
        if getattr(file, name) not in choices:
            yield name, ValidationError(_("Choose one of the list."), code="choice")
    if not isinstance(file.dated, (date, type(None))):
        yield "dated", ValidationError(_("Give a day, for example 2026-10-12."), code="day")


def _wrong_lengths(file: StoredFile) -> Iterator[tuple[str, ValidationError]]:
    for name, limit in LIMITS.items():
        value = getattr(file, name)
        texts = value.values() if isinstance(value, dict) else [value]
        if any(len(text) > limit for text in texts):
            message = _("The text is too long: at most %(limit)s characters.")
            yield name, ValidationError(message, code="too_long", params={"limit": limit})


def _missing(file: StoredFile) -> Iterator[tuple[str, ValidationError]]:
    if not file.title:
        message = _("Give the document a title in at least one language.")
        yield "title", ValidationError(message, code="no_title")
    if needs_description(file) and not file.description:
        message = _("Say what the drawing or picture shows, for those who cannot see it.")
        yield "description", ValidationError(message, code="no_alt")


def needs_description(file: StoredFile) -> bool:
    """Whether a document says nothing to those who cannot see it: a picture or a drawing."""
    known = BY_TYPE.get(file.media_type)
    return file.kind in DRAWN or (known is not None and known.is_image)


def open_files(files: Iterable[StoredFile]) -> None:
    """This will open documents to whom they are meant for, because what they belong to was published."""
    for file in files:
        if file.open_to != file.sharing:
            file.open_to = file.sharing
            file.save(update_fields=["open_to"])


def close_files(files: Iterable[StoredFile]) -> None:
    """This will close documents to all but their owner and the council, because what they belong to was withdrawn."""
    for file in files:
        if file.open_to != Sharing.OWNER:
            file.open_to = Sharing.OWNER
            file.save(update_fields=["open_to"])


@transaction.atomic
def delete_file(file: StoredFile) -> None:
    """This will remove a document; its content goes when the transaction has held."""
    path = _stored_as(file.name)
    file.delete()
    transaction.on_commit(lambda: default_storage.delete(path))


def headers_of(*, is_public: bool) -> dict[str, str]:
    """The headers with which a document goes out, beside its name: nothing in it may run, whatever a browser makes of it.

    A public one may be kept for five minutes and no longer, so that closing it closes it everywhere.
    """
    return {
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=300" if is_public else "no-store",
    }


def content_of(file: StoredFile) -> Path | None:
    """The stored content of a document that the virus scanner lets out, or None."""
    path = file_path(file)
    return path if file.is_given_out and path.exists() else None


@transaction.atomic
def scan_again(*, file: StoredFile, now: datetime) -> bool:
    """This will ask the virus scanner once more about a document that it could not scan; False when there is nothing to
    ask, or nobody."""
    if file.scan != Scan.FAILED or not scanning.is_on():
        return False
    file.scan = Scan.WAITING
    file.scanned_at = None
    file.save(update_fields=["scan", "scanned_at"])
    return enqueue(
        TOPIC,
        f"scan:{file.name}:{now:%Y%m%d%H%M%S%f}",
        {"file": file.name, "asked": now.isoformat()},
        now=now,
    )


@transaction.atomic
def note_scan(*, name: str, verdict: Scan, now: datetime) -> None:
    """This will note what the scanner said and tell it as a fact. An infected document's content is removed; the row
    stays, so that its uploader learns what became of it."""
    file = StoredFile.objects.select_for_update().filter(name=name).first()
    if file is None:
        return
    file.scan = verdict
    file.scanned_at = now
    if verdict == Scan.INFECTED:
        file.open_to = Sharing.OWNER
        path = _stored_as(file.name)
        transaction.on_commit(lambda: default_storage.delete(path))
    file.save(update_fields=["scan", "scanned_at", "open_to"])
    record(
        f"media.file.{verdict.value}", actor=None, kind="file", code=file.name, now=now, sharing=Sharing.OWNER
    )
