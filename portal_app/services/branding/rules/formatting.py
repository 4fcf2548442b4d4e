"""The little formatting that staff may use in what customers read: no markup ever comes of it.

An empty line begins a paragraph, `- ` begins an item of a list, `**words**` are strong. What
comes out are words with a role, which pages show as text.
"""

import re
from collections.abc import Generator
from dataclasses import dataclass

_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_BULLET = re.compile(r"[-*•][ \t]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a paragraph, strong or not."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or an item of a list."""

    runs: tuple[Run, ...]
    is_item: bool = False

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


def blocks(text: str) -> tuple[Block, ...]:
    """Return a text as paragraphs and items, in order."""
    return tuple(
        Block(tuple(_runs(words)), is_item=is_item) for words, is_item in _pieces(text) if words
    )


def _pieces(text: str) -> Generator[tuple[str, bool]]:
    gathered = list[str]()
    for line in [*(line.strip() for line in text.split("\n")), ""]:
        bullet = _BULLET.match(line)
        if line and not bullet:
            gathered.append(line)
            continue
        if gathered:
            yield " ".join(gathered), False
            gathered = []
        if bullet:
            yield line[bullet.end() :], True


def _runs(words: str) -> Generator[Run]:
    end = 0
    for strong in _STRONG.finditer(words):
        if strong.start() > end:
            yield Run(words[end : strong.start()])
        yield Run(strong.group(1), is_strong=True)
        end = strong.end()
    if end < len(words):
        yield Run(words[end:])
