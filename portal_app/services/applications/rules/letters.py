"""To how many people one letter goes."""

from collections.abc import Sequence

from portal_app.core.entries import identifier
from portal_app.core.errors import Invalid

MOST_AT_ONCE = 20


def chosen(parties: Sequence[str]) -> list[str]:
    """Return who gets a letter, each once, in the order given; raises Invalid for none or many."""
    given: list[object] = list(parties) if isinstance(parties, list | tuple) else []
    if not given:
        raise Invalid(parties="Choose who gets the letter.")
    if len(set(map(str, given))) > MOST_AT_ONCE:
        raise Invalid(
            parties=f"One letter goes to {MOST_AT_ONCE} people at most. Choose fewer, and write to "
            "the others afterwards."
        )
    return list(dict.fromkeys(identifier(one) for one in given))
