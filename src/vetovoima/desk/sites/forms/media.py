"""Photographs and documents: the file, what it shows, whose it is, how it may be used and who may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.accounts.enums import Sharing
from vetovoima.catalogue.registry import GROUPS, fields_of
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.desk.forms import DayField, DeskForm
from vetovoima.media.enums import FileKind, Licence

from .inputs import IN_LANGUAGE

if TYPE_CHECKING:
    from vetovoima.catalogue.models import Site, SiteFile
    from vetovoima.media.models import Photo

OWN_LICENCE = "own"
LICENCES = [
    ("", _("choose")),
    *Licence.choices,
    (OWN_LICENCE, pgettext_lazy("licence", "Another, written below")),
]
#: those named on a record and named persons cannot be named yet, so their levels are not offered
LEVELS = [
    (Sharing.PUBLIC, _("Anybody, when the record is published")),
    (Sharing.NETWORK, _("Partners who sign in, when the record is published")),
    (Sharing.OWNER, _("Only the municipality and the council")),
]


def _text(language: str, limit: int, rows: int = 0) -> forms.CharField:
    attrs = {"lang": language, **({"rows": rows} if rows else {})}
    widget = forms.Textarea(attrs) if rows else forms.TextInput(attrs)
    return forms.CharField(required=False, max_length=limit, label=IN_LANGUAGE[language], widget=widget)


class _LicensedForm(DeskForm):
    """What a photograph and a document have in common: a licence of the list or of one's own words."""

    own_licence = forms.CharField(
        required=False,
        max_length=60,
        label=_("Another licence"),
        help_text=_("Only when none of the list fits."),
    )

    def in_languages(self, name: str) -> list[forms.BoundField]:
        """The three inputs of a text."""
        return [self[f"{name}_{language}"] for language in LANGUAGES]

    def read_text(self, name: str) -> Translated:
        """What was typed into them."""
        typed = {language: self.cleaned_data.get(f"{name}_{language}") for language in LANGUAGES}
        return Translated({language: text for language, text in typed.items() if text})

    def clean(self) -> dict[str, Any]:
        """A licence of one's own needs its words."""
        read = super().clean() or {}
        if read.get("licence") == OWN_LICENCE and not read.get("own_licence"):
            self.add_error("own_licence", _("Write the licence, or choose one of the list."))
        return read

    def read_licence(self) -> str:
        """The licence as it is kept."""
        chosen = self.cleaned_data["licence"]
        return str(self.cleaned_data["own_licence"] if chosen == OWN_LICENCE else chosen)


def _licence_initial(kept: str) -> dict[str, str]:
    if not kept or kept in Licence.values:
        return {"licence": kept}
    return {"licence": OWN_LICENCE, "own_licence": kept}


