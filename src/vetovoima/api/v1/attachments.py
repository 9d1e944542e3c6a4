"""Photographs and documents of a record, with a key: added, and taken away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, File, Form, Router, Schema, UploadedFile

from vetovoima.accounts.enums import Sharing
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue import queries, services
from vetovoima.common.fields import Translated
from vetovoima.media.enums import FileKind
from vetovoima.media.files import check_size
from vetovoima.media.services import check_photo_size

from .doors import ApiRequest, key_door
from .forms import refuse_fields
from .lists import data
from .offer import answer_with
from .payloads import Record
from .problems import Problem

router = Router(tags=["offer"])
EDIT = key_door(Kind.SITE, Action.EDIT)


class PhotoForm(Schema):
    """What is said of a photograph; those who cannot see it need words in at least one language."""

    alt_fi: str = Field("", max_length=1000)
    alt_en: str = Field("", max_length=1000)
    alt_sv: str = Field("", max_length=1000)
    credit: str = Field("", max_length=200)
    licence: str = Field("", max_length=60)
    taken_on: date | None = None


class FileForm(Schema):
    """What is said of a document, and to whom it is meant to be open."""

    kind: Literal[*FileKind.values]  # type: ignore[valid-type]
    title_fi: str = Field("", max_length=200)
    title_en: str = Field("", max_length=200)
    title_sv: str = Field("", max_length=200)
    description_fi: str = Field("", max_length=5000, description="What a drawing or picture shows.")
    description_en: str = Field("", max_length=5000)
    description_sv: str = Field("", max_length=5000)
    author: str = Field("", max_length=200)
    licence: str = Field("", max_length=60)
    dated: date | None = None
    sharing: Literal[*Sharing.values] = "owner"  # type: ignore[valid-type]
    group: str = Field(
        "", max_length=30, description="Group of the standard; else the usual one of its kind."
    )


def _texts(form: Schema, stem: str) -> Translated:
    return Translated({language: getattr(form, f"{stem}_{language}") for language in ("fi", "en", "sv")})


def _content(file: UploadedFile, check: Callable[[int], None]) -> bytes:
    """The file's content, unless it is larger than the desk takes it: refused before it is read, in the same words."""
    try:
        check(file.size or 0)
    except ValidationError as error:
        raise Problem("too-large", " ".join(error.messages)) from error
    content: bytes = file.read()
    return content


@router.post(
    "/offer/{code}/photos",
    auth=EDIT,
    response={201: Record},
    url_name="offer_photos",
    summary="Add a photograph",
)
def add_photo(
    request: ApiRequest, code: str, form: Form[PhotoForm], file: File[UploadedFile]
) -> HttpResponse:
    """This will add a photograph without its position and camera data; it is public when the record is next published."""
    refuse_fields(request, {*PhotoForm.model_fields, "file"})
    site = queries.site_for(request.user, code)
    services.add_photo(
        site=site, content=_content(file, check_photo_size), alt=_texts(form, "alt"), credit=form.credit, licence=form.licence,
        taken_on=form.taken_on, by=request.user, now=timezone.now(),
    )  # fmt: skip
    return answer_with(request, site, status=201)


@router.api_operation(
    ["DELETE"],
    "/offer/{code}/photos/{slug:name}",
    auth=EDIT,
    response=Record,
    url_name="offer_photo",
    summary="Remove a photograph",
)
def remove_photo(request: ApiRequest, code: str, name: str) -> HttpResponse:
    """This will take a photograph off the record, and off the public side at once."""
    site = queries.site_for(request.user, code)
    services.remove_photo(site=site, name=name, by=request.user, now=timezone.now())
    return answer_with(request, site)


@router.post("/offer/{code}/files", auth=EDIT, url_name="offer_files", summary="Add a document")
def add_file(request: ApiRequest, code: str, form: Form[FileForm], file: File[UploadedFile]) -> HttpResponse:
    """This will add a document; it is open to whom it is meant for when the record is next published."""
    refuse_fields(request, {*FileForm.model_fields, "file"})
    site = queries.site_for(request.user, code)
    values: dict[str, Any] = {
        "kind": form.kind, "title": _texts(form, "title"), "description": _texts(form, "description"), "author": form.author, "licence": form.licence,
        "dated": form.dated, "sharing": form.sharing,
    }  # fmt: skip
    added = services.add_file(
        site=site, content=_content(file, check_size), filename=file.name or "", group=form.group, values=values,
        by=request.user, now=timezone.now(),
    )  # fmt: skip
    return data(
        {"name": added.name, "media_type": added.media_type, "size": added.size, "scan": added.scan},
        status=201,
    )


@router.api_operation(
    ["DELETE"],
    "/offer/{code}/files/{slug:name}",
    auth=EDIT,
    response=Record,
    url_name="offer_file",
    summary="Remove a document",
)
def remove_file(request: ApiRequest, code: str, name: str) -> HttpResponse:
    """This will take a document off the record, and off the public side at once."""
    site = queries.site_for(request.user, code)
    services.remove_file(site=site, name=name, by=request.user, now=timezone.now())
    return answer_with(request, site)
