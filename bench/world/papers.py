"""Contracts with their lines, and the ledger, written in bulk."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

from bench.world.bulk import NOW, TODAY, Bulk
from portal_app import models as m

_CONTRACT, _LINE, _ENTRY = "c0000000", "d0000000", "e0000000"
# A rental customer's contracts spread over six years; the last ones are out now.
_DAYS = 2_200
# The line that the live measure takes items off, again and again.
PLENTY = 1_000_000


def _id(kind: str, number: int) -> str:
    return f"{kind}-0000-7000-8000-{number:012x}"


class Papers:
    """Writes numbered papers of accounts."""

    def __init__(self, bulk: Bulk, brand_id: str, store_id: str) -> None:
        self._bulk, self._brand_id, self._store_id = bulk, brand_id, store_id
        self._numbers = count(1)

    def contracts(self, accounts: Iterable[tuple[str, int]], *, lines: bool) -> None:
        """Write so many current contracts for each account; with two lines each, if wanted."""
        first = next(self._numbers)
        wanted = [(account, amount) for account, amount in accounts]
        self._bulk.add_many(self._contract(), self._dated(wanted, first))
        last = first + sum(amount for _, amount in wanted)
        self._numbers = count(last)
        if lines:
            self._bulk.add_many(self._line(), _lines(first, last))

    def ledger(self, account: str, entries: int) -> None:
        """Write two years of charges and payments."""
        first = next(self._numbers)
        self._numbers = count(first + entries)
        self._bulk.add_many(
            self._entry(account),
            (
                {
                    "id": _id(_ENTRY, first + n),
                    "external_id": f"L-{first + n}",
                    "amount_minor": 12_345 + n if n % 2 else -12_345,
                    "kind": "charge" if n % 2 else "payment",
                    "effective_on": (TODAY - timedelta(days=n * 2)).isoformat(),
                    "reference": f"INV-{first + n}",
                }
                for n in range(entries)
            ),
        )

    @staticmethod
    def _dated(accounts: list[tuple[str, int]], first: int) -> Iterator[dict[str, Any]]:
        numbers = count(first)
        for account, amount in accounts:
            for position in range(amount):
                number = next(numbers)
                yield {
                    "id": _id(_CONTRACT, number),
                    "external_id": f"R-{number}",
                    "number": f"R-{number}",
                    "account_id": account,
                    "listed_on": (TODAY - timedelta(days=position * _DAYS // amount)).isoformat(),
                }

    def _contract(self) -> m.Contract:
        return m.Contract(
            brand_id=self._brand_id,
            external_id="",
            number="",
            kind=m.ContractKind.RENTAL,
            status=m.ContractStatus.ACTIVE,
            phase=m.ContractPhase.CURRENT,
            account_id="",
            store_id=self._store_id,
            listed_on=TODAY,
            starts_on=TODAY,
            po_number="PO-1180",
        )

    def _line(self) -> m.ContractLine:
        return m.ContractLine(
            brand_id=self._brand_id,
            external_id="",
            contract_id="",
            description="Scissor lift, 26 ft",
            quantity=3,
            rate_minor=18_500,
            rate_period="day",
            out_at=NOW - timedelta(days=9),
            due_back_at=NOW + timedelta(days=9),
            site="14 Pier Road",
        )

    def _entry(self, account: str) -> m.LedgerEntry:
        return m.LedgerEntry(
            brand_id=self._brand_id,
            external_id="",
            account_id=account,
            kind=m.EntryKind.CHARGE,
            amount_minor=0,
            effective_on=TODAY,
        )


def _lines(first: int, last: int) -> Iterator[dict[str, Any]]:
    """Two lines for each contract: one still out, one back."""
    for number in range(first, last):
        for part in (0, 1):
            yield {
                "id": _id(_LINE, number * 2 + part),
                "external_id": f"RL-{number}-{part}",
                "contract_id": _id(_CONTRACT, number),
                "description": ("Scissor lift, 26 ft", "Light tower, diesel")[part],
                "quantity": PLENTY if number == 1 and not part else 3,
                "quantity_returned": 3 * part,
            }


def first_line() -> str:
    """Return the id of the line that the first customer has plenty of."""
    return _id(_LINE, 2)
