"""Views of the offer, one module for each kind of work."""
