"""The channels, and the sentence to which somebody says yes or no."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal_app.core.secrets import fingerprint
from portal_app.models import ConsentChannel as Channel

EDITION = "2026-11"
"""The edition of the sentences: a new one whenever any of them is worded anew."""


@dataclass(frozen=True, slots=True)
class Way:
    """One channel: what it is called, and what is done by it."""

    label: str
    act: str


CHANNELS: Mapping[Channel, Way] = {
    Channel.EMAIL: Way("Email", "send me news and offers by email"),
    Channel.SMS: Way("Text message", "send me news and offers by text message"),
    Channel.PHONE: Way("Phone", "call me with news and offers"),
    Channel.POST: Way("Post", "send me news and offers by post"),
}


def sentence(brand: str, channel: Channel) -> str:
    """Return what somebody reads before they choose."""
    return f"{brand} may {CHANNELS[channel].act}."


def version_of(words: str) -> str:
    """Return by which a sentence can be told from every other: its edition and its fingerprint."""
    return f"{EDITION}-{fingerprint(words)[:8]}"
