"""My day: what waits, until when, for whom."""
