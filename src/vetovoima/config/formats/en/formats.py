"""Dates as British English writes them: 12 Oct 2026."""

SHORT_DAY = "j M Y"
