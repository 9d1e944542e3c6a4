"""What the search reads: one entry for each record, and the words of the offer."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SearchEntry(models.Model):
    """What a record can be asked by: its values by the names of `columns`. Its words are in the search table."""

    code = models.CharField(max_length=30, unique=True)
    #: another number with each writing: tells a process in whose memory the record is that it changed
    stamp = models.BigIntegerField()
    values = models.JSONField()

    class Meta:
        ordering = ("pk",)
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=("id", "stamp"), name="entry_stamp")]

    def __str__(self) -> str:
        return self.code


class SearchWord(models.Model):
    """A word that some record has or had, for putting misspelt ones right."""

    language = models.CharField(max_length=5)
    word = models.CharField(max_length=60)

    class Meta:
        ordering = ("language", "word")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("language", "word"), name="search_word_once"),
        ]

    def __str__(self) -> str:
        return self.word
