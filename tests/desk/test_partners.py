"""Partner channels and deliveries at the desk: found, prepared, packed, sent, and every answer noted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.timezone import localdate

from tests.desk.conftest import signed_in
from tests.desk.reading import form, words
from tests.factories import make_municipality, make_person
from tests.factories.knowledge import make_fact
from tests.factories.sites import make_site
from tests.syndication.partners_world import make_channel, make_delivery
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services as catalogue
from vetovoima.common import pdf
from vetovoima.syndication.models import PartnerChannel, PartnerDelivery
from vetovoima.syndication.partners import noting, packing, services

pytestmark = pytest.mark.django_db
ROOM = "/desk/partners/"
ONE = f"{ROOM}deliveries/windy-agency-001/"


@pytest.fixture
def quick_pdf(monkeypatch):
    """The typesetter is tried elsewhere; here its time is spared."""
    monkeypatch.setattr(packing, "delivery_pdf", lambda document: b"%PDF-1.7 quick")


def packed(**values) -> PartnerDelivery:
    return services.pack_delivery(delivery=make_delivery(**values), by=None, now=timezone.now())


def sent(**values) -> PartnerDelivery:
    return noting.mark_sent(
        delivery=packed(**values),
        sent_on=localdate(),
        way="mail",
        sent_to="Ada Secret",
        by=None,
        now=timezone.now(),
    )


def test_the_council_adds_a_channel_and_changes_it(council):
    sheet = form(council.get(f"{ROOM}new/"), "")
    sheet.update(
        {
            "name_en": "Windy Fair",
            "kind": "fair",
            "fee": "1 200,50",
            "fee_currency": "eur",
            "fee_period": "event",
        }
    )
    answer = council.post(f"{ROOM}new/", dict(sheet.lists()), follow=True)
    channel = PartnerChannel.objects.get()

    assert (channel.key, str(channel.fee), channel.fee_currency) == ("windy-fair", "1200.50", "EUR")
    assert "Windy Fair" in words(answer)
    again = form(council.get(f"{ROOM}windy-fair/edit/"), "")
    again["email"] = "nobody"
    refused = council.post(f"{ROOM}windy-fair/edit/", dict(again.lists()))
    assert "Something has to be mended" in words(refused)
    assert form(refused, "")["email"] == "nobody"
    again["email"] = "desk@fair.example"
    council.post(f"{ROOM}windy-fair/edit/", dict(again.lists()))
    channel.refresh_from_db()
    assert channel.email == "desk@fair.example"


def test_two_editors_of_a_channel_lose_nothing(council):
    make_channel()
    sheet = form(council.get(f"{ROOM}windy-agency/edit/"), "")
    services.edit_partner(
        channel=PartnerChannel.objects.get(),
        values={"note": "Theirs"},
        by=None,
        now=timezone.now(),
        revision=None,
    )
    sheet["note"] = "Mine"

    answer = council.post(f"{ROOM}windy-agency/edit/", dict(sheet.lists()))

    assert answer.status_code == 409
    again = form(answer, "")
    assert again["note"] == "Mine"
    council.post(f"{ROOM}windy-agency/edit/", dict(again.lists()))
    assert PartnerChannel.objects.get().note == "Mine"


def test_a_conversation_is_noted_and_the_plan_shown(council):
    make_channel(talk_months=12, talk_on=localdate() - timedelta(days=3))
    assert "Time to speak with them" in words(council.get(ROOM))
    sheet = form(council.get(f"{ROOM}windy-agency/"), "/talk/")
    sheet["talk-topic"] = "Leads of the spring"

    page = council.post(f"{ROOM}windy-agency/talk/", dict(sheet.lists()), follow=True)

    assert "Leads of the spring" in words(page)
    assert "Time to speak with them" not in words(council.get(ROOM))
    refused = council.post(f"{ROOM}windy-agency/talk/", {"talk-happened_on": "2999-01-01", "talk-topic": ""})
    assert "The day has not come yet." in words(refused)
    assert "Say what you spoke about." in words(refused)


def test_a_delivery_from_the_first_click_to_the_outcome_without_script(council, quick_pdf):
    make_channel()
    make_fact("population-kuhmo", municipality="kuhmo")
    site = make_site(state="published")
    begun = council.get(f"{ROOM}deliveries/new/?channel=windy-agency&municipality=-")
    sheet = form(begun, "")
    sheet.update(
        {
            "title": "Power in Kuhmo",
            "records": site.code,
            "facts": "population-kuhmo",
            "message": "Look here.",
        }
    )
    made = council.post(
        f"{ROOM}deliveries/new/?channel=windy-agency&municipality=-", dict(sheet.lists()), follow=True
    )
    assert "Make the files, and read them." in words(made)

    page = council.post(f"{ONE}pack/", follow=True)
    assert "Then note here that you sent them." in words(page)
    assert "Power in Kuhmo [windy-agency-001]" in words(page)
    for ending, kind in (
        ("json", "application/json"),
        ("pdf", "application/pdf"),
        ("eml", "message/rfc822"),
        ("txt", "text/plain"),
    ):
        file = council.get(f"{ONE}files/{ending}/")
        assert file.headers["Content-Type"].startswith(kind)
        assert file.headers["Cache-Control"] == "no-store"
    steps = []
    for step, values in (
        ("sent", {}),
        ("receipt", {"receipt-reference": "BF-77"}),
        ("shown", {"shown-url": "https://agency.example/kuhmo"}),
        ("outcome", {"outcome-outcome": "leads", "outcome-enquiry_count": "2", "outcome-lead_count": "1"}),
    ):
        sheet = form(council.get(ONE), f"/{step}/")
        sheet.update(values)
        council.post(f"{ONE}{step}/", dict(sheet.lists()))
        steps.append(PartnerDelivery.objects.get().state)

    assert steps == ["sent", "received", "shown", "ended"]
    done = PartnerDelivery.objects.get()
    assert (done.sent_to, done.receipt_reference, done.enquiry_count) == ("desk@agency.example", "BF-77", 2)
    assert done.records.get().shown_version == 1
    assert "2 + 1" in words(council.get(ROOM))


def test_everything_written_comes_back_when_something_is_wrong(council, quick_pdf):
    draft = make_site()
    make_site(state="published")
    make_channel()
    address = f"{ROOM}deliveries/new/?channel=windy-agency&municipality=-"
    sheet = form(council.get(address), "")
    sheet.update({"title": "Power", "codes": draft.code, "message": "Look"})

    refused = council.post(address, dict(sheet.lists()))

    assert f"{draft.code} is not a published record" in words(refused)
    again = form(refused, "")
    assert (again["title"], again["codes"], again["message"]) == ("Power", draft.code, "Look")
    delivery = sent()
    page = council.post(
        f"{ROOM}deliveries/{delivery.code}/receipt/",
        {"receipt-received_on": "2999-01-01", "receipt-reference": "BF-1", "receipt-note": "Thanks"},
    )
    assert "The day has not come yet." in words(page)
    kept = form(page, "/receipt/")
    assert (kept["receipt-reference"], kept["receipt-note"]) == ("BF-1", "Thanks")
    assert PartnerDelivery.objects.get().state == "sent"


def test_a_municipality_prepares_and_is_not_offered_to_send(town, quick_pdf):
    make_channel()
    own, other = make_site(state="published"), make_site("paltamo", state="published")
    begin = words(town.get(f"{ROOM}deliveries/new/"))
    assert "Paltamo" not in begin
    address = f"{ROOM}deliveries/new/?channel=windy-agency"  # its only municipality is chosen for it
    sheet = form(town.get(address), "")
    assert other.code not in words(town.get(address))
    sheet.update({"title": "Ours", "records": own.code})
    town.post(address, dict(sheet.lists()))
    page = words(town.post(f"{ONE}pack/", follow=True))

    assert "The council sends them" in page
    assert "Note that you sent it" not in page
    assert town.post(f"{ONE}sent/", {"sent-sent_on": "2026-01-01", "sent-way": "mail"}).status_code == 403
    assert PartnerDelivery.objects.get().state == "draft"
    foreign = f"{ROOM}deliveries/new/?channel=windy-agency&municipality=paltamo"
    assert 'name="title"' not in town.get(foreign).content.decode()
    for address in (f"{ROOM}new/", f"{ROOM}windy-agency/edit/"):
        assert town.get(address).status_code == 403


def test_a_neighbour_and_a_partner_see_nothing_of_it(quick_pdf):
    delivery = sent(municipality="kuhmo")
    neighbour = signed_in(make_person(Role.MUNICIPALITY_OFFICER, "paltamo"))
    agency = signed_in(make_person(Role.NATIONAL_PARTNER))

    assert neighbour.get(f"{ROOM}deliveries/{delivery.code}/").status_code == 404
    assert neighbour.get(f"{ROOM}deliveries/{delivery.code}/files/json/").status_code == 404
    assert delivery.code not in words(neighbour.get(ROOM))
    for address in (ROOM, f"{ROOM}deliveries/", f"{ROOM}deliveries/{delivery.code}/"):
        assert agency.get(address).status_code == 403


def test_a_municipality_sees_where_the_council_offered_its_record_but_not_the_councils_notes(
    town, council, quick_pdf
):
    delivery = sent()
    address = f"{ROOM}deliveries/{delivery.code}/"
    answer = SimpleUploadedFile("secret-answer.pdf", b"%PDF-1.4\nx\n%%EOF", "application/pdf")
    council.post(
        f"{address}receipt/",
        {
            "receipt-received_on": localdate().isoformat(),
            "receipt-reference": "BF-77",
            "receipt-note": "Secret note",
            "receipt-file": answer,
        },
    )

    seen, inner = words(town.get(address)), words(council.get(address))
    assert "BF-77" in seen
    for secret in ("Secret note", "Ada Secret", "secret-answer"):
        assert secret in inner
        assert secret not in seen
    file = council.get(f"{address}receipt/file/")
    assert b"".join(file.streaming_content) == b"%PDF-1.4\nx\n%%EOF"
    assert town.get(f"{address}receipt/file/").status_code == 404


def test_what_is_due_stands_first_and_on_the_day_of_the_council(council, town, quick_pdf):
    site = make_site(state="published")
    delivery = sent(records=[site.code])
    catalogue.withdraw_site(site=site, by=make_person(Role.COORDINATOR), now=timezone.now())

    page = council.get(ROOM)
    assert "Tell them: a record was withdrawn" in words(page)
    address = f"{ROOM}deliveries/{delivery.code}/"
    for found in (page, council.get("/desk/")):
        assert "Tell them: a record was withdrawn" in words(found)
        assert f'href="{address}"' in found.content.decode()
    assert "Tell them" not in words(town.get("/desk/"))
    assert f"Withdrawn since it was given: {site.code}" in words(council.get(address))
    sheet = form(council.get(address), "/told/")
    council.post(f"{address}told/", dict(sheet.lists()))
    assert "Nothing is due" in words(council.get(ROOM))


def test_the_files_of_a_draft_with_a_withdrawn_record_are_not_handed_out(council, quick_pdf):
    site = make_site(state="published")
    delivery = packed(records=[site.code])
    catalogue.withdraw_site(site=site, by=make_person(Role.COORDINATOR), now=timezone.now())

    for ending in ("json", "eml", "pdf"):
        assert council.get(f"{ROOM}deliveries/{delivery.code}/files/{ending}/").status_code == 302
    assert f"No longer public: {site.code}" in words(council.get(f"{ROOM}deliveries/{delivery.code}/"))


def test_the_newest_versions_are_prepared_from_an_old_delivery(council, quick_pdf):
    kept, gone = make_site(state="published"), make_site(state="published")
    delivery = sent(records=[kept.code, gone.code])
    catalogue.withdraw_site(site=gone, by=make_person(Role.COORDINATOR), now=timezone.now())

    page = council.get(f"{ROOM}deliveries/new/?again={delivery.code}")

    sheet = form(page, "")
    assert sheet.getlist("records") == [kept.code]
    assert sheet["title"] == delivery.title


def test_without_a_typesetter_the_page_says_so(council, monkeypatch):
    def broken(document):
        raise pdf.CannotRender("time")

    monkeypatch.setattr(packing, "delivery_pdf", broken)
    make_delivery()

    assert "took too long" in words(council.post(f"{ONE}pack/", follow=True))
    assert PartnerDelivery.objects.get().packed_at is None


def test_the_lists_narrow_and_odd_addresses_do_no_harm(council, quick_pdf):
    sent()
    make_delivery(channel=make_channel("Other Place"))

    narrowed = words(council.get(f"{ROOM}deliveries/?state=sent&channel=windy-agency"))
    assert "windy-agency-001" in narrowed
    assert "other-place-001" not in narrowed
    assert "No delivery fits" in words(council.get(f"{ROOM}deliveries/?state=ended"))
    for odd in ("?state=%00&channel=%00", "?page=-1", "?state=nothing"):
        assert council.get(f"{ROOM}deliveries/{odd}").status_code == 200
    for odd in ("?again=%00", "?channel=%00&municipality=%00", "?municipality=atlantis", "?records=%00,x"):
        assert council.get(f"{ROOM}deliveries/new/{odd}").status_code == 200
    assert council.get(f"{ROOM}deliveries/new/?again=nothing").status_code == 404
    odd = f"{ROOM}deliveries/new/?channel=windy-agency&municipality=-&records=%00,NO-SUCH"
    assert council.get(odd).status_code == 200
    assert council.post(odd, {"title": "X", "codes": "\x00 NO", "language": "en"}).status_code == 200


def test_more_records_than_boxes_are_given_by_their_codes(council, quick_pdf, monkeypatch):
    from vetovoima.desk.partners import forms

    monkeypatch.setattr(forms, "MOST_BOXES", 1)
    make_channel()
    codes = [make_site(state="published").code for _number in range(3)]
    address = f"{ROOM}deliveries/new/?channel=windy-agency&municipality=-&records={codes[2]},{codes[0]}"
    page = council.get(address)
    assert "There are more records than are shown here" in words(page)
    sheet = form(page, "")
    sheet["title"] = "All of them"
    sheet["codes"] = f"{sheet['codes']}, {codes[1].lower()}"

    council.post(address, dict(sheet.lists()))

    rows = list(PartnerDelivery.objects.get().records.values_list("code", flat=True))
    assert rows == [codes[2], codes[0], codes[1]]


def test_the_way_to_the_room_is_in_the_list_of_sites(council, town):
    make_municipality("kuhmo")
    for browser in (council, town):
        assert "Other channels" in words(browser.get("/desk/sites/"))
