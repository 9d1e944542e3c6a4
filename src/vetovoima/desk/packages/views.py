"""Offer packages: the list, one package, its form and its states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.desk.requests import DeskRequest, refusal_told, with_revision
from vetovoima.syndication.packages import queries, rules, services
from vetovoima.syndication.packages.enums import PackageState

from .forms import PackageForm, TownForm
from .shapes import detail_page, list_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from vetovoima.reference.models import Municipality
    from vetovoima.syndication.packages.models import OfferPackage

PER_PAGE = 50


def package_or_404(request: DeskRequest, package: str) -> OfferPackage:
    """This will return a package that the person may see; absent and hidden are the same 404."""
    try:
        return queries.package_for(request.user, package)
    except queries.NoSuchPackage as error:
        raise Http404 from error


@door(Kind.PACKAGE, Action.VIEW)
@require_safe
def package_list(request: DeskRequest) -> HttpResponse:
    """This will list the packages that a person may see."""
    state = request.GET.get("state", "")
    asked = {
        "state": state if state in PackageState.values else "",
        "municipality": request.GET.get("municipality", "")[:60],
    }
    page = Paginator(queries.packages_for(request.user, **asked), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/packages/list.html", list_page(request.user, page, asked))


@door(Kind.PACKAGE, Action.CREATE)
def package_new(request: DeskRequest) -> HttpResponse:
    """This will begin a package: of `municipality`, or of the records named in `sites`."""
    codes = [code for code in request.GET.get("sites", "")[:2000].split(",") if code]
    town = _town(request, codes)
    if town is None:
        if codes:
            messages.warning(request, _("Choose published records of one municipality."))
        shown = {"area_name": "sites", "form": TownForm(request.user)}
        return render(request, "desk/packages/town.html", shown)
    form = PackageForm(town, request.POST if request.method == "POST" else None, chosen=codes)
    if request.method == "POST" and form.is_valid():
        try:
            package = services.create_package(
                municipality=town, values=form.values(), by=request.user, now=timezone.now()
            )
        except (ValidationError, services.CannotChange) as error:
            form.refuse(error)
        else:
            messages.success(
                request,
                _("The package %(code)s was begun. Only the municipality and the council see it.")
                % {"code": package.code},
            )
            return redirect("desk:package", package.code)
    return render(request, "desk/packages/edit.html", {"area_name": "sites", "form": form, "town": town})


def _town(request: DeskRequest, codes: list[str]) -> Municipality | None:
    """Whose offer is packaged: of the records named, as asked, or the only one there is to choose."""
    if codes:
        return queries.municipality_of_records(request.user, codes)
    towns = {one.slug: one for one in queries.creatable_municipalities(request.user)}
    if len(towns) == 1:
        return next(iter(towns.values()))
    return towns.get(request.GET.get("municipality", ""))


@door(Kind.PACKAGE, Action.VIEW)
@require_safe
def package_detail(request: DeskRequest, package: str) -> HttpResponse:
    """This will show a package as it will be read, and what it still lacks."""
    found = package_or_404(request, package)
    return render(
        request, "desk/packages/detail.html", detail_page(request.user, found, request.GET.get("lang", ""))
    )


@door(Kind.PACKAGE, Action.EDIT)
def package_edit(request: DeskRequest, package: str) -> HttpResponse:
    """This will show the form of a package, and save what was sent."""
    found = package_or_404(request, package)
    if not rules.can_edit(request.user, found):
        raise PermissionDenied
    form = PackageForm(found.municipality, request.POST if request.method == "POST" else None, found)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_package(
                package=found, values=form.values(), by=request.user, now=timezone.now(),
                revision=form.cleaned_data["revision"],
            )  # fmt: skip
        except services.ChangedMeanwhile:
            form, status = _conflict(request, package), 409
        except (ValidationError, services.CannotChange) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:package", found.code)
    shown = {"area_name": "sites", "form": form, "town": found.municipality, "package": found}
    return render(request, "desk/packages/edit.html", {**shown, "is_conflict": status == 409}, status=status)


def _conflict(request: DeskRequest, package: str) -> PackageForm:
    """The form with one's own text on top of what others saved meanwhile; sending it again saves one's own."""
    fresh = package_or_404(request, package)
    return PackageForm(fresh.municipality, with_revision(request, fresh.revision), fresh)


def _changed(request: DeskRequest, package: str, change: Callable[..., Any], said: str) -> HttpResponse:
    """Make one change that takes nothing but the package, and go to the package that came of it."""
    found = package_or_404(request, package)
    if request.method == "POST":
        with refusal_told(request, ValidationError, services.CannotChange):
            found = change(package=found, by=request.user, now=timezone.now())
            messages.success(request, said)
    return redirect("desk:package", found.code)


@door(Kind.PACKAGE, Action.CREATE)
def package_copy(request: DeskRequest, package: str) -> HttpResponse:
    """This will begin a new draft with everything of this package."""
    said = _("Copied. This is the new package; set the day until which it is valid.")
    return _changed(request, package, services.copy_package, said)


@door(Kind.PACKAGE, Action.EDIT)
def package_ready(request: DeskRequest, package: str) -> HttpResponse:
    """This will say that the package can be shown."""
    return _changed(request, package, services.mark_ready, _("Marked ready."))


@door(Kind.PACKAGE, Action.EDIT)
def package_archive(request: DeskRequest, package: str) -> HttpResponse:
    """This will put the package away."""
    return _changed(request, package, services.archive_package, _("Archived. It can be opened again."))


@door(Kind.PACKAGE, Action.EDIT)
def package_reopen(request: DeskRequest, package: str) -> HttpResponse:
    """This will make the package a draft again."""
    return _changed(request, package, services.reopen_package, _("The package is a draft again."))
