"""What the form at the desk and the page behind a link share: one draft, one way to save it, one to hand it in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.collection.rounds import answers
from vetovoima.collection.rounds.workbook import read_form
from vetovoima.desk.forms import here

from .answer_form import AnswerForm, Line, data_of, differences

if TYPE_CHECKING:
    from vetovoima.collection.models.rounds import RoundTask

    from .forms import UploadForm

MAX_WORKBOOK_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True)
class Outcome:
    """What became of a form: done, or the form again with what is wrong or what another person wrote."""

    task: RoundTask
    form: AnswerForm
    is_done: bool = False
    is_handed_in: bool = False
    status: int = 200
    differences: list[Line] = field(default_factory=list)
    sentence: str = ""
    #: the revision that the page had seen
    seen: str = ""

    @property
    def fragment(self) -> dict[str, Any]:
        """What the line below the form says after saving by itself."""
        # A refused page keeps the revision that it saw, so that pressing Save shows both texts.
        seen = str(self.task.revision) if self.is_done else self.seen
        return {"task": self.task, "sentence": self.sentence, "revision": seen}


def save(task: RoundTask, data: Any, writer: answers.Writer) -> Outcome:
    """This will keep what was typed, right or wrong; when another page saved meanwhile, both are shown."""
    form = AnswerForm(task, with_theirs(task, data))
    form.is_valid()
    try:
        kept = answers.save_draft(
            task=task, draft=form.draft, writer=writer, now=timezone.now(), revision=_revision(form)
        )
    except answers.AnswerChangedMeanwhile as error:
        return _both(error, form, str(data.get("revision", "")))
    except answers.CannotAnswer as error:
        form.refuse(error)
        return Outcome(task, form, status=409, sentence=str(error))
    return Outcome(kept, form, is_done=True)


def hand_in(task: RoundTask, data: Any, writer: answers.Writer) -> Outcome:
    """This will keep what was typed, then check it and hand it in; what is wrong is shown beside its field."""
    saved = save(task, data, writer)
    if not saved.is_done:
        return saved
    try:
        done = answers.answer(task=saved.task, writer=writer, now=timezone.now(), language=here())
    except ValidationError as error:
        # The form is laid out anew from the draft: empty rows are gone from it, and the check counts without them.
        form = AnswerForm(
            saved.task, {**data_of(saved.task.draft), "revision": saved.task.revision, "page": writer.page}
        )
        form.is_valid()
        form.is_draft_kept = True
        form.refuse(error)
        return Outcome(saved.task, form, status=422)
    except answers.CannotAnswer as error:
        saved.form.is_draft_kept = True
        saved.form.refuse(error)
        return Outcome(saved.task, saved.form, status=409, sentence=str(error))
    return Outcome(done, saved.form, is_done=True, is_handed_in=True)


def _revision(form: AnswerForm) -> int | None:
    found = form.cleaned_data.get("revision") if hasattr(form, "cleaned_data") else None
    return int(found) if found is not None else None


def with_theirs(task: RoundTask, data: Any) -> Any:
    """This will replace the fields for which a person chose what the other wrote."""
    chosen = data.getlist("theirs") if hasattr(data, "getlist") else []
    if not chosen:
        return data
    theirs, mixed = data_of(task.draft), data.copy()
    for name in chosen:
        mixed[name] = theirs.get(name, "")
    return mixed


def _both(error: answers.AnswerChangedMeanwhile, form: AnswerForm, seen: str) -> Outcome:
    """The form with what this person typed, and beside it what differs; sending it again keeps what is then chosen."""
    found = differences(form, error.theirs)
    again = {name: form.data[name] for name in form.data}
    again["revision"] = str(error.theirs.revision)
    shown = AnswerForm(error.theirs, again)
    shown.is_valid()
    return Outcome(error.theirs, shown, status=409, differences=found, sentence=str(error), seen=seen)


def read_upload(task: RoundTask, form: UploadForm, writer: answers.Writer) -> bool:
    """This will read a workbook into the draft, over what is there; False when it was refused, and the form says why."""
    file = form.cleaned_data["file"]
    if file.size > MAX_WORKBOOK_BYTES:
        form.refuse(
            ValidationError({"file": _("The file is too large: a filled-in form is well under 5 MB.")})
        )
        return False
    try:
        read = read_form(task, file.read(), file.name or "")
        draft = {**task.draft, **{name: value for name, value in read.items() if value}}
        answers.save_draft(task=task, draft=draft, writer=writer, now=timezone.now(), revision=task.revision)
    except ValidationError as error:
        form.refuse(ValidationError({"file": error.messages}))
        return False
    except answers.CannotAnswer as error:
        form.refuse(error)
        return False
    return True
