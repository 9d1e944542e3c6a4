"""Views of collecting, one module for each kind of work."""
