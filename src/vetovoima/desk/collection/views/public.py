"""Answering by a link, without an account: one municipality's part of one round and nothing else.

The pages are kept by no cache, named by no search engine, and tell no other site where they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import public_door
from vetovoima.collection.rounds import answers, links
from vetovoima.collection.rounds.workbook import write_form
from vetovoima.common.network import address_of
from vetovoima.desk.collection.answer_form import AnswerForm
from vetovoima.desk.collection.answering import hand_in, read_upload, save
from vetovoima.desk.collection.forms import UploadForm
from vetovoima.desk.collection.shapes import answer_page

from .answering import XLSX

if TYPE_CHECKING:
    from vetovoima.collection.models.rounds import AnswerLink

#: how many links that open nothing one network address may try in an hour, and how often one link may be written to
WRONG_LINKS, WRITES = 30, 600
HOUR = 3600

LinkView = Callable[[HttpRequest, "AnswerLink", str], HttpResponse]


def _by_link(view: LinkView) -> Callable[..., HttpResponse]:
    """This will open the link first; a wrong, revoked or expired one looks the same and opens nothing."""

    @public_door
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        # `wraps` names the view; its own address is not to be followed through to the function that takes a link.
        try:
            link = _open(request, token)
            if request.method == "POST" and _is_above(f"link:{link.pk}", WRITES):
                response = _gone(request, status=429)
            else:
                response = view(request, link, token)
        except links.MakerHasLeft as error:
            response = _gone(request, status=404, municipality=error.municipality)
        except links.LinkNotValid:
            response = _gone(request, status=429 if _is_above(_whence(request), WRONG_LINKS, 0) else 404)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return opened


def _open(request: HttpRequest, token: str) -> AnswerLink:
    """The link of a secret. Whoever tries many wrong ones is not heard any more; what is no secret at all is refused
    without counting."""
    if not links.looks_like_secret(token) or _is_above(_whence(request), WRONG_LINKS, 0):
        raise links.LinkNotValid
    try:
        return links.open_link(token, timezone.now())
    except links.MakerHasLeft:
        raise  # no guess: the holder has the whole secret, and is told whom to ask
    except links.LinkNotValid:
        _is_above(_whence(request), WRONG_LINKS)
        raise


def _whence(request: HttpRequest) -> str:
    return "net:" + hashlib.sha256(address_of(request.META).encode()).hexdigest()[:32]


def _is_above(who: str, most: int, step: int = 1) -> bool:
    """Count a try, and say whether there were too many within the hour; step 0 only asks."""
    key = f"answer-link:{who}"
    if step == 0:
        return int(cache.get(key, 0)) > most
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > most
    except ValueError:
        # It ran out between the two calls: the hour is over, the count begins again.
        cache.set(key, 1, HOUR)
        return False


def _gone(request: HttpRequest, *, status: int, **more: Any) -> HttpResponse:
    page = {"is_slowed": status == 429, **more}
    return render(request, "desk/collection/link_over.html", page, status=status)


def _page(
    request: HttpRequest, link: AnswerLink, token: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    task = link.task
    shown = answer_page(
        task, timezone.now(), form=AnswerForm(task), upload=UploadForm(), link=link, token=token
    )
    addresses = {
        "answer_url": _address("round-answer", token),
        "save_url": _address("round-answer-save", token),
        "workbook_url": _address("round-answer-workbook", token),
        "upload_url": _address("round-answer-upload", token),
    }
    return render(request, "desk/collection/answer.html", {**shown, **addresses, **more}, status=status)


def _address(name: str, token: str) -> str:
    """An address behind a link, in the language of the page: nobody is signed in whose language were known."""
    return f"{reverse(name, args=[token])}?lang={(get_language() or 'fi')[:2]}"


def _writer(request: HttpRequest, link: AnswerLink) -> answers.Writer:
    return answers.Writer(link=link, page=request.POST.get("page", ""))


@_by_link
def answer(request: HttpRequest, link: AnswerLink, token: str) -> HttpResponse:
    """This will show the form of a link, save what is typed, and hand it in."""
    if request.method != "POST":
        return _page(request, link, token)
    links.note_use(link=link, now=timezone.now())
    act = hand_in if "hand_in" in request.POST else save
    outcome = act(link.task, request.POST, _writer(request, link))
    if outcome.is_done:
        messages.success(
            request,
            _("Handed in. Thank you.")
            if outcome.is_handed_in
            else _("Saved as a draft. It is not handed in yet."),
        )
        return redirect(_address("round-answer", token))
    link.task = outcome.task
    return _page(
        request, link, token, status=outcome.status, form=outcome.form, differences=outcome.differences
    )


@_by_link
def answer_save(request: HttpRequest, link: AnswerLink, token: str) -> HttpResponse:
    """This will keep what is typed while it is typed."""
    if request.method != "POST":
        return redirect(_address("round-answer", token))
    outcome = save(link.task, request.POST, _writer(request, link))
    return render(request, "desk/collection/_saved.html", outcome.fragment)


@_by_link
def answer_workbook(request: HttpRequest, link: AnswerLink, token: str) -> HttpResponse:
    """This will give the form as a workbook."""
    content = write_form(link.task, (get_language() or "fi")[:2])
    response = HttpResponse(content, content_type=XLSX)
    name = f"{link.task.round.code}-{link.task.municipality.slug}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@_by_link
def answer_upload(request: HttpRequest, link: AnswerLink, token: str) -> HttpResponse:
    """This will read a filled-in workbook into the draft."""
    if request.method != "POST":
        return redirect(_address("round-answer", token))
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid() and read_upload(link.task, form, _writer(request, link)):
        links.note_use(link=link, now=timezone.now())
        messages.success(request, _("The workbook was read. Look through it below, then hand it in."))
        return redirect(_address("round-answer", token))
    return _page(request, link, token, upload=form)
