"""The one way to make a PDF: a Typst template of ours, data as JSON, tagged for everybody (PDF/UA-1, PDF/A-2a).

What people wrote reaches a template as data alone and never as code. The document is set by a child process with
limits on memory and time (`common.sandbox`).
"""

from __future__ import annotations

from .letters import printable
from .look import Look
from .rendering import CannotRender, render, render_picture

__all__ = ["CannotRender", "Look", "printable", "render", "render_picture"]
