"""Dates as Swedish in Finland writes them: 12.10.2026."""

SHORT_DAY = "j.n.Y"
