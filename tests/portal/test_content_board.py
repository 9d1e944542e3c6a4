"""The content board: what is current, outdated, missing, overdue; and making the page of a missing language."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override
from wagtail.documents.models import Document
from wagtail.models import GroupPagePermission, Page

from tests.desk.conftest import signed_in
from tests.factories import NOW, make_organisation, make_person, make_region
from tests.factories.knowledge import make_fact
from tests.portal.packs import HOME, load
from vetovoima.accounts.enums import OrganisationKind, Role
from vetovoima.accounts.services import EDITORS, MODERATORS, add_member
from vetovoima.catalogue.knowledge import services
from vetovoima.catalogue.knowledge.enums import FactState
from vetovoima.portal.board.states import Reason, State, board_rows
from vetovoima.portal.models import TextPage
from vetovoima.portal.models.marks import mark_of
from vetovoima.portal.uses import texts_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
HOMES = {**HOME, "title": {"fi": "Tuulisaari", "en": "Windy Isle", "sv": "Blåsön"}}
TEXT: dict[str, Any] = {
    "path": "/privacy/", "type": "text", "title": {"fi": "Tietosuoja", "en": "Privacy"},
    "blocks": [{"type": "text", "html": {"fi": "<p>Ei evästeitä.</p>", "en": "<p>No cookies.</p>"}}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def region() -> None:
    make_region()


def member(role: Role) -> Client:
    kind = OrganisationKind.COUNCIL
    person = add_member(
        email=f"{role}@example.org", display_name="Eeva Editor", language="en", role=role,
        organisation=make_organisation("the-council", kind), password="editor-editor-editor",
    )  # fmt: skip
    return signed_in(person)


def states(path: str = "/privacy/") -> dict[str, tuple[State, tuple[Reason, ...]]]:
    row = next(one for one in board_rows(TODAY) if one.path == path)
    return {cell.language: (cell.state, cell.reasons) for cell in row.cells}


def changed(**more: Any) -> dict[str, Any]:
    return {**TEXT, **more}


def test_what_the_pack_brings_together_is_current_and_the_rest_is_missing(tmp_path: Path) -> None:
    load(tmp_path, HOMES, TEXT)
    assert states() == {"fi": (State.CURRENT, ()), "en": (State.CURRENT, ()), "sv": (State.MISSING, ())}


def test_a_translation_is_outdated_when_its_source_has_changed_until_somebody_says_it_is_the_same(
    tmp_path: Path,
) -> None:
    load(tmp_path, HOMES, TEXT)
    load(tmp_path, HOMES, changed(lead={"fi": "Uusi ingressi."}))
    assert states()["fi"] == (State.CURRENT, ())
    assert states()["en"] == (State.OUTDATED, (Reason.SOURCE,))
    page = TextPage.objects.get(locale__language_code="en")
    assert member(Role.COORDINATOR).post(f"/desk/content/{page.pk}/same/").status_code == 302
    assert states()["en"] == (State.CURRENT, ())


def test_a_translation_that_the_pack_renews_with_its_source_is_current(tmp_path: Path) -> None:
    load(tmp_path, HOMES, TEXT)
    load(tmp_path, HOMES, changed(lead={"fi": "Uusi.", "en": "New."}))
    assert states()["en"] == (State.CURRENT, ())


def test_a_page_is_outdated_when_a_fact_that_it_names_is_no_longer_kept(tmp_path: Path) -> None:
    fact = make_fact()
    html = {"fi": "<p>{fact:population-kuhmo}</p>", "en": "<p>x</p>"}
    load(tmp_path, HOMES, changed(blocks=[{"type": "text", "html": html}]))
    services.retire_fact(fact=fact, reason="Gone", by=make_person(Role.COORDINATOR), now=NOW)
    assert states()["fi"] == (State.OUTDATED, (Reason.FACT,))
    assert states()["en"] == (State.CURRENT, ())


def test_a_fact_that_waits_for_its_review_is_told_and_makes_no_page_outdated(tmp_path: Path) -> None:
    make_fact(as_of="2019", next_review_on=date(2021, 1, 1), state=FactState.STALE)
    html = {"fi": "<p>{fact:population-kuhmo}</p>", "en": "<p>x</p>"}
    load(tmp_path, HOMES, changed(blocks=[{"type": "text", "html": html}]))
    assert states()["fi"] == (State.CURRENT, (Reason.FACT_DUE,))


def test_what_a_page_says_is_the_same_before_and_after_somebody_has_read_its_blocks(tmp_path: Path) -> None:
    link = {"label": {"fi": "Laki", "en": "Law"}, "url": "https://example.org/"}
    load(tmp_path, HOMES, changed(blocks=[{"type": "links", "items": [link]}]))
    page = TextPage.objects.get(locale__language_code="fi")
    # as it was stored before links could lead to files
    page.blocks = [
        {"type": "links", "value": {"title": "", "items": [{"label": "Laki", "url": link["url"]}]}}
    ]
    page.save()
    page = TextPage.objects.get(pk=page.pk)
    unread = mark_of(page)
    assert texts_of(page)
    assert mark_of(page) == unread


def test_a_page_past_its_review_day_says_so(tmp_path: Path) -> None:
    load(tmp_path, HOMES, changed(review_on="2026-11-21"))
    assert states()["fi"] == (State.OVERDUE, (Reason.REVIEW,))


def test_translate_makes_a_draft_that_is_marked_and_not_public(tmp_path: Path, client: Client) -> None:
    load(tmp_path, HOMES, TEXT)
    browser = member(Role.COORDINATOR)
    source = TextPage.objects.get(locale__language_code="fi")
    answer = browser.post(f"/desk/content/{source.pk}/translate/sv/")
    made = TextPage.objects.get(locale__language_code="sv")
    assert answer.headers["Location"] == f"/cms/pages/{made.pk}/edit/"
    assert (made.live, made.awaits_translation, made.slug) == (False, True, "privacy")
    assert states()["sv"] == (State.DRAFT, (Reason.UNTRANSLATED,))
    assert "Ei evästeitä." not in client.get("/sv/privacy/").content.decode()
    again = browser.post(f"/desk/content/{source.pk}/translate/sv/", follow=True)
    assert "The page is there in that language already." in again.content.decode()


def test_a_page_is_not_translated_before_the_one_above(tmp_path: Path) -> None:
    load(tmp_path, HOME, TEXT)
    source = TextPage.objects.get(locale__language_code="fi")
    answer = member(Role.COORDINATOR).post(f"/desk/content/{source.pk}/translate/sv/", follow=True)
    assert "The page above is missing in Svenska." in answer.content.decode()


def test_a_copy_that_awaits_its_translation_is_not_published(tmp_path: Path) -> None:
    load(tmp_path, HOMES, TEXT)
    browser = member(Role.COORDINATOR)
    source = TextPage.objects.get(locale__language_code="fi")
    browser.post(f"/desk/content/{source.pk}/translate/sv/")
    made = TextPage.objects.get(locale__language_code="sv")
    sent = {
        "title": "Tietosuoja", "slug": "privacy", "lead": "", "body": "null", "blocks-count": "0", "key_facts-count": "0",
        "sources-count": "0", "awaits_translation": "on", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "", "action-publish": "1",
    }  # fmt: skip
    answer = browser.post(f"/cms/pages/{made.pk}/edit/", sent, follow=True)
    assert "Not published" in answer.content.decode()
    assert not TextPage.objects.get(pk=made.pk).live


def test_the_board_shows_filters_and_who_changed_what(tmp_path: Path) -> None:
    load(tmp_path, HOMES, TEXT)
    browser = member(Role.COORDINATOR)
    shown = browser.get("/desk/content/").content.decode()
    assert "from the data pack" in shown
    assert "/privacy/" in shown
    missing = browser.get("/desk/content/?state=missing&language=sv").content.decode()
    assert "/privacy/" in missing
    assert "/desk/content/" in browser.get("/desk/").content.decode()
    assert "No page fits." in browser.get("/desk/content/?text=xyzzy").content.decode()


def test_only_those_who_edit_pages_see_the_board() -> None:
    assert member(Role.FUNDER).get("/desk/content/").status_code in (403, 404)
    assert member(Role.ADMIN).get("/desk/content/").status_code == 200


def test_editors_submit_and_moderators_publish() -> None:
    root = Page.get_first_root_node()

    def may(group: str) -> set[str]:
        found = GroupPagePermission.objects.filter(group__name=group, page=root)
        return set(found.values_list("permission__codename", flat=True))

    assert may(EDITORS) == {"add_page", "change_page"}
    assert "publish_page" in may(MODERATORS)
    member(Role.ADMIN), member(Role.COORDINATOR)
    from vetovoima.accounts.models import User

    groups = {
        one.email.split("@")[0]: set(one.groups.values_list("name", flat=True)) for one in User.objects.all()
    }
    assert groups == {"admin": {EDITORS}, "coordinator": {EDITORS, MODERATORS}}


def test_a_moderator_without_the_role_leaves_the_group_at_the_next_migration() -> None:
    from vetovoima.accounts.models import User
    from vetovoima.portal.models.editors import grant_editors

    member(Role.FUNDER)
    person = User.objects.get()
    person.groups.add(Group.objects.get(name=MODERATORS))
    grant_editors()
    assert not person.groups.exists()


@pytest.mark.parametrize(
    ("name", "is_taken"), [("plan.pdf", True), ("page.html", False), ("drawing.svg", False)]
)
def test_only_files_that_a_browser_does_not_run_are_taken(name: str, is_taken: bool) -> None:
    document = Document(title="Plan", file=SimpleUploadedFile(name, b"x"))
    refused = pytest.raises(ValidationError, match="extension")
    with nullcontext() if is_taken else refused:
        document.clean()


def test_what_an_editor_submits_waits_for_a_moderator_who_publishes_it(tmp_path: Path) -> None:
    load(tmp_path, HOMES, TEXT)
    page = TextPage.objects.get(locale__language_code="en")
    editor, moderator = member(Role.ADMIN), member(Role.COORDINATOR)
    sent = {
        "title": "Privacy now", "slug": "privacy", "lead": "", "body": "null", "blocks-count": "0", "key_facts-count": "0",
        "sources-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "",
    }  # fmt: skip
    editor.post(f"/cms/pages/{page.pk}/edit/", {**sent, "action-submit": "1"})
    page.refresh_from_db()
    assert page.title == "Privacy"
    task = page.current_workflow_task_state
    assert task is not None
    answer = moderator.post(f"/cms/pages/workflow/action/{page.pk}/approve/{task.pk}/", {"comment": ""})
    assert answer.status_code == 302, answer.content.decode()
    page.refresh_from_db()
    assert page.title == "Privacy now"


def test_the_preview_speaks_the_pages_language_and_may_stand_in_the_editors_frame(tmp_path: Path) -> None:
    load(tmp_path, HOMES, TEXT)
    page = TextPage.objects.get(locale__language_code="fi")
    page.title = "Tietosuoja nyt"
    with override("en"):
        shown = page.make_preview_request()
    assert '<html lang="fi">' in shown.content.decode()
    assert "Tietosuoja nyt" in shown.content.decode()
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert "private" in shown.headers["Cache-Control"], (
        "it passes through the page cache under the public address"
    )
