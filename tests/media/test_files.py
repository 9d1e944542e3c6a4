"""Documents: what is taken in, what it is called, how it is kept and to whom it goes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from PIL import Image

from tests.factories import NOW
from tests.media import papers
from vetovoima.accounts.enums import Sharing
from vetovoima.common.fields import Translated
from vetovoima.media import files, queries
from vetovoima.media.enums import Scan
from vetovoima.media.models import StoredFile
from vetovoima.media.validators import PDF, clean_download_name

pytestmark = pytest.mark.django_db


def store(content: bytes | None = None, filename: str = "soil.pdf", **values: Any) -> StoredFile:
    return files.store_file(
        content=papers.pdf() if content is None else content,
        filename=filename,
        values=papers.said(**values),
        by=None,
        now=NOW,
    )


@pytest.mark.parametrize("name", papers.REFUSED)
def test_what_is_neither_a_pdf_nor_a_picture_is_refused_with_what_to_do(name: str) -> None:
    filename, content, sentence = papers.REFUSED[name]
    with pytest.raises(ValidationError) as caught:
        store(content, filename, description=Translated(en="A plan"))
    assert list(caught.value.message_dict) == ["file"]
    assert sentence in " ".join(caught.value.messages)
    assert not StoredFile.objects.exists()


def test_a_file_is_what_its_bytes_say_whatever_it_is_called() -> None:
    file = store(papers.picture("WEBP"), "plan.pdf", description=Translated(en="The plan"))
    assert (file.media_type, file.download_name) == ("image/jpeg", "plan.jpg")


def test_a_pdf_with_a_program_in_it_stays_as_it_is_and_goes_out_as_a_download_only() -> None:
    file = store(papers.PDF_WITH_PROGRAM)
    path = files.content_of(file)
    assert path is not None and path.read_bytes() == papers.PDF_WITH_PROGRAM
    assert files.headers_of(is_public=True)["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert files.headers_of(is_public=False)["Cache-Control"] == "no-store"


@pytest.mark.slow
def test_a_hundred_megapixels_end_in_a_picture_or_a_sentence() -> None:
    bomb = papers.huge_png()
    assert len(bomb) < 200_000
    refused: ValidationError | None = None
    try:
        store(bomb, "plan.png", description=Translated(en="Black"))
    except ValidationError as error:
        refused = error
    if refused is not None:
        assert "file" in refused.message_dict
        return
    path = files.content_of(StoredFile.objects.get())
    assert path is not None
    with Image.open(path) as kept:
        assert max(kept.size) <= files.LONGEST_SIDE


def test_a_drawing_keeps_more_pixels_than_a_photograph_and_its_paper_is_white() -> None:
    drawing = Image.new("RGBA", (3000, 1000), (0, 0, 0, 0))
    drawing.putpixel((5, 5), (200, 0, 0, 255))
    made = io.BytesIO()
    drawing.save(made, "PNG")
    file = store(made.getvalue(), "plan.png", kind="plan", description=Translated(en="The plan"))
    path = files.content_of(file)
    assert path is not None
    with Image.open(path) as kept:
        assert kept.size == (3000, 1000)
        assert min(kept.getpixel((1500, 500))) > 250  # type: ignore[type-var]


def test_the_position_and_the_camera_are_removed_from_a_picture() -> None:
    photo = papers.photo_with_position()
    assert b"CameraMakerCanary" in photo and b"JpegCommentCanary" in photo and b"XmpCanary" in photo
    file = store(photo, "plan.jpg", description=Translated(en="The yard"))
    path = files.content_of(file)
    assert path is not None
    with Image.open(path) as kept:
        assert not kept.getexif() and "comment" not in kept.info and "exif" not in kept.info
    assert b"Canary" not in path.read_bytes()


@pytest.mark.parametrize("original", papers.NAMES)
def test_a_name_is_safe_on_every_machine(original: str) -> None:
    name = clean_download_name(original, PDF)
    assert name == papers.NAMES[original]
    assert len(name.encode()) <= 160


def test_what_somebody_called_it_stands_nowhere_on_the_disk() -> None:
    file = store(filename="secret-buyer.pdf")
    paths = [str(path) for path in Path(django_settings.MEDIA_ROOT).rglob("*")]
    assert not any("secret" in path for path in paths)
    assert [path for path in paths if path.endswith(file.name)] and str(file) == file.name


@pytest.mark.parametrize(
    ("content", "values", "field"),
    [
        (None, {"title": Translated()}, "title"),
        (None, {"title": Translated(en="x" * 201)}, "title"),
        (None, {"kind": "plan", "description": Translated()}, "description"),
        (papers.picture(), {"kind": "other", "description": Translated()}, "description"),
        (None, {"kind": "novel"}, "kind"),
        (None, {"sharing": "everybody"}, "sharing"),
        (None, {"dated": "yesterday"}, "dated"),
        (None, {"author": "x" * 201}, "author"),
        (None, {"licence": "x" * 121}, "licence"),
    ],
)
def test_what_is_said_of_it_is_checked(content: bytes | None, values: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        store(content, **values)
    assert list(caught.value.message_dict) == [field]


def test_a_document_that_is_too_large_is_refused(settings: Any) -> None:
    settings.VETOVOIMA_MAX_FILE_BYTES = 1024 * 1024
    with pytest.raises(ValidationError, match="at most 1 MB"):
        store(papers.pdf(extra=b"x" * 1024 * 1024))


def test_opening_waits_and_closing_does_not() -> None:
    file = store()
    assert queries.public_file(file.name) is None
    files.open_files([file])
    assert queries.public_file(file.name) == file
    files.describe_file(file=file, values={"sharing": Sharing.OWNER})
    assert queries.public_file(file.name) is None
    files.describe_file(file=file, values={"sharing": Sharing.PUBLIC})
    assert queries.public_file(file.name) is None, "what was closed waits for the next publishing"


@pytest.mark.parametrize(
    ("sharing", "is_public", "is_in_network"),
    [("public", True, True), ("network", False, True), ("parties", False, False), ("owner", False, False),
     ("sealed", False, False)],
)  # fmt: skip
def test_each_level_lets_in_those_it_names(sharing: str, is_public: bool, is_in_network: bool) -> None:
    file = store(sharing=sharing)
    files.open_files([file])
    assert (queries.public_file(file.name) is not None) is is_public
    assert queries.network_files().filter(pk=file.pk).exists() is is_in_network


@pytest.mark.parametrize("scan", Scan.values)
def test_only_what_the_scanner_lets_out_is_given_out(scan: str) -> None:
    file = store()
    files.open_files([file])
    StoredFile.objects.update(scan=scan)
    file.refresh_from_db()
    lets_out = scan in ("not_scanned", "clean")
    assert (queries.public_file(file.name) is not None) is lets_out
    assert (files.content_of(file) is not None) is lets_out


def test_a_deleted_document_leaves_nothing(django_capture_on_commit_callbacks: Any) -> None:
    file = store()
    path = files.file_path(file)
    with django_capture_on_commit_callbacks(execute=True):
        files.delete_file(file)
    assert not path.exists() and not StoredFile.objects.exists()
