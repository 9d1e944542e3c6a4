"""Forms of a record, made from the collection standard: a field added there appears here by itself."""

from .groups import GroupForm, may_be_absent
from .inputs import Lookups, Typed
from .media import FileForm, PhotoForm
from .record import SiteForm, groups_of
from .small import NewSiteForm, ReturnForm, ScheduleForm, WithdrawForm

__all__ = [
    "FileForm", "GroupForm", "Lookups", "NewSiteForm", "PhotoForm", "ReturnForm", "ScheduleForm", "SiteForm",
    "Typed", "WithdrawForm", "groups_of", "may_be_absent",
]  # fmt: skip
