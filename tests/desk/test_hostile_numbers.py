"""Numbers that are none, where a page or a machine sends one: said or passed over, never a broken page."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import NOW, make_region
from tests.factories.sites import make_site
from tests.media import papers
from vetovoima.accounts.models import User
from vetovoima.catalogue import services
from vetovoima.common.fields import Translated

pytestmark = pytest.mark.django_db
NONE = ("²", "٣", "-1", "1e3", "9" * 30, "9" * 5000, "")


@pytest.mark.parametrize("number", NONE)
def test_pages_of_the_desk_pass_over_what_is_no_number(town: Client, number: str) -> None:
    site = make_site()
    town.raise_request_exception = True
    assert town.post("/desk/sites/bulk/undo/", {"undo": f"{site.code}:{number}"}).status_code == 302
    for page in ("", "edit/"):
        assert town.get(f"/desk/sites/{site.code}/{page}", {"saved": number}).status_code == 200
    assert town.post(f"/desk/sites/{site.code}/edit/", {"revision": number}).status_code in (
        200,
        302,
        409,
        422,
    )


@pytest.mark.parametrize("length", ["abc", "²", "-1", "1_000", "9" * 30])
def test_the_validator_does_not_believe_a_length_that_is_no_number(length: str) -> None:
    make_region()
    answer = Client().post("/schema/validate", b"{}", content_type="application/json", CONTENT_LENGTH=length)
    assert answer.status_code == 413


def test_a_photograph_is_kept_for_minutes_and_gone_with_its_record(coordinator: User) -> None:
    site = make_site()
    photo = services.add_photo(
        site=site, content=papers.picture(), alt=Translated(en="A field"), credit="", licence="CC BY 4.0", taken_on=None,
        by=None, now=NOW,
    )  # fmt: skip
    site.refresh_from_db()
    services.publish_site(site=services.submit_site(site=site, by=None, now=NOW), by=None, now=NOW)
    address = f"/media/photos/{photo.name}/large.jpg"
    answer = Client().get(address)
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    again = Client().get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["Cache-Control"]) == (
        304,
        b"",
        "public, max-age=300",
    )
    site.refresh_from_db()
    services.withdraw_site(site=site, by=coordinator, now=NOW)
    gone = Client().get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert gone.status_code == 404
