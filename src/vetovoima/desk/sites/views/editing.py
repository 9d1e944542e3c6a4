"""Editing a record: one form of many groups, each saved by itself or all at once, and nothing typed is ever lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue import drafts, queries, rules, services
from vetovoima.catalogue.enums import EDITABLE
from vetovoima.catalogue.listing import site_to_edit
from vetovoima.desk.requests import DeskRequest, is_fragment
from vetovoima.desk.sites.changes import Conflict, conflict_of
from vetovoima.desk.sites.forms import Lookups, SiteForm, Typed, groups_of
from vetovoima.desk.sites.pages import edit_page, group_page
from vetovoima.desk.sites.profiles import changed_profiles, tell_required
from vetovoima.desk.sites.values import Words

from .records import site_or_404

if TYPE_CHECKING:
    from vetovoima.catalogue.models import Site


@door(Kind.SITE, Action.EDIT)
def site_edit(request: DeskRequest, code: str) -> HttpResponse:
    """This will show the form, and save all of it when it is sent whole."""
    if request.method == "POST":
        return _save(request, site_or_404(request, code))
    try:
        site = site_to_edit(request.user, code)
    except queries.NoSuchSite as error:
        raise Http404 from error
    if site.state not in EDITABLE:
        messages.warning(
            request, _("The record is being reviewed. It can be edited again when the review is done.")
        )
        return redirect("desk:site", site.code)
    if not rules.can_edit(request.user, site):
        raise PermissionDenied
    kept = drafts.drafts_of(request.user, site)
    lookups = Lookups(request.user, site)
    form = SiteForm(site, lookups)
    is_continued = bool(kept and request.GET.get("continue"))
    if is_continued:
        typed = Typed({name: text for draft in kept for name, text in draft.data.items()})
        form = SiteForm(site, lookups, typed, revision=min(draft.revision for draft in kept))
        form.is_valid()
    page = edit_page(request, form, kept=kept, is_continued=is_continued)
    return render(request, "desk/sites/edit.html", page)


@door(Kind.SITE, Action.EDIT)
def group_edit(request: DeskRequest, code: str, group: str) -> HttpResponse:
    """This will save one group; what was typed into others is kept as unsaved text. Opened, it leads to the form."""
    site = site_or_404(request, code)
    if group not in groups_of(site):
        raise Http404
    if request.method != "POST":
        return redirect(reverse("desk:site-edit", args=[code]) + f"#{group}")
    return _save(request, site, group)


@door(Kind.SITE, Action.EDIT)
def profiles_edit(request: DeskRequest, code: str) -> HttpResponse:
    """This will save the profiles, and show the form with their fields; what was typed is kept as unsaved text."""
    site = site_or_404(request, code)
    if request.method != "POST":
        return redirect("desk:site-edit", code)
    keep_typed(request, site)
    before = list(site.profiles)
    try:
        saved = services.edit_site(
            site=site, values={"profiles": request.POST.getlist("profiles")}, by=request.user, now=timezone.now(),
            revision=None,
        )  # fmt: skip
    except services.CannotChange as error:
        messages.warning(request, str(error))
        return redirect("desk:site", code)
    tell_required(request, saved, before)
    address = reverse("desk:site-edit", args=[code]) + "?continue=1"
    if is_fragment(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def keep_typed(request: DeskRequest, site: Site, but: str = "") -> bool:
    """This will keep what a page sent and nobody saved, but for one group; returns whether there was any."""
    form = SiteForm(site, Lookups(request.user, site), Typed.of_request(request.POST))
    is_any = False
    for group in form.groups:
        if group.changed and group.name != but:
            is_any = True
            try:
                drafts.keep_draft(
                    site=site, group=group.name, data=group.changed, revision=form.revision, by=request.user,
                    now=timezone.now(),
                )  # fmt: skip
            except services.CannotChange as error:
                messages.warning(request, str(error))
    return is_any


class _Refused(Exception):
    """The form cannot be saved as it is: `form` says why; `conflict` when somebody else saved meanwhile."""

    def __init__(self, form: SiteForm, conflict: Conflict | None = None, status: int = 200) -> None:
        super().__init__()
        self.form, self.conflict, self.status = form, conflict, status


def _save(request: DeskRequest, site: Site, group: str = "") -> HttpResponse:
    """Save the whole form or one group of it, and answer with the next page or with the group alone."""
    try:
        saved = _saved(request, site, group)
    except _Refused as refused:
        return _refused(request, refused, group)
    drafts.discard_drafts(site=saved, by=request.user, groups=[group] if group else None)
    change = queries.history(saved).first() if saved.revision != site.revision else None
    if group and is_fragment(request):
        page = group_page(request, SiteForm(saved, Lookups(request.user, saved)), group, change=change)
        return render(request, "desk/sites/_group_saved.html", page)
    more = f"?saved={change.pk}" if change else ""
    if not group:
        tell_required(request, saved, site.profiles)
        messages.success(request, _("Saved. The public record is unchanged until this is published."))
        return redirect(reverse("desk:site", args=[site.code]) + more)
    if keep_typed(request, saved, but=group):
        more += ("&" if more else "?") + "continue=1"
    return redirect(reverse("desk:site-edit", args=[site.code]) + more + f"#{group}")


def _saved(request: DeskRequest, site: Site, group: str) -> Site:
    """Save what was typed over what others saved meanwhile; raises _Refused."""
    lookups = Lookups(request.user, site)
    form = SiteForm(site, lookups, Typed.of_request(request.POST), group)
    form = form.with_saved(request.POST.getlist("theirs"))
    if form.revision != site.revision:
        conflict = conflict_of(form, site, form.revision, Words())
        if conflict.is_real:
            raise _Refused(form.settled(), conflict, 409)
        form = form.with_saved(list(conflict.untouched))
    if not form.is_valid():
        raise _Refused(form)
    values = form.values(checked=request.POST.get("checked", ""), by=request.user)
    profiles = None if group else changed_profiles(form.typed)
    if profiles is not None:
        values["profiles"] = profiles
    try:
        services.edit_site(
            site=site, values=values, by=request.user, now=timezone.now(), revision=site.revision
        )
    except services.ChangedMeanwhile as error:
        fresh = site_or_404(request, site.code)
        now = form.on(fresh, form.revision).settled()
        raise _Refused(now, conflict_of(now, fresh, site.revision, Words()), 409) from error
    except (services.CannotChange, ValidationError) as error:
        form.refuse(error)
        raise _Refused(form, status=200 if isinstance(error, ValidationError) else 409) from error
    return site_or_404(request, site.code)


def _refused(request: DeskRequest, refused: _Refused, group: str) -> HttpResponse:
    """The form again, as it was typed, with what is wrong or with the other's values beside one's own."""
    form = refused.form
    if refused.conflict is not None:
        form.revision = form.site.revision
        form.is_valid()
    if group and is_fragment(request):
        part = group_page(request, form, group, conflict=refused.conflict)
        return render(request, "desk/sites/_group_refused.html", part)
    if group:  # without script the page sent all groups: all are shown again as they were typed
        form = _whole(form, request)
    page: dict[str, Any] = edit_page(request, form, opened=group)
    return render(
        request, "desk/sites/edit.html", {**page, "conflict": refused.conflict}, status=refused.status
    )


def _whole(one: SiteForm, request: DeskRequest) -> SiteForm:
    form = SiteForm(one.site, one.lookups, Typed.of_request(request.POST), revision=one.revision)
    form.general = one.general
    for group in form.groups:
        if found := one.by_name.get(group.name):
            group.errors = found.errors
    return form
