"""Webhooks: what becomes public is told to those who asked, after the Standard Webhooks specification.

`events` says what there is to tell, `receivers` hears of it, `sending` tells it; `services` are the changes of people.
"""
