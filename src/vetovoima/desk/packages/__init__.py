"""Offer packages at the desk: made, filled, judged, shown and handed out."""
