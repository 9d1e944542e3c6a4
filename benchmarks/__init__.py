"""Speed, measured beside its limits in the same run: a static file and a view with one query."""
