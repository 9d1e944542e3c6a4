"""Webhooks at the desk: the list, one with its log, its form, and everything that is done with it."""
