"""Cards and bank accounts of contracts, as lists and choices show them."""

from dataclasses import dataclass, field
from datetime import date
from typing import cast

from portal_app.services import payments
from portal_app.state.base import load_key
from portal_app.state.formats import day
from portal_app.state.payments.words import ContractRef

_TICK = "also-"
_SOON = 30  # days before the end of a card that a page begins to say so


@dataclass(frozen=True)
class MethodEntry:
    """A card or a bank account of a contract; `elsewhere` are others that hold the same (S0-16)."""

    id: str = ""
    label: str = ""
    detail: str = ""
    status: str = ""
    tone: str = ""
    icon: str = ""
    is_default: bool = False
    is_expired: bool = False
    elsewhere: list[ContractRef] = field(default_factory=list)
    warning: str = ""
    key: str = ""

    @classmethod
    def of(cls, one: payments.Method, today: date) -> "MethodEntry":
        """Format a method for display."""
        status, tone = _standing(one, today)
        return cls(
            id=one.id,
            label=one.label,
            detail=" · ".join(filter(None, (_until(one), one.holder))),
            status=status,
            tone=tone,
            icon="card" if one.kind.value == "card" else "file",
            is_default=one.is_default,
            is_expired=one.is_expired,
            elsewhere=[ContractRef.of(link) for link in one.elsewhere],
            warning=_warning(one, today),
            key=load_key(),
        )


@dataclass(frozen=True)
class MethodChoice:
    """A method of this contract that may be chosen; what a radio button needs."""

    value: str
    label: str
    hint: str

    @classmethod
    def of(cls, one: payments.Method) -> "MethodChoice":
        """Format a choice."""
        used = "Used now" if one.is_default else ""
        return cls(one.id, one.label, " · ".join(filter(None, (_until(one), used))))


@dataclass(frozen=True)
class TickBox:
    """Another contract that may be ticked; never ticked by us (S0-16)."""

    id: str
    label: str
    hint: str

    @classmethod
    def of(cls, link: payments.ContractLink, held: dict[str, str]) -> "TickBox":
        """Say which contract it is, and what it holds of this contract's methods."""
        name = f"Contract {link.number}"
        same = f"Has {held[link.id]}, too" if link.id in held else ""
        return cls(link.id, f"{name}, {link.asset}" if link.asset else name, same)


def ticked(form: object) -> list[str]:
    """Return the contracts that were ticked by hand in a form."""
    names = cast("dict[object, object]", form) if isinstance(form, dict) else {}
    return [str(name).removeprefix(_TICK) for name in names if str(name).startswith(_TICK)]


def tick_boxes(found: payments.ContractPayments) -> list[TickBox]:
    """Return the other contracts of the account, those with the same card first."""
    held = {link.id: one.label for one in found.methods for link in one.elsewhere}
    boxes = [TickBox.of(link, held) for link in found.others]
    return sorted(boxes, key=lambda box: not box.hint)


def _until(one: payments.Method) -> str:
    if not one.expires:
        return "Bank account"
    return f"Expired on {day(one.expires_on)}" if one.is_expired else f"Expires {one.expires}"


def _standing(one: payments.Method, today: date) -> tuple[str, str]:
    if one.is_expired:
        return "Expired", "bad"
    if not one.is_usable:
        return "Cannot be used", "bad"
    if _ends_soon(one, today):
        return "Expires soon", "warn"
    return ("Used now", "good") if one.is_default else ("Saved", "neutral")


def _ends_soon(one: payments.Method, today: date) -> bool:
    return one.expires_on is not None and (one.expires_on - today).days <= _SOON


def _warning(one: payments.Method, today: date) -> str:
    """Say in words that a method has expired or soon will (S0-17); "" otherwise."""
    if one.expires_on is None or not (one.is_expired or _ends_soon(one, today)):
        return ""
    if one.is_expired:
        return f"{one.label} expired on {day(one.expires_on)}"
    return f"{one.label} expires on {day(one.expires_on)}"
