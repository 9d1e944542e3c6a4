"""Questions about the offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.utils.dateparse import parse_date

from vetovoima.accounts.enums import Sharing
from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import memberships, municipality_ids, reach
from vetovoima.activity.models import Fact
from vetovoima.activity.queries import history_of
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.directory.models import Contact
from vetovoima.media.models import Photo
from vetovoima.media.queries import network_files
from vetovoima.reference.models import Municipality, Sector, Theme
from vetovoima.reference.queries import municipalities

from .documents import EXTRA, FILE_TEXTS, PHOTO_TEXTS, Difference, compare, snapshot
from .enums import SiteKind, SiteState
from .measuring import measure
from .models import Site, SiteFile, SiteVersion
from .models.sites import from_json
from .quality import expected_fields, is_told
from .registry import BY_NAME, MANY, ONE, SHAPE, SITES, FieldSpec


class NoSuchSite(LookupError):
    """There is no such record, or not for this person: both look the same from outside."""


@dataclass(frozen=True)
class Waiting:
    """What waits for a person on their day: the record and why."""

    site: Site
    why: str


def sites_for(user: Any) -> QuerySet[Site]:
    """The records whose working copies a person may see, by code."""
    return Site.objects.visible_to(user).select_related("municipality").order_by("code")


def find_sites(
    user: Any, *, text: str = "", municipality: str = "", kind: str = "", state: str = ""
) -> QuerySet[Site]:
    """The records whose working copies a person may see and that fit: every word of `text` in code, name or place."""
    found = sites_for(user).select_related("municipality", "contact")
    exact = {"municipality__slug": municipality, "kind": kind, "state": state}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    for word in text.split()[:8]:
        fits = Q(code__icontains=word)
        # SQLite compares only a–z without case: Äijälä is found as äijälä through its capital.
        for form in {word, word.capitalize()}:
            fits |= Q(locality__icontains=form) | Q(address__icontains=form)
            for language in LANGUAGES:
                fits |= Q(**{f"name__{language}__icontains": form})
        found = found.filter(fits)
    return found


def site_for(user: Any, code: str) -> Site:
    """One record for a person; raises NoSuchSite."""
    found = Site.objects.visible_to(user).complete().filter(code=code).first()
    if found is None:
        raise NoSuchSite(code)
    return found


def site(code: str) -> Site | None:
    """One record with all it needs, without a person: for the system's own work."""
    return Site.objects.complete().filter(code=code).first()


def published_sites() -> QuerySet[Site]:
    """Every public record, by code: for the system's own work."""
    return Site.objects.published().complete().order_by("code")


def published_site(code: str) -> Site | None:
    """One public record, or None."""
    return Site.objects.published().filter(code=code).first()


def as_published(code: str) -> Site | None:
    """A public record as it was when it was published, not as it is being edited; not to be saved. None when it is
    not public."""
    found = Site.objects.published().complete().filter(code=code).first()
    if found is None or found.state == SiteState.PUBLISHED:
        return found
    version = SiteVersion.objects.filter(site=found, number=found.published_version).first()
    if version is not None:
        read_back(found, version.snapshot)
        pictures_and_files_back(found, version.snapshot)
        measure(found)
    return found


def published_leaning_on(code: str) -> list[str]:
    """The public records that lean on another as they were published, by code: for the system's own work."""
    shown = SiteVersion.objects.filter(site__kind=SiteKind.OPPORTUNITY, site__published_version=F("number"))
    # A list in JSON is looked through as text on both databases; that finds no code but this one and longer ones.
    rows = shown.filter(snapshot__related_sites__icontains=code).values_list(
        "site__code", "snapshot__related_sites"
    )
    return sorted(leaning for leaning, codes in rows if code in codes)


def pictures_and_files_back(site: Site, values: dict[str, Any]) -> None:
    """This will leave an instance the photographs and documents of a snapshot that are still there, described as they
    were then; nothing is saved."""
    photos = {entry.photo.name: entry for entry in site.photo_rows()}
    site.given["photos"] = [photos[name] for name in values.get("photos") or [] if name in photos]
    for name, told in (values.get("photo_texts") or {}).items():
        if name in photos:
            _describe(photos[name].photo, told, PHOTO_TEXTS)
    files = {entry.file.name: entry for entry in site.file_rows()}
    then = [told for told in values.get("files") or [] if told["name"] in files]
    for told in then:
        files[told["name"]].group = told["group"]
        _describe(files[told["name"]].file, told, FILE_TEXTS)
    site.given["files"] = [files[told["name"]] for told in then]


