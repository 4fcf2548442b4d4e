"""Addresses and numbers shown to somebody who should recognise, but not learn, them."""

_SHOWN_DIGITS = 2


def number_end(e164: str) -> str:
    """Return such as `ending 34`; "" for no number."""
    return f"ending {e164[-_SHOWN_DIGITS:]}" if e164 else ""
