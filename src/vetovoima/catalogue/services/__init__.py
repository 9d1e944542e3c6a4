"""Every change of a record of the offer, one module for each kind of change."""

from .editing import create_site, edit_site, next_codes
from .files import add_file, describe_file, note_scanned, remove_file, rescan_file
from .history import restore_version, undo_edit
from .photos import add_photo, describe_photo, move_photo, remove_photo
from .review import (
    cancel_scheduled,
    publish_site,
    return_site,
    schedule_publishing,
    submit_site,
    withdraw_site,
)
from .steps import CannotChange, ChangedMeanwhile, NotConfirmed
from .values import clean_sources, missing_to_submit, without_at_publishing

__all__ = [
    "CannotChange", "ChangedMeanwhile", "NotConfirmed", "add_file", "add_photo", "cancel_scheduled", "clean_sources", "create_site",
    "describe_file", "describe_photo", "edit_site", "missing_to_submit", "move_photo", "next_codes", "note_scanned", "publish_site",
    "remove_file", "remove_photo", "rescan_file", "restore_version", "return_site", "schedule_publishing",
    "submit_site", "undo_edit", "withdraw_site", "without_at_publishing",
]  # fmt: skip
