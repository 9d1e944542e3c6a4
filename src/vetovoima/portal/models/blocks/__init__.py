"""Blocks of pages: what an editor puts together, and what the records put into it when the page is shown."""

from .choices import fact_choices
from .figures import FactBlock
from .stream import PageBlocks

__all__ = ["FactBlock", "PageBlocks", "fact_choices"]
