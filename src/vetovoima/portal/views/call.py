"""Proposing a call: times in office hours, shown in the region's time and the visitor's; it becomes an enquiry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from vetovoima.accounts.doors import public_door
from vetovoima.pipeline.intake import EnquiryInput, SubmissionExpired, new_submission_token, receive_enquiry
from vetovoima.portal.call_form import CallForm
from vetovoima.portal.call_times import free_weekdays, in_both, office
from vetovoima.portal.languages import current_language

from .enquiry import HONEYPOT, add_errors, expired_problem, hidden, network_address, to_receipt


@public_door
@csrf_exempt  # as the enquiry form: the token is signed, dated and used once
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """The form with the coming office hours; sent, it is an enquiry like any other, with the proposed times in it."""
    now, of = timezone.now(), office()
    if request.method != "POST" or "show_times" in request.POST:
        given = request.POST if request.method == "POST" else request.GET
        form = CallForm(now=now, of=of, initial={name: given.get(name, "")[:2000] for name in given})
        return _form(request, form, new_submission_token(now))
    form, token = CallForm(request.POST, now=now, of=of), request.POST.get("token", "")
    if not form.is_valid():
        return _form(request, form, token, status=422)
    calls = form.proposed()
    try:
        receipt = receive_enquiry(_input(request, form, calls), token, now)
    except SubmissionExpired as expired:
        return _form(request, form, expired.new_token, status=422, problem=expired_problem(expired))
    except ValidationError as error:
        add_errors(form, error)
        return _form(request, form, token, status=422)
    return to_receipt(request, receipt, calls)


def _input(request: HttpRequest, form: CallForm, calls: list[datetime]) -> EnquiryInput:
    read = form.cleaned_data
    lines = [
        _("I propose a call. Times that suit me, the best first:"),
        *(_in_words(one, form) for one in calls),
    ]
    message = "\n".join([*lines, "", read["about"]]).strip()
    return EnquiryInput(
        message=message, name=read["name"], email=read["email"], company=read["company"], phone=read["phone"],
        site=read["site"], language=current_language(), trap=request.POST.get(HONEYPOT, ""),
        network_address=network_address(request),
    )  # fmt: skip


def _in_words(moment: datetime, form: CallForm) -> str:
    """One time, here and there: "12 October 2026 10:00 Helsinki = 12 October 2026 08:00 London"."""
    both = in_both(moment, form.theirs)
    said = [f"{date_format(one, 'SHORT_DAY')} {one:%H:%M} {one.tzinfo}" for one in both]
    return "- " + " = ".join(dict.fromkeys(said))


def _form(
    request: HttpRequest,
    form: CallForm,
    token: str,
    *,
    status: int = 200,
    problem: dict[str, str] | None = None,
) -> HttpResponse:
    shown: dict[str, Any] = {
        "form": form,
        "token": token,
        "problem": problem,
        "who": [form[name] for name in ("name", "email", "company", "phone", "about")],
        "choices": form.choices(),
        "here": form.of.zone.key,
        "closed": free_weekdays(form.days, form.of),
        **hidden(request),
    }
    response = render(request, "portal/enquiry_call.html", shown, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
