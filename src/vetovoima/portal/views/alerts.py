"""Saved searches: asked for with an address, confirmed by a letter, changed and stopped by a link. No account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.common.network import client_address
from vetovoima.portal.facets import chips
from vetovoima.portal.forms import refuse_control_characters
from vetovoima.portal.languages import current_language
from vetovoima.portal.search_form import SearchForm
from vetovoima.syndication.alerts import services
from vetovoima.syndication.alerts.enums import Frequency
from vetovoima.syndication.alerts.links import Purpose, token
from vetovoima.syndication.alerts.queries import search_of

if TYPE_CHECKING:
    from vetovoima.syndication.alerts.models import SavedSearch

#: a field that people do not see; whoever fills it is not a person
HONEYPOT = "website"
MOST_QUERY = 1500
NOT_KEPT = ("page", "sort", "fragment", "view")


class AlertForm(forms.Form):
    """Where to write, and how often."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={"required": _("Write the e-mail address to write to.")},
    )
    frequency = forms.ChoiceField(
        label=_("How often"),
        choices=Frequency.choices,
        initial=Frequency.DAILY,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often we write to you.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "alert_%s", **kwargs})
        self.fields["email"].widget.attrs.update({"autocomplete": "email", "class": "input"})
        self.fields["email"].validators.append(refuse_control_characters)


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by no cache, named by no search engine, and the link is told to no other site."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _search(text: str) -> tuple[QueryDict, SearchForm, str]:
    """A search out of an address: its query without page and order, read, and in words."""
    query = QueryDict(text.lstrip("?")[:MOST_QUERY], mutable=True)
    for name in NOT_KEPT:
        query.pop(name, None)
    for name in [name for name, values in query.lists() if not any(values)]:
        query.pop(name)
    if "q" in query:
        query.setlist(
            "q", query.getlist("q")[-1:]
        )  # the last one is searched for; no other is written into a letter
    form = SearchForm(query, current_language())
    form.is_valid()
    words = " · ".join(chip["word"] for chip in chips(form, query))
    return query, form, words


@public_door
@csrf_exempt  # no session: the address is confirmed by a letter, and letters are counted
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form for a search, and what becomes of it: a letter is on its way, or what to mend with all kept."""
    is_sent = request.method == "POST"
    text = request.POST.get("search", "") if is_sent else request.META.get("QUERY_STRING", "")
    query, search, words = _search(text)
    if not is_sent:
        return _asked(request, AlertForm(), query, words)
    form = AlertForm(request.POST)
    if not form.is_valid():
        return _asked(request, form, query, words, status=422)
    wish = services.Wish(
        email=form.cleaned_data["email"],
        language=current_language(),
        frequency=form.cleaned_data["frequency"],
        query=query.urlencode(),
        words=words,
        terms=search.terms(),
        trap=request.POST.get(HONEYPOT, ""),
        network_address=client_address(
            request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
        ),
    )
    try:
        services.ask_for_alerts(wish=wish, now=timezone.now())
    except (ValidationError, services.CannotSave) as error:
        form.add_error(None, error.messages[0] if isinstance(error, ValidationError) else str(error))
        return _asked(request, form, query, words, status=422)
    response = redirect("portal-alert-sent")
    return _private(response)


def _asked(
    request: HttpRequest, form: AlertForm, query: QueryDict, words: str, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "search": query.urlencode(), "words": words, "honeypot": HONEYPOT}
    return _private(render(request, "portal/alert.html", context, status=status))


@public_door
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next; the same whatever became of the form, so that it tells nothing of the address."""
    return _private(render(request, "portal/alert_sent.html"))


def _gone(request: HttpRequest, why: str = "") -> HttpResponse:
    return _private(render(request, "portal/alert_gone.html", {"why": why}, status=404))


@public_door
@csrf_exempt  # the link is the right
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button: programs that open every link of a letter confirm nothing."""
    search = search_of(token, Purpose.CONFIRM)
    if search is None:
        return _gone(request)
    if request.method == "POST":
        try:
            search = services.confirm(search=search, now=timezone.now())
        except services.CannotConfirm as error:
            return _gone(request, str(error))
    if search.confirmed_at is None:
        return _private(render(request, "portal/alert_confirm.html", _told(search)))
    if request.method == "POST":
        return _to_manage(search, "confirmed")
    return _private(render(request, "portal/alert_confirmed.html", _told(search)))


def _told(search: SavedSearch) -> dict[str, Any]:
    return {
        "search": search,
        "frequencies": Frequency.choices,
        "manage_token": token(search.key, Purpose.MANAGE),
        "masked": f"{search.email[:1]}…@{search.email.rpartition('@')[2]}",
    }


def _to_manage(search: SavedSearch, did: str) -> HttpResponse:
    response = redirect("portal-alert", token=token(search.key, Purpose.MANAGE))
    response.headers["Location"] += f"?did={did}"
    return _private(response)


@public_door
@csrf_exempt  # the link is the right
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """What is saved, how often it writes, and the end of it."""
    search = search_of(token, Purpose.MANAGE)
    if search is None:
        return _gone(request)
    if request.method == "POST":
        try:
            frequency = request.POST.get("frequency", "")
            services.change_frequency(search=search, frequency=frequency, now=timezone.now())
        except ValidationError as error:
            context = {**_told(search), "problem": error.messages[0]}
            return _private(render(request, "portal/alert_manage.html", context, status=422))
        return _to_manage(search, "changed")
    context = {**_told(search), "did": request.GET.get("did", "")[:12]}
    return _private(render(request, "portal/alert_manage.html", context))


@public_door
@csrf_exempt  # a mail program sends this POST by itself, with nothing but the link (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """A POST erases the search at once, a second one finds nothing to do; a GET asks with one button."""
    search = search_of(token, Purpose.MANAGE)
    if request.method == "POST":
        if search is not None:
            services.stop(search=search)
        return _private(render(request, "portal/alert_stopped.html"))
    if search is None:
        return _gone(request)
    return _private(render(request, "portal/alert_stop.html", _told(search)))
