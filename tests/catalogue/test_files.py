"""Documents and photographs of a record: they follow it to the public side and leave it at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from tests.factories import NOW, make_person, make_region
from tests.factories.sites import make_site
from tests.media import papers
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.catalogue import queries, services
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.media.models import StoredFile
from vetovoima.media.queries import public_file, public_photo
from vetovoima.syndication.models import PublishedDocument
from vetovoima.syndication.services import refresh_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    make_region()
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")


def add(
    site: Site, content: bytes | None = None, group: str = "", by: User | None = None, **values: Any
) -> StoredFile:
    return services.add_file(
        site=site, content=content or papers.pdf(), filename="soil.pdf", group=group, values=papers.said(**values),
        by=by, now=NOW,
    )  # fmt: skip


def photograph(site: Site, alt: str = "The yard") -> str:
    return services.add_photo(
        site=site, content=papers.picture(), alt=Translated(en=alt), credit="", licence="CC BY 4.0", taken_on=None,
        by=None, now=NOW,
    ).name  # fmt: skip


def publish(site: Site) -> Site:
    return services.publish_site(site=services.submit_site(site=site, by=None, now=NOW), by=None, now=NOW)


def body(site: Site, language: str = "en") -> dict[str, Any]:
    found: dict[str, Any] = PublishedDocument.objects.get(code=site.code, language=language).body
    return found


def fresh(site: Site) -> Site:
    return Site.objects.get(pk=site.pk)


def test_a_document_is_public_from_publishing_to_withdrawal(officer: User) -> None:
    site = make_site()
    file = add(site, dated=None, title={"en": "Soil report", "fi": "Maaperätutkimus"})
    assert public_file(file.name) is None
    publish(site)
    assert public_file(file.name) is not None
    assert body(site)["files"] == [
        {
            "url": f"/media/files/{file.name}/",
            "title": {"text": "Soil report", "language": "en"},
            "description": {"text": "", "language": "en"},
            "kind": {"value": "ground", "label": "Geotechnical report"},
            "group": "ground",
            "media_type": "application/pdf",
            "media_label": "PDF",
            "size": file.size,
            "size_label": "1\u00a0kB",
            "licence": "CC BY 4.0",
            "author": "",
            "languages": ["fi"],
            "dated": "",
            "scan": {"value": "not_scanned", "label": "Not scanned for viruses"},
        }
    ]
    services.withdraw_site(site=fresh(site), by=officer, now=NOW)
    assert public_file(file.name) is None


@pytest.mark.parametrize("sharing", ["network", "parties", "owner", "sealed"])
def test_of_a_document_that_is_not_for_all_the_public_side_says_nothing(sharing: str) -> None:
    site = make_site()
    file = add(site, sharing=sharing)
    publish(site)
    assert (body(site)["files"], public_file(file.name)) == ([], None)


@pytest.mark.parametrize(
    ("kind", "group"),
    [
        ("ground", "ground"),
        ("grid", "electricity"),
        ("plan", "planning"),
        ("brochure", "media"),
        ("other", "media"),
    ],
)
def test_a_document_belongs_to_the_group_of_its_kind_unless_somebody_says_otherwise(
    kind: str, group: str
) -> None:
    site = make_site()
    add(site, kind=kind, description={"en": "A drawing"})
    add(site, papers.pdf("other"), group="water", kind=kind, description={"en": "A drawing"})
    assert [entry.group for entry in queries.site_files(site)] == [group, "water"]


def test_what_is_added_after_publishing_waits_for_review_and_shows_in_it(officer: User) -> None:
    site = publish(make_site())
    file = add(site, by=officer)
    assert body(site)["files"] == [] and public_file(file.name) is None
    changed = queries.differences(fresh(site))
    assert [(one["field"], one["before"], one["after"][0]["title"]) for one in changed] == [
        ("files", [], {"en": "Soil report"})
    ]
    refresh_site(site.code, NOW.date())
    assert body(site)["files"] == []


def test_a_photograph_added_after_publishing_is_not_shown_by_a_nightly_rendering() -> None:
    site = make_site()
    shown = photograph(site)
    publish(site)
    hidden = photograph(fresh(site), "Not reviewed yet")
    services.describe_photo(
        site=fresh(site), name=shown, alt=Translated(en="Rewritten"), credit="", licence="", taken_on=None, by=None,
        now=NOW,
    )  # fmt: skip
    refresh_site(site.code, NOW.date())
    assert [photo["alt"]["text"] for photo in body(site)["photos"]] == ["The yard"]
    assert public_photo(hidden) is None
    assert {one["field"] for one in queries.differences(fresh(site))} == {"photos", "photo_texts"}


def test_a_removed_photograph_leaves_the_public_side_at_once() -> None:
    site = make_site()
    name = photograph(site)
    publish(site)
    services.remove_photo(site=fresh(site), name=name, by=None, now=NOW)
    assert body(site)["photos"] == []


def test_a_removed_or_closed_document_leaves_the_public_side_at_once(officer: User) -> None:
    site = make_site()
    removed, closed = add(site), add(site, papers.pdf("other"))
    publish(site)
    services.remove_file(site=fresh(site), name=removed.name, by=officer, now=NOW)
    assert [one["url"] for one in body(site)["files"]] == [f"/media/files/{closed.name}/"]
    services.describe_file(
        site=fresh(site),
        name=closed.name,
        group="",
        values={"kind": "ground", "sharing": "owner"},
        by=officer,
        now=NOW,
    )
    assert (body(site)["files"], public_file(closed.name)) == ([], None)


def test_new_words_of_a_public_document_wait_for_review(officer: User) -> None:
    site = make_site()
    file = add(site)
    publish(site)
    services.describe_file(
        site=fresh(site), name=file.name, group="", values={"kind": "ground", "title": {"en": "New words"}}, by=officer,
        now=NOW,
    )  # fmt: skip
    refresh_site(site.code, NOW.date())
    assert body(site)["files"][0]["title"]["text"] == "Soil report"
    publish(fresh(site))
    assert body(site)["files"][0]["title"]["text"] == "New words"


def test_the_same_document_twice_is_one_document() -> None:
    site = make_site()
    add(site)
    with pytest.raises(ValidationError, match="on the record already"):
        add(site, title={"en": "Again"})
    assert StoredFile.objects.count() == 1
    add(make_site("sotkamo"))


def test_a_record_has_a_bounded_number_of_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vetovoima.catalogue.services.files.MAX_FILES", 1)
    site = make_site()
    add(site)
    with pytest.raises(services.CannotChange, match="at most 30"):
        add(site, papers.pdf("other"))


def test_another_municipality_and_a_review_keep_hands_off(officer: User) -> None:
    site = make_site()
    file = add(site)
    stranger = make_person(Role.MUNICIPALITY_OFFICER, "sotkamo")
    for change in (
        lambda: add(site, papers.pdf("other"), by=stranger),
        lambda: services.remove_file(site=site, name=file.name, by=stranger, now=NOW),
        lambda: services.describe_file(site=site, name=file.name, group="", values={}, by=stranger, now=NOW),
        lambda: services.rescan_file(site=site, name=file.name, by=stranger, now=NOW),
    ):
        with pytest.raises(PermissionDenied):
            change()
    assert queries.file_of(stranger, site.code, file.name) is None
    services.submit_site(site=site, by=officer, now=NOW)
    with pytest.raises(services.CannotChange, match="being reviewed"):
        services.remove_file(site=site, name=file.name, by=officer, now=NOW)


def test_partners_see_what_is_shared_with_them_of_public_records_only() -> None:
    partner = make_person(Role.RDI_PARTNER)
    draft, site = make_site("sotkamo"), make_site()
    add(draft, sharing="network")
    shared = add(site, sharing="network")
    add(site, papers.pdf("other"), sharing="owner")
    assert list(queries.shared_files(partner)) == []
    publish(site)
    assert [entry.file for entry in queries.shared_files(partner)] == [shared]
    assert not queries.shared_files(User.objects.create_user("nobody@example.org")).exists()


def test_a_new_title_is_the_municipalitys_own_until_it_is_published() -> None:
    partner, site = make_person(Role.RDI_PARTNER), make_site()
    shared = add(site, sharing="network", title={"en": "Agreed title"})
    publish(site)
    said = {
        "kind": "ground",
        "sharing": "network",
        "title": {"en": "Draft title"},
        "description": {"en": "New words"},
    }
    site.refresh_from_db()
    services.describe_file(site=site, name=shared.name, group="", values=said, by=None, now=NOW)

    def seen() -> str:
        browser = Client()
        browser.force_login(partner)
        return browser.get("/desk/documents/").content.decode()

    assert "Agreed title" in seen()
    assert "Draft title" not in seen()
    publish(site)
    assert "Draft title" in seen()


def test_a_withdrawn_record_leads_to_one_of_its_own_municipality(officer: User) -> None:
    own, neighbour = make_site(state="published"), make_site("sotkamo", state="published")
    with pytest.raises(services.CannotChange, match="no public record"):
        services.withdraw_site(site=own, by=officer, now=NOW, redirect_code=neighbour.code)
    council = make_person(Role.COORDINATOR)
    services.withdraw_site(site=own, by=council, now=NOW, redirect_code=neighbour.code)
    gone = queries.withdrawn_redirect(own.code)
    assert gone is not None and gone.leads_to == neighbour.code


def test_a_withdrawn_records_address_leads_on_through_others(officer: User) -> None:
    first, second, third = (make_site(state="published") for _ in range(3))
    assert queries.withdrawn_redirect(first.code) is None
    assert queries.withdrawn_redirect(make_site().code) is None, "what was never public is not withdrawn"
    services.withdraw_site(site=first, by=officer, now=NOW, redirect_code=second.code)
    services.withdraw_site(site=second, by=officer, now=NOW, redirect_code=third.code)
    gone = queries.withdrawn_redirect(first.code)
    assert gone is not None and gone.leads_to == third.code
    services.withdraw_site(site=third, by=officer, now=NOW)
    gone = queries.withdrawn_redirect(first.code)
    assert gone is not None and gone.leads_to == ""


def test_a_circle_of_redirects_ends(officer: User) -> None:
    first, second = make_site(state="published"), make_site(state="published")
    services.withdraw_site(site=first, by=officer, now=NOW, redirect_code=second.code)
    Site.objects.filter(pk=second.pk).update(published_version=0, redirect_code=first.code)
    gone = queries.withdrawn_redirect(first.code)
    assert gone is not None and gone.leads_to == ""
