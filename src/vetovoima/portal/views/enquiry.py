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
from django.views.decorators.http import require_http_methods, require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.common.network import client_address
from vetovoima.pipeline.intake import EnquiryInput, SubmissionExpired, new_submission_token, receive_enquiry
from vetovoima.portal.forms import EnquiryForm
from vetovoima.portal.languages import current_language
from vetovoima.syndication.queries import published_site

SALT = "vetovoima.portal.receipt"
#: a field that people do not see; whoever fills it is not a person
HONEYPOT = "website"
REQUIRED = ("name", "email", "company", "country", "message")
OPTIONAL = ("phone", "sector", "municipality", "size")
FROM_ADDRESS = ("site", "sector", "municipality")


@public_door
@csrf_exempt  # nothing here rests on a session: the token is signed, dated and used once (see pipeline.intake)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it: a receipt, or the same form with everything kept and a clear word."""
    language, now = current_language(), timezone.now()
    if request.method != "POST":
        initial = {name: request.GET.get(name, "")[:60] for name in FROM_ADDRESS}
        return _form(request, EnquiryForm(language=language, initial=initial), new_submission_token(now))
    form, token = EnquiryForm(request.POST, language=language), request.POST.get("token", "")
    if not form.is_valid():
        return _form(request, form, token, status=422)
    try:
        receipt = receive_enquiry(_input(request, form, language), token, now)
    except SubmissionExpired as expired:
        problem = {"title": _("The form was open for a long time"), "text": str(expired)}
        return _form(request, form, expired.new_token, status=422, problem=problem)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            form.add_error(name if name in form.fields else None, messages)
        return _form(request, form, token, status=422)
    sealed = signing.dumps({"reference": receipt.reference, "due": receipt.due_at.isoformat()}, salt=SALT)
    return redirect("portal-enquiry-received", receipt=sealed)


def _input(request: HttpRequest, form: EnquiryForm, language: str) -> EnquiryInput:
    typed = {name: form.cleaned_data[name] for name in form.fields}
    return EnquiryInput(
        **typed,
        language=language,
        trap=request.POST.get(HONEYPOT, ""),
        network_address=_network_address(request),
    )


def _network_address(request: HttpRequest) -> str:
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
        "honeypot": HONEYPOT,
        "required_fields": [form[name] for name in REQUIRED],
        "optional_fields": [form[name] for name in OPTIONAL],
        "optional_open": any(form[name].errors or form[name].value() for name in OPTIONAL),
    }
    response = render(request, "portal/enquiry.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@public_door
@never_cache
@require_safe
def received(request: HttpRequest, receipt: str) -> HttpResponse:
    """The thank-you page: the reference number and the day of the answer, out of a sealed address."""
    try:
        read = signing.loads(receipt, salt=SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    context = {"reference": read["reference"], "due": datetime.fromisoformat(read["due"])}
    response = render(request, "portal/enquiry_received.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
