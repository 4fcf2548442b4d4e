"""The lines of a contract as its page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal_app.services import contracts, rentals
from portal_app.state.formats import local_day, rate, short_day


@dataclass(frozen=True)
class ItemEntry:
    """One line of a contract; `call_off` is where its rent can be called off, or ""."""

    id: str
    description: str
    site: str
    quantity: str
    returned: str
    out: str
    rate: str
    out_on: str
    due_on: str
    flag: str
    tone: str
    asked: str
    call_off: str

    @classmethod
    def of(
        cls,
        item: contracts.ContractItem,
        zone: str,
        out: rentals.ItemOut | None,
        *,
        may_ask: bool,
        elsewhere: str,
    ) -> "ItemEntry":
        """Format a line for display, without the address where that stands `elsewhere`."""
        can_ask = may_ask and out is not None and out.available > 0
        asked = sum(one.quantity for one in out.requests) if out else 0
        return cls(
            id=item.id,
            description=item.description,
            site="" if item.site == elsewhere else item.site,
            quantity=f"{item.quantity:,}",
            returned=f"{item.returned:,}",
            out=f"{item.out:,}",
            rate=rate(item.rate, item.rate_period),
            out_on=short_day(local_day(item.out_at, zone)),
            due_on=short_day(local_day(item.due_back_at, zone)) if item.out else "",
            flag="Overdue" if item.is_overdue else "",
            tone="bad" if item.is_overdue else "",
            asked=f"{asked:,} being called off" if asked else "",
            call_off=f"/items-out/{item.id}/off-rent" if can_ask else "",
        )


def site_of_all(items: Sequence[contracts.ContractItem]) -> str:
    """Return the address that all lines share, where there are several; else ""."""
    sites = {item.site for item in items}
    return sites.pop() if len(sites) == 1 and len(items) > 1 else ""
