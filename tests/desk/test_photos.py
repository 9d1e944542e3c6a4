"""Photographs: what is refused, what is kept, who sees them."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.desk.conftest import signed_in
from tests.desk.reading import form, words
from tests.factories import NOW, make_person
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.activity.models import Fact
from vetovoima.catalogue import queries
from vetovoima.catalogue import services as catalogue

TYPED = {"alt_en": "The yard from the air", "credit": "Ada Asker", "licence": "CC BY 4.0"}


def picture() -> SimpleUploadedFile:
    """A small real photograph."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(file, "PNG")
    return SimpleUploadedFile("yard.png", file.getvalue(), "image/png")


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (
            SimpleUploadedFile("yard.jpg", b"GIF89a no photograph", "image/jpeg"),
            "The file is not a photograph",
        ),
        (
            SimpleUploadedFile("yard.svg", b"<svg onload='x'/>", "image/svg+xml"),
            "The file is not a photograph",
        ),
        (None, "Choose a photograph."),
    ],
)
def test_what_is_no_photograph_is_refused_and_the_rest_is_kept(
    town: Client, file: object, sentence: str
) -> None:
    site = make_site()
    page = town.post(f"/desk/sites/{site.code}/photos/", {**TYPED, **({"file": file} if file else {})})
    assert f"Photograph: {sentence}" in words(page)
    assert {name: form(page, "")[name] for name in TYPED} == TYPED


def test_a_file_that_is_too_large_is_refused(town: Client, settings: object) -> None:
    settings.VETOVOIMA_MAX_UPLOAD_BYTES = 10  # type: ignore[attr-defined]
    site = make_site()
    page = town.post(f"/desk/sites/{site.code}/photos/", {**TYPED, "file": picture()})
    assert "The file is too large: at most 10 MB." in words(page)


def test_a_photograph_needs_words(town: Client) -> None:
    site = make_site()
    page = town.post(f"/desk/sites/{site.code}/photos/", {"file": picture()})
    assert "Describe the photograph for those who cannot see it." in words(page)


def test_a_photograph_is_seen_by_those_who_see_its_record(town: Client) -> None:
    site = make_site()
    town.post(f"/desk/sites/{site.code}/photos/", {**TYPED, "file": picture()})
    photo = queries.photos(site)[0]
    address = f"/desk/sites/{site.code}/photos/{photo.name}/small.jpg"
    answer = town.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    stranger = signed_in(make_person(Role.MUNICIPALITY_OFFICER, "sotkamo"))
    assert stranger.get(address).status_code == 404
    assert "The yard from the air" in words(town.get(f"/desk/sites/{site.code}/"))


def test_a_photograph_can_be_removed(town: Client) -> None:
    site = make_site()
    town.post(f"/desk/sites/{site.code}/photos/", {**TYPED, "file": picture()})
    name = queries.photos(site)[0].name
    assert "The photograph was removed." in words(
        town.post(f"/desk/sites/{site.code}/photos/{name}/remove/", follow=True)
    )
    assert queries.photos(site) == []


def test_the_words_of_a_photograph_are_changed_and_its_licence_is_said(town: Client) -> None:
    site = make_site()
    town.post(f"/desk/sites/{site.code}/photos/", {**TYPED, "licence": "reserved", "file": picture()})
    photo = queries.photos(site)[0]
    page = words(town.get(f"/desk/sites/{site.code}/"))
    assert "All rights reserved, shown with permission" in page and "not described in: fi, sv" in page
    address = f"/desk/sites/{site.code}/photos/{photo.name}/edit/"
    typed = form(town.get(address), "")
    assert (typed["alt_en"], typed["licence"]) == ("The yard from the air", "reserved")
    typed.update({"alt_fi": "Piha ilmasta", "alt_sv": "Gården från luften"})
    typed["licence"], typed["own_licence"] = "own", "With permission, press only"
    town.post(address, typed)
    photo.refresh_from_db()
    assert (photo.alt.text("fi"), photo.licence) == ("Piha ilmasta", "With permission, press only")
    assert "not described" not in words(town.get(f"/desk/sites/{site.code}/"))


def test_a_photograph_needs_terms_of_use(town: Client) -> None:
    site = make_site()
    page = town.post(f"/desk/sites/{site.code}/photos/", {**TYPED, "licence": "", "file": picture()})
    assert "Licence: Choose on what terms the picture may be used." in words(page)


def test_a_photograph_of_another_record_is_not_changed_here(town: Client) -> None:
    site, other = make_site(), make_site()
    town.post(f"/desk/sites/{site.code}/photos/", {**TYPED, "file": picture()})
    name = queries.photos(site)[0].name
    assert town.get(f"/desk/sites/{other.code}/photos/{name}/edit/").status_code == 404
    assert words(town.post(f"/desk/sites/{other.code}/photos/{name}/remove/", follow=True)).count(
        "not there any more"
    )


def test_photographs_are_put_in_order_with_buttons_and_the_first_is_the_cover(town: Client) -> None:
    site = make_site()
    for words_of_it in ("First", "Second", "Third"):
        town.post(f"/desk/sites/{site.code}/photos/", {**TYPED, "alt_en": words_of_it, "file": picture()})
    names = [photo.name for photo in queries.photos(site)]
    page = town.get(f"/desk/sites/{site.code}/")
    assert "Cover First" in words(page)
    assert page.content.decode().count("Move earlier:") == 2, "the first has nowhere earlier to go"
    moved = town.post(f"/desk/sites/{site.code}/photos/{names[2]}/move/", {"to": "earlier"})
    assert moved["Location"].endswith(f"#photo-{names[2]}")
    town.post(f"/desk/sites/{site.code}/photos/{names[2]}/move/", {"to": "earlier"})
    assert [photo.name for photo in queries.photos(site)] == [names[2], names[0], names[1]]
    assert "Cover Third" in words(town.get(f"/desk/sites/{site.code}/"))
    recorded = Fact.objects.filter(code=site.code, type="catalogue.site.photo_moved")
    assert [one.data["place"] for one in recorded.order_by("pk")] == [2, 1]
    town.post(f"/desk/sites/{site.code}/photos/{names[2]}/move/", {"to": "earlier"})
    assert recorded.count() == 2, "at the end of the row nothing moves and nothing is recorded"


def test_only_the_owner_orders_photographs_and_not_under_review(town: Client, coordinator: User) -> None:
    site = make_site()
    for _number in range(2):
        town.post(f"/desk/sites/{site.code}/photos/", {**TYPED, "file": picture()})
    first, second = (photo.name for photo in queries.photos(site))
    stranger = signed_in(make_person(Role.MUNICIPALITY_OFFICER, "sotkamo"))
    path = f"/desk/sites/{site.code}/photos/{second}/move/"
    assert stranger.post(path, {"to": "earlier"}).status_code in (403, 404)
    site.refresh_from_db()
    catalogue.submit_site(site=site, by=coordinator, now=NOW)
    town.post(path, {"to": "earlier"}, follow=True)
    assert [photo.name for photo in queries.photos(site)] == [first, second]