def _describe(thing: Any, told: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        value = told.get(name)
        if name in ("taken_on", "dated"):
            value = parse_date(value) if value else None
        setattr(thing, name, Translated(value or {}) if name in ("alt", "title", "description") else value)


def read_back(site: Site, values: dict[str, Any]) -> None:
    """This will make an instance say what a snapshot says, its relations as given ones; nothing is saved.

    The values were checked when they were stored.
    """
    for name, value in values.items():
        if name in EXTRA and name != "kind":
            setattr(site, name, value or ([] if name == "profiles" else {}))
        elif name in BY_NAME:
            _read_back_field(site, BY_NAME[name], value)


def _read_back_field(site: Site, spec: FieldSpec, value: Any) -> None:
    if spec.type == ONE:
        site.contact = Contact.objects.select_related("organisation").filter(key=value).first()
    elif spec.type == SITES:
        site.given[spec.name] = list(Site.objects.filter(code__in=value or []))
    elif spec.type == MANY:
        model: Any = {"sectors": Sector, "themes": Theme}[spec.name]
        site.given[spec.name] = list(model.objects.filter(slug__in=value or []))
    else:
        site.put(spec.name, from_json(spec, value))


def creatable_municipalities(user: Any) -> QuerySet[Municipality]:
    """The municipalities to which a person may add records."""
    furthest = reach(user, Kind.SITE, Action.CREATE)
    if furthest == Reach.ALL:
        return municipalities()
    if furthest == Reach.OWN:
        return municipalities().filter(pk__in=municipality_ids(user, Kind.SITE, Action.CREATE))
    return municipalities().none()


def gaps(site: Site) -> list[FieldSpec]:
    """The expected fields that a record lacks: a missing position first, then what is mandatory, then the rest."""
    missing = [spec for spec in expected_fields(site) if not is_told(site, spec)]
    return sorted(
        missing, key=lambda spec: (spec.type != SHAPE, not spec.is_mandatory(site.kind, site.profiles))
    )


def last_version(site: Site) -> SiteVersion | None:
    """What was published last, whether it is still public or not."""
    return SiteVersion.objects.filter(site=site).order_by("-number").first()


def differences(site: Site) -> list[Difference]:
    """How the working copy differs from what was published last; every filled field when nothing ever was."""
    version = last_version(site)
    return compare(version.snapshot if version else {}, snapshot(site))


def has_unpublished_changes(site: Site) -> bool:
    """Whether a public record's working copy says something else than the public one."""
    return site.published_version > 0 and site.state != SiteState.PUBLISHED


def history(site: Site) -> QuerySet[Fact]:
    """What happened to a record, newest first, with field differences."""
    return history_of("site", site.code)


def photos(site: Site) -> list[Photo]:
    """The photographs of the working copy, in order."""
    return [entry.photo for entry in site.photo_rows()]


def photo_for(user: Any, name: str) -> Photo | None:
    """A photograph of a record that a person may see, or None."""
    return Photo.objects.filter(
        name=name, pk__in=Site.objects.visible_to(user).values("photos__photo")
    ).first()


def site_files(site: Site) -> list[SiteFile]:
    """The documents of the working copy, in order, each with its group."""
    return site.file_rows()


def public_files(site: Site) -> list[SiteFile]:
    """The documents of a record that anybody may have now: meant for all, opened by publishing, let out by the scanner."""
    return [
        entry
        for entry in site.file_rows()
        if entry.file.sharing == Sharing.PUBLIC == entry.file.open_to and entry.file.is_given_out
    ]


def file_of(user: Any, code: str, name: str) -> SiteFile | None:
    """A document of a record that a person may see, or None."""
    return (
        SiteFile.objects.filter(site__in=Site.objects.visible_to(user), site__code=code, file__name=name)
        .select_related("file", "site")
        .first()
    )


def file_of_record(name: str) -> SiteFile | None:
    """A document with its record, without a person: for the system's own work."""
    return SiteFile.objects.filter(file__name=name).select_related("file__uploaded_by", "site").first()


def shared_files(user: Any) -> QuerySet[SiteFile]:
    """The documents that every partner may have, of records that are public now: for people with a role, by record."""
    if not memberships(user):
        return SiteFile.objects.none()
    return (
        SiteFile.objects.filter(file__in=network_files(), site__published_version__gt=0)
        .select_related("file", "site__municipality")
        .order_by("site__code", "position", "pk")
    )


def described_as_published(entries: Iterable[SiteFile]) -> list[SiteFile]:
    """Documents of public records with what was said of them at publishing, and for whom they are open now; not to be
    saved. A new title or description is the municipality's own until the record is published again."""
    found = list(entries)
    shown = SiteVersion.objects.filter(
        site__in={entry.site_id for entry in found}, site__published_version=F("number")
    )
    told = {
        (site, one["name"]): one
        for site, files in shown.values_list("site", "snapshot__files")
        for one in files or []
    }
    published = [entry for entry in found if (entry.site_id, entry.file.name) in told]
    for entry in published:
        said = told[entry.site_id, entry.file.name]
        _describe(entry.file, said, FILE_TEXTS)
        entry.file.sharing, entry.group = entry.file.open_to, said["group"]
    return published


@dataclass(frozen=True)
class Gone:
    """A record that was public once and is not: the public record that its address leads to, if any, and where it is."""

    code: str
    leads_to: str
    municipality: Municipality


def withdrawn_redirect(code: str) -> Gone | None:
    """What became of a record that is no longer public; None for one that is, or never was.

    A redirect to a record that was withdrawn in its turn is followed.
    """
    found = (
        Site.objects.filter(code=code, published_version=0, latest_version__gt=0)
        .select_related("municipality")
        .first()
    )
    if found is None:
        return None
    leads_to, seen = found.redirect_code, {code}
    while leads_to and leads_to not in seen:
        seen.add(leads_to)
        target = Site.objects.filter(code=leads_to).first()
        if target is None or target.published_version > 0:
            return Gone(code, leads_to if target else "", found.municipality)
        leads_to = target.redirect_code
    return Gone(code, "", found.municipality)


def withdrawn_codes() -> list[tuple[str, str]]:
    """The code and kind of each record that was public once and is not, by code."""
    rows = Site.objects.filter(published_version=0, latest_version__gt=0).order_by("code")
    return list(rows.values_list("code", "kind"))


def withdrawn_among(codes: Iterable[str]) -> dict[str, Gone]:
    """What became of those of several records that were public once and are not, by code."""
    rows = Site.objects.filter(code__in=list(codes), published_version=0, latest_version__gt=0)
    found = {}
    for site in rows.select_related("municipality"):
        followed = withdrawn_redirect(site.code) if site.redirect_code else None
        found[site.code] = followed or Gone(site.code, "", site.municipality)
    return found


def redirect_choices(site: Site) -> QuerySet[Site]:
    """The public records of the same municipality, to which a withdrawn one's address probably leads."""
    return redirect_targets(site, AnonymousUser())


def redirect_targets(site: Site, by: Any) -> QuerySet[Site]:
    """The public records to which a withdrawn one's address may lead: those of its own municipality, and any for whoever
    withdraws records of all. None (the system) counts as the latter."""
    found = Site.objects.published().exclude(pk=site.pk).order_by("code")
    if by is None or reach(by, Kind.SITE, Action.WITHDRAW) == Reach.ALL:
        return found
    return found.filter(municipality=site.municipality_id)


def waiting_for(user: Any) -> list[Waiting]:
    """What waits for a person: reviews for the coordinator, returned records for their municipality."""
    found: list[Waiting] = []
    if reach(user, Kind.SITE, Action.PUBLISH) > Reach.NONE:
        submitted = sites_for(user).submitted().order_by("submitted_at", "pk")  # type: ignore[attr-defined]
        found.extend(Waiting(one, "review") for one in submitted)
    if reach(user, Kind.SITE, Action.SUBMIT) == Reach.OWN:
        drafts = sites_for(user).filter(state=SiteState.DRAFT)
        found.extend(Waiting(one, "returned" if one.review_comment else "draft") for one in drafts)
    return found
