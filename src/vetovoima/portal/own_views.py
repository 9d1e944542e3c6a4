"""The portal's own views, which are no pages of the content editor: one table for the menu, the site map, the way to a
page, and the pictures of those that are shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vetovoima.syndication.federation.joint import follows_anybody


@dataclass(frozen=True)
class OwnView:
    """One view: what it is called, the group of the menu that it stands in (with words of its own), and whether search
    engines are told of it. Its address is named `portal-<key>`; one that is listed stands at `/<language>/<key>/`."""

    title: str | Promise
    group: str = ""
    in_menu: str | Promise = ""
    is_listed: bool = False
    #: whether the menu has it now; always when nobody is asked
    is_there: Callable[[], bool] | None = None


#: by key, in the order of the menu
OWN_VIEWS: Mapping[str, OwnView] = {
    "sites": OwnView(_("Sites"), "sites", _("All sites"), is_listed=True),
    "opportunities": OwnView(_("Opportunities"), "sites"),
    "finder": OwnView(_("Site finder"), "sites", is_listed=True),
    "value": OwnView(_("Compare the region"), "sites", is_listed=True),
    # others' records: no search engine is told of them by us
    "neighbours": OwnView(
        _("Us and our neighbours"), "sites", _("The map with our neighbours"), is_there=follows_anybody
    ),
    "shortlist": OwnView(_("Your shortlist")),  # the header has its own link to it
    "facts": OwnView(_("Facts"), "why", is_listed=True),
    "references": OwnView(_("Reference companies"), "why", is_listed=True),
    "progress": OwnView(_("Progress"), "why", is_listed=True),
    "permits": OwnView(_("Permit paths"), "services", is_listed=True),
    "expertise": OwnView(_("Expertise"), "services", is_listed=True),
    "asset": OwnView(_("Expertise")),
    "search": OwnView(_("Search the pages")),
    "enquiry": OwnView(_("Send an enquiry"), is_listed=True),
    "compare": OwnView(_("Compare sites")),
    "home": OwnView(""),
}
