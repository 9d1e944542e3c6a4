"""Offer packages: a municipality's published offer made ready to be shown to one kind of investor."""
