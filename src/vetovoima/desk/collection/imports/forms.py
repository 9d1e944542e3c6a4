"""The form that takes a file in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import SiteKind
from vetovoima.catalogue.queries import creatable_municipalities
from vetovoima.collection.imports.rules import can_import_into
from vetovoima.desk.forms import DeskForm, here

if TYPE_CHECKING:
    from vetovoima.reference.models import Municipality

ACCEPTED = ".xlsx,.xlsm,.ods,.csv,.tsv,.txt,.geojson,.json,.gpkg,.kml,.kmz,.gml,.zip"
WHOLE_REGION = ""


class UploadForm(DeskForm):
    """Which file, of what kind of records, of which municipality."""

    file = forms.FileField(
        label=_("File"),
        required=True,
        help_text=_(
            "Excel, ODS or CSV of any layout; GeoJSON, GeoPackage, KML or a zipped Shapefile. At most 10 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    kind = forms.ChoiceField(label=_("What the rows are"), choices=SiteKind.choices, initial=SiteKind.PLOT)

    def __init__(self, user: Any, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.municipalities = {one.slug: one for one in creatable_municipalities(user)}
        self.for_region = can_import_into(user, None)
        names = [(slug, one.name.best(here())[0]) for slug, one in self.municipalities.items()]
        if self.for_region:
            names.insert(0, (WHOLE_REGION, _("The whole region: a column says the municipality")))
        self.fields["municipality"] = forms.ChoiceField(
            label=_("Municipality"), choices=names, required=not self.for_region
        )
        if len(names) == 1:
            self.fields["municipality"].widget = forms.HiddenInput()
            self.fields["municipality"].initial = names[0][0]

    def clean_file(self) -> Any:
        """A file that is not too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > settings.VETOVOIMA_MAX_UPLOAD_BYTES:
            raise ValidationError(_("The file is too large: at most 10 MB."), code="too_large")
        return file

    @property
    def municipality(self) -> Municipality | None:
        """The chosen municipality; None for the whole region."""
        return self.municipalities.get(self.cleaned_data["municipality"])
