"""What a page says to its readers: the words of its main part, without menus, forms and made-up examples."""

from __future__ import annotations

from html.parser import HTMLParser

from vetovoima.common.text import word_bases, words

#: what stands around what a page says: to find one's way, to ask by, to run
SILENT = {"form", "nav", "noscript", "script", "style", "template"}
#: a mark of an example is about the innermost of these around it
BLOCKS = {"article", "aside", "dl", "figure", "li", "main", "p", "section", "tr"}
EXAMPLE = "badge-example"


class _Block:
    """A part of a page that is open while it is read."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.pieces: list[str] = []
        self.is_example = False


class _Said(HTMLParser):
    """Gathers what a page says, block by block; what turns out to be an example is dropped when its block closes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[_Block] = []
        self.silent = 0
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """This will open a block within the main part, and note a mark of an example."""
        if not self.open and tag != "main":
            return
        if tag in SILENT:
            self.silent += 1
        elif tag in BLOCKS and not self.silent:
            self.open.append(_Block(tag))
        elif EXAMPLE in (dict(attrs).get("class") or "").split():
            self.open[-1].is_example = True

    def handle_data(self, data: str) -> None:
        """This will keep what is said within the main part."""
        if self.open and not self.silent:
            self.open[-1].pieces.append(data)

    def handle_endtag(self, tag: str) -> None:
        """This will close a block, and those within it that the page left open."""
        if self.open and tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif not self.silent and any(block.tag == tag for block in self.open):
            while self._close() != tag:
                pass

    def _close(self) -> str:
        block = self.open.pop()
        if not block.is_example:
            (self.open[-1].pieces if self.open else self.said).extend(block.pieces)
        return block.tag


def said_by(html: str) -> str:
    """This will return the text of a page's main part, without menus, forms and examples; "" when there is none."""
    reader = _Said()
    reader.feed(html)
    reader.close()
    return " ".join(reader.said)


def bases_of(text: str, language: str) -> frozenset[str]:
    """This will return every word of a text, as it stands and in its base forms."""
    return frozenset(
        base for word in {one.lower() for one in words(text)} for base in word_bases(word, language)
    )


def answers(question: str, bases: frozenset[str], language: str) -> bool:
    """Whether each word of a question is among the words of a text: a whole word, in whatever form it stands there."""
    asked = words(question)
    return bool(asked) and all(not bases.isdisjoint(word_bases(word, language)) for word in asked)