class PhotoForm(_LicensedForm):
    """A photograph with what is needed to publish it; `photo` is one whose words are changed."""

    file = forms.FileField(
        required=False, label=_("Photograph"), widget=forms.ClearableFileInput({"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, at most 10 MB. The place and time in the file are removed."),
    )  # fmt: skip
    alt_fi, alt_en, alt_sv = _text("fi", 300), _text("en", 300), _text("sv", 300)
    credit = forms.CharField(required=False, max_length=200, label=_("Photographer"))
    licence = forms.ChoiceField(
        required=False,
        choices=LICENCES,
        label=_("Licence"),
        help_text=_("On what terms others may use the picture."),
    )
    taken_on = DayField(label=_("Taken on"))
    field_order = ("file", "alt_fi", "alt_en", "alt_sv", "credit", "licence", "own_licence", "taken_on")

    def __init__(self, data: Any = None, files: Any = None, *, photo: Photo | None = None) -> None:
        known: dict[str, Any] = {}
        if photo is not None:
            known = {f"alt_{language}": photo.alt.text(language) for language in LANGUAGES}
            known |= {"credit": photo.credit, "taken_on": photo.taken_on, **_licence_initial(photo.licence)}
        super().__init__(data, files, initial=known)
        if photo is not None:
            del self.fields["file"]

    @property
    def texts(self) -> list[forms.BoundField]:
        """The three inputs of the description."""
        return self.in_languages("alt")

    def clean_file(self) -> Any:
        """A file must be chosen, and not be an empty one."""
        file = self.cleaned_data["file"]
        if not file:
            raise ValidationError(_("Choose a photograph."), code="no_file")
        if file.size > settings.VETOVOIMA_MAX_UPLOAD_BYTES:
            raise ValidationError(_("The file is too large: at most 10 MB."), code="too_large")
        return file

    def clean_licence(self) -> str:
        """A picture that nobody knows how to use is not used."""
        if not self.cleaned_data["licence"]:
            raise ValidationError(_("Choose on what terms the picture may be used."), code="no_licence")
        return str(self.cleaned_data["licence"])

    def clean(self) -> dict[str, Any]:
        """A photograph without words is nothing to those who cannot see it."""
        read = super().clean()
        if not any(read.get(f"alt_{language}") for language in LANGUAGES):
            self.add_error("alt_fi", _("Describe the photograph for those who cannot see it."))
        return read

    def values(self) -> dict[str, Any]:
        """What the services are given beside the file."""
        read = self.cleaned_data
        return {
            "alt": self.read_text("alt"), "credit": read["credit"], "licence": self.read_licence(),
            "taken_on": read["taken_on"],
        }  # fmt: skip

    def refuse(self, error: Exception) -> None:
        """What the service refuses of a complete form is the file."""
        self.add_error(
            "file" if "file" in self.fields else None,
            error if isinstance(error, ValidationError) else str(error),
        )


class FileForm(_LicensedForm):
    """A document with what is said of it; `entry` is one whose words are changed."""

    file = forms.FileField(
        required=False, label=_("File"),
        widget=forms.ClearableFileInput({"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    kind = forms.ChoiceField(choices=[("", _("choose")), *FileKind.choices], label=_("Kind of document"))
    group = forms.ChoiceField(required=False, label=_("Belongs to"))
    title_fi, title_en, title_sv = _text("fi", 200), _text("en", 200), _text("sv", 200)
    description_fi, description_en, description_sv = (
        _text("fi", 2000, 3),
        _text("en", 2000, 3),
        _text("sv", 2000, 3),
    )
    author = forms.CharField(required=False, max_length=200, label=_("Made by"))
    dated = DayField(label=_("Dated"))
    languages = forms.MultipleChoiceField(
        required=False, label=_("Languages of the document"), choices=list(IN_LANGUAGE.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    sharing = forms.ChoiceField(choices=LEVELS, label=_("Who may open it"), widget=forms.RadioSelect)
    licence = forms.ChoiceField(
        required=False,
        choices=LICENCES,
        label=_("Licence"),
        help_text=_("On what terms others may use the document."),
    )
    field_order = (
        "file", "kind", "group", "title_fi", "title_en", "title_sv", "description_fi", "description_en",
        "description_sv", "sharing", "author", "dated", "languages", "licence", "own_licence",
    )  # fmt: skip

    def __init__(
        self, site: Site, data: Any = None, files: Any = None, *, entry: SiteFile | None = None
    ) -> None:
        super().__init__(data, files, initial=_known(entry) if entry else {"sharing": Sharing.OWNER})
        group = self.fields["group"]
        assert isinstance(group, forms.ChoiceField)
        named = [
            (one.name, one.label) for one in GROUPS if one.name == "media" or fields_of(site.kind, one.name, site.profiles)
        ]  # fmt: skip
        group.choices = [("", str(_("the group that fits its kind"))), *named]
        if entry is not None:
            del self.fields["file"]
        else:
            self.fields["file"].help_text = _(
                "A PDF, or a picture as JPEG, PNG or WebP; at most %(limit)s MB. A PDF is kept as it is: whoever opens it "
                "also sees the names and comments in it."
            ) % {"limit": settings.VETOVOIMA_MAX_FILE_BYTES // (1024 * 1024)}

    @property
    def titles(self) -> list[forms.BoundField]:
        """The three inputs of the title."""
        return self.in_languages("title")

    @property
    def descriptions(self) -> list[forms.BoundField]:
        """The three inputs of the description."""
        return self.in_languages("description")

    def clean_file(self) -> Any:
        """A file must be chosen."""
        file = self.cleaned_data["file"]
        if not file:
            raise ValidationError(_("Choose a file."), code="no_file")
        return file

    def clean(self) -> dict[str, Any]:
        """What others get needs terms of use."""
        read = super().clean()
        if read.get("sharing") in (Sharing.PUBLIC, Sharing.NETWORK) and not read.get("licence"):
            self.add_error("licence", _("Choose on what terms the document may be used by those who get it."))
        return read

    def values(self) -> dict[str, Any]:
        """What the services are given beside the file and the group."""
        read = self.cleaned_data
        return {
            "kind": read["kind"], "title": self.read_text("title"), "description": self.read_text("description"),
            "author": read["author"], "licence": self.read_licence(), "languages": read["languages"],
            "dated": read["dated"], "sharing": read["sharing"],
        }  # fmt: skip

    def field_for(self, name: str) -> str | None:
        """A text that is refused is shown at its first input."""
        return f"{name}_fi" if name in ("title", "description") else super().field_for(name)


def _known(entry: SiteFile) -> dict[str, Any]:
    file = entry.file
    known = {
        "kind": file.kind, "group": entry.group, "author": file.author, "dated": file.dated,
        "languages": file.languages, "sharing": file.sharing, **_licence_initial(file.licence),
    }  # fmt: skip
    for language in LANGUAGES:
        known[f"title_{language}"] = file.title.text(language)
        known[f"description_{language}"] = file.description.text(language)
    return known
