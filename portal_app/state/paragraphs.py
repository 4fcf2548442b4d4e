"""What staff wrote with a little formatting, ready to be shown."""

from dataclasses import dataclass

from portal_app.services import branding


@dataclass(frozen=True)
class Words:
    """Some words, strong or not."""

    text: str
    is_strong: bool


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or an item of a list."""

    words: list[Words]
    is_item: bool


def paragraphs(text: str) -> list[Paragraph]:
    """Return a text as paragraphs; no markup ever comes of it."""
    return [
        Paragraph([Words(run.text, run.is_strong) for run in block.runs], block.is_item)
        for block in branding.blocks(text)
    ]
