"""What the forms of the desk share: figures as people type them, and the summary of what is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vetovoima.common.notation import read_number

SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]")
#: 1,234 in English, 1.234 in Finnish and Swedish, is one thousand or one and a bit: only the writer knows
AMBIGUOUS_COMMA = re.compile(r"[-+\u2212]?[1-9]\d{0,2},\d{3}")
AMBIGUOUS_POINT = re.compile(r"[-+\u2212]?[1-9]\d{0,2}\.\d{3}")


def parse_figure(text: str, language: str = "fi") -> float | None:
    """This will read a number as the files of an import are read (`common.notation`), in the page's language: 1 234,5
    and 1234.5, with any kind of space; empty is None.

    Raises ValidationError for anything else, NaN and infinity among it, and for a mark that can mean two things.
    """
    if not text.strip():
        return None
    refuse_ambiguous(text, language)
    return read_number(text, language)


def refuse_ambiguous(text: str, language: str) -> None:
    """This will ask about 1,234 in English and 1.234 in Finnish and Swedish; raises ValidationError."""
    plain = SPACES.sub("", text)
    if language == "en" and AMBIGUOUS_COMMA.fullmatch(plain):
        raise ValidationError(
            _("Write %(without)s or %(point)s: the comma can be read in two ways."),
            code="ambiguous",
            params={"without": plain.replace(",", ""), "point": plain.replace(",", ".")},
        )
    if language != "en" and AMBIGUOUS_POINT.fullmatch(plain):
        raise ValidationError(
            _("Write %(without)s or %(comma)s: the point can be read in two ways."),
            code="ambiguous",
            params={"without": plain.replace(".", ""), "comma": plain.replace(".", ",")},
        )


def parse_degrees(text: str) -> float | None:
    """This will read degrees, with a point or a comma for the decimals and never a mark of thousands; empty is None.

    Raises ValidationError.
    """
    return read_number(text.strip().replace(",", "."), "en") if text.strip() else None


def write_figure(value: float | int | None, language: str = "fi") -> str:
    """This will write a number into a field: no thousands, the language's decimal sign, no more digits than it has."""
    if value is None:
        return ""
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return text if language == "en" else text.replace(".", ",")


def here() -> str:
    """The language of the page."""
    return (get_language() or "fi")[:2]


class FigureField(forms.CharField):
    """A number typed with a decimal comma or point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 60, **kwargs})
        self.widget.attrs.update(
            {"inputmode": "decimal", "class": "input input-short input-figures", "autocomplete": "off"}
        )

    def prepare_value(self, value: Any) -> Any:
        """What the field shows: a number in the page's language, or just what was typed."""
        return write_figure(value, here()) if isinstance(value, (int, float)) else value

    def clean(self, value: Any) -> Any:
        """The number, or None."""
        return parse_figure(super().clean(value), here())


class WholeField(FigureField):
    """A whole number; one with decimals is refused, not cut."""

    def clean(self, value: Any) -> Any:
        """The number, or None."""
        number = super().clean(value)
        if number is not None and number != int(number):
            raise ValidationError(_("Give a whole number."), code="whole")
        return number


class DayField(forms.DateField):
    """A day: the browser's own calendar, or typed as 2026-10-12 or 12.10.2026."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input input-short"})
        kwargs = {"required": False, "widget": widget, "input_formats": ["%Y-%m-%d", "%d.%m.%Y"], **kwargs}
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Give a day, for example 2026-10-12.")


class MomentField(forms.DateTimeField):
    """A moment in the region's time."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "input input-short"}
        )
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M",
                   "%d.%m.%Y klo %H.%M", "%d.%m.%Y kl. %H.%M"]  # fmt: skip
        super().__init__(**{"required": False, "widget": widget, "input_formats": formats, **kwargs})
        self.error_messages["invalid"] = _("Give a day and a time, for example 2026-10-12 14:30.")

    def clean(self, value: Any) -> Any:
        """The moment, or None. The hours at which the clocks are moved are refused with words that say what to do."""
        try:
            return super().clean(value)
        except ValidationError as error:
            if getattr(error, "code", "") != "ambiguous_timezone":
                raise
            raise ValidationError(
                _("The clocks are moved in that hour, so the moment is not certain. Choose another hour."),
                code="clocks",
            ) from error


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: where it is, what the field is called, what is wrong."""

    anchor: str
    label: Any
    message: str


class DeskForm(forms.Form):
    """A form whose server's answer keeps everything typed and says in sentences what is wrong."""

    use_required_attribute = False

    @property
    def problems(self) -> list[Problem]:
        """Every error in the order of the form, for the summary."""
        if not self.is_bound:
            return []
        found = [Problem("", "", str(message)) for message in self.non_field_errors()]
        for name in self.fields:
            field = self[name]
            anchor = field.id_for_label or field.auto_id
            found += [Problem(anchor, self.label_of(name), str(message)) for message in field.errors]
        return found

    def label_of(self, name: str) -> Any:
        """What the summary calls a field."""
        return self[name].label

    def refuse(self, error: Exception) -> None:
        """This will show what a service refused beside the fields it spoke of, or above the form."""
        if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                for one in errors:
                    self.add_error(self.field_for(name), one)
        elif isinstance(error, ValidationError):
            self.add_error(None, error)
        else:
            self.add_error(None, str(error))

    def field_for(self, name: str) -> str | None:
        """The form's own field for a name of the domain; None puts the sentence above the form."""
        return name if name in self.fields else None
