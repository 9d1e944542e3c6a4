"""The one safe way in for files: a child process with limits on memory, time and output opens them, never we.

`python -m vetovoima.common.sandbox JOB …` is the child (`JOBS` in `__main__` names the jobs); `run_job` starts it.
`clean_image` (here) and `vetovoima.common.tables.open_table` are what the product calls.
"""

from __future__ import annotations

from .child import CannotRead, Finished, run_job
from .images import CleanImage, clean_image

__all__ = ["CannotRead", "CleanImage", "Finished", "clean_image", "run_job"]
