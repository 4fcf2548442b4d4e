"""Something that happened or will, as a timeline shows it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    """One moment; the icon is one of `components.mark`, without it the tone brings its own."""

    title: str
    when: str
    iso: str
    text: str
    tone: str
    icon: str
