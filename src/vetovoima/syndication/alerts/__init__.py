"""Saved searches: whoever asks for it gets a letter when a new or changed record fits what they looked for."""
