"""What happened to a file, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import presenter


@presenter("media.file.clean")
def clean(fact: Fact) -> str:
    """The scanner found nothing."""
    return _("A document was scanned: no virus found")


@presenter("media.file.infected")
def infected(fact: Fact) -> str:
    """The scanner found something."""
    return _("A document was removed: a virus was found in it")


@presenter("media.file.failed")
def failed(fact: Fact) -> str:
    """The scanner gave no verdict."""
    return _("A document could not be scanned for viruses")
