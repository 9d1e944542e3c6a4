"""Neighbours at the desk: whose offer is followed, how reading it goes, adding one with a trial, ending it."""
