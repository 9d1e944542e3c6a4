"""Forms of the nouns beside the facts: policies, expertise, reference companies, permit paths with their steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.catalogue.enums import Profile, SiteKind
from vetovoima.catalogue.knowledge.enums import AssetKind, ConsentUse, PolicyLevel, PolicyTopic
from vetovoima.catalogue.knowledge.units import UNITS
from vetovoima.catalogue.knowledge.validators import validate_as_of
from vetovoima.common.digits import whole_number
from vetovoima.common.fields import LANGUAGES
from vetovoima.desk.forms import DayField, DeskForm, FigureField, here
from vetovoima.reference.queries import sectors

from .forms import KEEPING, ORIGIN, KnowledgeForm, TextsMixin, choose, ticks

if TYPE_CHECKING:
    from vetovoima.accounts.models import User


class PolicyForm(KnowledgeForm):
    """One policy with its time."""

    TEXTS = {"title": _("Name"), "text": _("Content")}
    PLAIN = ("level", "topic", "number", "unit", "valid_from", "valid_until")
    FIRST = ("title", "text")
    SECTIONS = (
        (_("What"), ("code", "level", "municipality", "topic", "title", "text", "number", "unit")),
        (_("When"), ("valid_from", "valid_until")),
        (_("Source"), ORIGIN),
        (_("Keeping"), KEEPING),
    )
    level = forms.ChoiceField(label=_("Whose policy"), choices=choose(PolicyLevel.choices))
    topic = forms.ChoiceField(label=_("Topic"), choices=choose(PolicyTopic.choices))
    number = FigureField(label=pgettext_lazy("of a fact", "Number"))
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    valid_from = DayField(label=_("Valid from"))
    valid_until = DayField(label=_("Valid until"))

    def __init__(self, user: User, data: Any = None, thing: Any = None) -> None:
        super().__init__(user, data, thing)
        self.set_choices("unit", [("", "–"), *((code, unit.label(here())) for code, unit in UNITS.items())])


class AssetForm(KnowledgeForm):
    """A campus, laboratory, test site or data centre."""

    TEXTS = {
        "name": _("Name"),
        "summary": _("Summary"),
        "services": _("Services to investors"),
        "capacity": _("Capacity"),
    }
    PLAIN = ("kind", "website", "contact_name", "contact_email", "contact_phone", "is_flagship")
    FIRST = ("name",)
    SECTIONS = (
        (
            _("What"),
            ("code", "kind", "municipality", "is_flagship", "name", "summary", "services", "capacity"),
        ),
        (_("Contact"), ("website", "contact_name", "contact_email", "contact_phone")),
        (_("Facts of the bank"), ("facts",)),
        (_("Source"), ORIGIN),
        (_("Keeping"), KEEPING),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=choose(AssetKind.choices))
    is_flagship = forms.BooleanField(label=_("Named in the strategy as a flagship"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    contact_name = forms.CharField(label=_("Contact person"), required=False, max_length=120)
    contact_email = forms.EmailField(label=_("E-mail"), required=False)
    contact_phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)
    facts = forms.CharField(
        label=_("Facts that its page shows"), required=False, max_length=1000,
        help_text=_("Codes of the fact bank, separated by commas."),
    )  # fmt: skip

    def _initial(self, thing: Any) -> dict[str, Any]:
        return {**super()._initial(thing), "facts": ", ".join(thing.facts)}

    def values(self) -> dict[str, Any]:
        """The codes as a list."""
        codes = [part.strip() for part in self.cleaned_data["facts"].replace(";", ",").split(",")]
        return {**super().values(), "facts": [code for code in codes if code]}


class CompanyForm(KnowledgeForm):
    """A reference company and its consent."""

    TEXTS = {"story": _("Story"), "quote": _("Quotation")}
    PLAIN = ("name", "since", "website", "consent_by", "consent_on", "consent_until", "consent_for")
    SECTIONS = (
        (_("Consent"), ("consent_by", "consent_on", "consent_until", "consent_for")),
        (_("Company"), ("code", "name", "municipality", "sector", "since", "website", "story", "quote")),
        (_("Source"), ORIGIN),
        (_("Keeping"), KEEPING),
    )
    name = forms.CharField(label=_("Company"), max_length=200)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    since = forms.CharField(label=_("In the region since"), required=False, max_length=10)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    consent_by = forms.CharField(
        label=_("Given by"),
        required=False,
        max_length=120,
        help_text=_("The person of the company who agreed."),
    )
    consent_on = DayField(label=_("Given on"))
    consent_until = DayField(label=_("Valid until"))
    consent_for = ticks(_("Given for"), ConsentUse.choices)

    def __init__(self, user: User, data: Any = None, thing: Any = None) -> None:
        self.sectors = {one.slug: one for one in sectors()}
        super().__init__(user, data, thing)
        self.set_choices(
            "sector", [("", "–"), *((slug, one.name.best(here())[0]) for slug, one in self.sectors.items())]
        )

    def _initial(self, thing: Any) -> dict[str, Any]:
        return {**super()._initial(thing), "sector": thing.sector.slug if thing.sector else ""}

    def values(self) -> dict[str, Any]:
        """The sector as the thing itself."""
        return {**super().values(), "sector": self.sectors.get(self.cleaned_data["sector"])}


#: where a step was read: the law, and what tells its time, documents and cost
ORIGINS = {"source": ("title", "url"), "practice": ("title", "url", "dated")}


class StepForm(DeskForm, TextsMixin):
    """One step of a permit path; a wholly empty one is no step."""

    TEXTS = {
        "name": _("Step"),
        "decides": _("Who decides"),
        "when": _("When it is needed"),
        "legal_basis": _("Legal basis"),
        "cost": _("Cost"),
        "appeal": _("Appeal"),
        "result": _("What you get"),
        "documents": _("Documents and forms"),
        "online": _("How to apply"),
        "contact": _("How to reach the authority"),
        "time_note": _("What the time is of"),
    }
    online_url = forms.URLField(
        label=_("Address of the online service"), required=False, assume_scheme="https"
    )
    months_from = FigureField(label=_("Months, from"))
    months_to = FigureField(
        label=_("Months, to"), help_text=_("Leave both empty when no source states how long it takes.")
    )
    source_title = forms.CharField(label=_("Source"), required=False, max_length=300)
    source_url = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https")
    practice_title = forms.CharField(
        label=_("Source of time, documents and cost"), required=False, max_length=300
    )
    practice_url = forms.URLField(label=_("Address of that source"), required=False, assume_scheme="https")
    practice_dated = forms.CharField(
        label=_("Date of that source"), required=False, max_length=10, validators=[validate_as_of]
    )
    is_removed = forms.BooleanField(label=_("Remove this step"), required=False)

    def __init__(self, data: Any, number: int, step: Any = None) -> None:
        initial: dict[str, Any] = {}
        if step is not None:
            initial = {"months_from": step.months_from, "months_to": step.months_to}
            initial["online_url"] = step.online_url
            for origin, parts in ORIGINS.items():
                kept = getattr(step, origin)
                initial.update({f"{origin}_{part}": kept.get(part, "") for part in parts})
            for name in self.TEXTS:
                initial.update({f"{name}_{lang}": getattr(step, name).text(lang) for lang in LANGUAGES})
        super().__init__(data, prefix=f"step{number}", initial=initial)
        self.add_texts()

    @property
    def heading(self) -> str:
        """What the step is called, for the line that folds it out."""
        return next(
            (
                str(self[f"name_{lang}"].value())
                for lang in (here(), *LANGUAGES)
                if self[f"name_{lang}"].value()
            ),
            "",
        )

    def values(self) -> dict[str, Any] | None:
        """The step as the services take it; None for a removed or an empty one."""
        read = self.cleaned_data
        if read.get("is_removed") or not any(read.get(name) for name in self.fields if name != "is_removed"):
            return None
        found: dict[str, Any] = {name: self.text_of(name) for name in self.TEXTS}
        for origin, parts in ORIGINS.items():
            found[origin] = {part: read[f"{origin}_{part}"] for part in parts if read[f"{origin}_{part}"]}
        return {**found, **{name: read[name] for name in ("months_from", "months_to", "online_url")}}

    def clean(self) -> dict[str, Any]:
        """A step that says anything says its name and the law it rests on."""
        read: dict[str, Any] = super().clean() or {}
        filled = any(value for name, value in read.items() if name != "is_removed")
        if filled and not read.get("is_removed"):
            for name in ("name", "legal_basis"):
                if not any(read.get(f"{name}_{language}") for language in LANGUAGES):
                    self.add_error(f"{name}_fi", _("Write it in at least one language."))
        return read


class PathForm(KnowledgeForm):
    """A permit path with its steps; one empty step stands at the end, another comes after each save."""

    TEXTS = {"name": _("Name"), "summary": _("Summary")}
    PLAIN = ("kinds", "profiles")
    FIRST = ("name",)
    SECTIONS = (
        (_("What"), ("code", "municipality", "name", "summary", "kinds", "profiles")),
        (_("Source"), ORIGIN),
        (_("Keeping"), KEEPING),
    )
    kinds = ticks(_("Concerns these kinds"), SiteKind.choices)
    profiles = ticks(_("Concerns these profiles"), Profile.choices)
    step_count = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=40)

    def __init__(self, user: User, data: Any = None, thing: Any = None) -> None:
        super().__init__(user, data, thing)
        steps = list(thing.steps.all()) if thing is not None else []
        count = len(steps) + 1
        if data is not None:
            sent = whole_number(data.get("step_count", ""))
            count = count if sent is None else min(sent, 40)
        self.steps = [
            StepForm(data, number, steps[number] if number < len(steps) else None) for number in range(count)
        ]
        self.fields["step_count"].initial = count

    def is_valid(self) -> bool:
        """Whether the path and each of its steps are."""
        return super().is_valid() and self._steps_are_valid()

    def _steps_are_valid(self) -> bool:
        valid = [step.is_valid() for step in self.steps]  # every step is read, so that every error is shown
        return all(valid)

    @property
    def problems(self) -> Any:
        """The errors of the path, then those of its steps."""
        return [*super().problems, *(one for step in self.steps for one in step.problems)]

    def step_values(self) -> list[dict[str, Any]]:
        """The steps that say something, in order."""
        found = [step.values() for step in self.steps]
        return [one for one in found if one is not None]
