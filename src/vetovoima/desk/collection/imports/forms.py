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
from vetovoima.collection.rounds import queries as rounds
from vetovoima.collection.rounds.rules import can_answer
from vetovoima.desk.forms import DeskForm, here

if TYPE_CHECKING:
    from vetovoima.collection.models import RoundTask
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

    #: "<round>/<municipality>": the round's task from whose page the person came; taking the file in answers it
    task = forms.CharField(required=False, max_length=140, widget=forms.HiddenInput())

    def __init__(self, user: Any, data: Any = None, files: Any = None, *, asked: Any = None) -> None:
        """`asked` holds what the address says: a municipality, a kind, a task; what makes no sense is left out."""
        super().__init__(data, files)
        self.user = user
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
        self._begin_with(asked or {})

    def _begin_with(self, asked: Any) -> None:
        """The choices that the address makes for the person, as far as they may make them."""
        if asked.get("municipality") in self.municipalities:
            self.initial["municipality"] = asked["municipality"]
        if asked.get("kind") in SiteKind.values:
            self.initial["kind"] = asked["kind"]
        if task := self._task_named(asked.get("task", "")):
            self.initial["task"] = asked["task"]
            self.initial["municipality"] = task.municipality.slug

    def _task_named(self, text: str) -> RoundTask | None:
        """A task of a round that the person may answer, or None."""
        code, _slash, town = text.partition("/")
        try:
            task = rounds.task_for(self.user, code, town)
        except rounds.NoSuchRound:
            return None
        return task if can_answer(self.user, task) else None

    @property
    def round_task(self) -> RoundTask | None:
        """The task that the import answers, for the page and for the service."""
        return self._task_named(str(self["task"].value() or ""))

    def clean(self) -> dict[str, Any]:
        """Somebody else's task and one that is not there are refused alike: above the form, as nobody sees the field."""
        read = super().clean() or {}
        if read.get("task") and self._task_named(read["task"]) is None:
            raise ValidationError(
                _(
                    "This round is not asked of you. Begin from your own round's page, or from the list of imports."
                ),
                code="task",
            )
        return read

    def field_for(self, name: str) -> str | None:
        """What is wrong with the task stands above the form."""
        return None if name == "task" else super().field_for(name)

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
