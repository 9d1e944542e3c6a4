"""The enquiry form. No cookie: the form carries a signed token of its own, so it can be sent from a page kept open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.common.network import client_address
from vetovoima.pipeline.intake import (
    EnquiryInput,
    Receipt,
    SubmissionExpired,
    new_submission_token,
    receive_enquiry,
)
from vetovoima.portal.calendar_file import enquiry_calendar
from vetovoima.portal.forms import EnquiryForm
from vetovoima.portal.languages import absolute, current_language
from vetovoima.portal.prefill import prefilled
from vetovoima.portal.visiting import FIELD as VISIT
from vetovoima.portal.visiting import count_enquiry, sealed_visit
from vetovoima.syndication.queries import published_site

SALT = "vetovoima.portal.receipt"
#: a field that people do not see; whoever fills it is not a person
HONEYPOT = "website"
REQUIRED = ("name", "email", "company", "country", "message")
OPTIONAL = ("phone", "sector", "municipality", "size")


@public_door
@csrf_exempt  # nothing here rests on a session: the token is signed, dated and used once (see pipeline.intake)
@gzip_page  # the page cache, which compresses the rest, passes it by; a token that is new each time gives sizes nothing to tell
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it: a receipt, or the same form with everything kept and a clear word."""
    language, now = current_language(), timezone.now()
    if request.method != "POST":
        form = EnquiryForm(language=language, initial=prefilled(request.GET, language))
        return _form(request, form, new_submission_token(now))
    form, token = EnquiryForm(request.POST, language=language), request.POST.get("token", "")
    if not form.is_valid():
        return _form(request, form, token, status=422)
    try:
        receipt = receive_enquiry(_input(request, form, language), token, now)
    except SubmissionExpired as expired:
        return _form(request, form, expired.new_token, status=422, problem=expired_problem(expired))
    except ValidationError as error:
        add_errors(form, error)
        return _form(request, form, token, status=422)
    return to_receipt(request, receipt)


def expired_problem(expired: SubmissionExpired) -> dict[str, str]:
    """What is said above a form that was open for too long."""
    return {"title": _("The form was open for a long time"), "text": str(expired)}


def add_errors(form: Any, error: ValidationError) -> None:
    """This will show what the intake refused at the fields that it is about."""
    for name, messages in error.message_dict.items():
        form.add_error(name if name in form.fields else None, messages)


def to_receipt(request: HttpRequest, receipt: Receipt, calls: list[datetime] | None = None) -> HttpResponse:
    """This will count the enquiry once and lead to its thank-you page, whose address holds all that it shows."""
    if not receipt.is_repeat and not request.POST.get(HONEYPOT, ""):
        count_enquiry(request)
    content: dict[str, Any] = {"reference": receipt.reference, "due": receipt.due_at.isoformat()}
    if calls:
        content["calls"] = [one.isoformat() for one in calls]
    return redirect("portal-enquiry-received", receipt=signing.dumps(content, salt=SALT))


def _input(request: HttpRequest, form: EnquiryForm, language: str) -> EnquiryInput:
    typed = {name: form.cleaned_data[name] for name in form.fields}
    return EnquiryInput(
        **typed,
        language=language,
        trap=request.POST.get(HONEYPOT, ""),
        network_address=network_address(request),
    )


def network_address(request: HttpRequest) -> str:
    """Whence it came, to be counted and never stored."""
    return client_address(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""))


def _form(
    request: HttpRequest,
    form: EnquiryForm,
    token: str,
    *,
    status: int = 200,
    problem: dict[str, str] | None = None,
) -> HttpResponse:
    code = str(form["site"].value() or "")
    found = published_site(code.upper(), current_language()) if code else None
    context: dict[str, Any] = {
        "form": form,
        "token": token,
        "problem": problem,
        "site": found.card if found else None,
        "site_contact": found.body.get("contact") if found else None,
        "required_fields": [form[name] for name in REQUIRED],
        "optional_fields": [form[name] for name in OPTIONAL],
        "optional_open": any(form[name].errors or form[name].value() for name in OPTIONAL),
        **hidden(request),
    }
    return _private(render(request, "portal/enquiry.html", context, status=status))


def hidden(request: HttpRequest) -> dict[str, str]:
    """What a form carries unseen: the trap's name, and the sealed source of the visit."""
    return {"honeypot": HONEYPOT, "visit_field": VISIT, "visit": sealed_visit(request)}


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


@public_door
@never_cache
@require_safe
def received(request: HttpRequest, receipt: str) -> HttpResponse:
    """The thank-you page: the reference number and the day of the answer, out of a sealed address."""
    read = _opened(receipt)
    return _private(render(request, "portal/enquiry_received.html", {**read, "receipt": receipt}))


@public_door
@never_cache
@require_safe
def received_calendar(request: HttpRequest, receipt: str) -> HttpResponse:
    """The calendar file to it: by when the answer comes, and the proposed times of a call."""
    read = _opened(receipt)
    url = absolute(f"/{current_language()}/enquiry/")
    body = enquiry_calendar(
        reference=read["reference"], due=read["due"], calls=read["calls"], now=timezone.now(), url=url
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response.headers["Content-Disposition"] = f'attachment; filename="{read["reference"]}.ics"'
    return _private(response)


def _opened(receipt: str) -> dict[str, Any]:
    try:
        read = signing.loads(receipt, salt=SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    calls = [datetime.fromisoformat(one) for one in read.get("calls", ())]
    return {"reference": read["reference"], "due": datetime.fromisoformat(read["due"]), "calls": calls}
