"""The ledger: charges, fees, credits and payments, and what they leave open."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from demo.make.calendar import ago, days_ago
from demo.make.chance import Chance
from demo.make.invoicing import Invoice
from demo.make.source import Account

SIGN = {"opening": 1, "charge": 1, "fee": 1, "refund": 1, "payment": -1, "credit": -1}
ADJUSTMENTS = {
    "opening": ("openings", "BF"),
    "fee": ("fees", "FEE"),
    "credit": ("credits", "CN"),
    "refund": ("refunds", "RF"),
}
RECEIPTS = {"ACH transfer": "ACH", "Check": "CHK", "Wire transfer": "WIRE", "Bank transfer": "BACS"}


@dataclass(frozen=True)
class Entry:
    """One line of an account's ledger; what the customer owes more is positive."""

    kind: str
    amount: int
    on: date
    reference: str
    method: str = ""
    contract: str = ""


def entries_of(account: Account, invoices: list[Invoice]) -> list[Entry]:
    """Return an account's ledger, oldest first."""
    debits = [_charge(invoice) for invoice in invoices]
    for kind, (name, prefix) in ADJUSTMENTS.items():
        for index, cells in enumerate(getattr(account, name), start=1):
            debits.append(_adjustment(kind, f"{prefix}-{account.number}-{index}", cells))
    return sorted(debits + _payments(account, debits), key=lambda entry: (entry.on, -entry.amount))


def settle(invoices: list[Invoice], entries: list[Entry]) -> None:
    """Set what is open on each invoice: credits clear the oldest debits first."""
    left = -sum(entry.amount for entry in entries if entry.amount < 0)
    by_number = {invoice.number: invoice for invoice in invoices}
    for entry in entries:
        if entry.amount <= 0:
            continue
        cleared = min(left, entry.amount)
        left -= cleared
        if entry.reference in by_number:
            by_number[entry.reference].open = entry.amount - cleared


def _charge(invoice: Invoice) -> Entry:
    contract = invoice.hires[0].number if len({hire.number for hire in invoice.hires}) == 1 else ""
    return Entry("charge", invoice.total, invoice.issued, invoice.number, contract=contract)


def _adjustment(kind: str, reference: str, cells: dict[str, Any]) -> Entry:
    amount = SIGN[kind] * cells["amount"]
    return Entry(kind, amount, days_ago(cells["ago"]), reference, cells.get("label", ""))


def _payments(account: Account, entries: list[Entry]) -> list[Entry]:
    chance = Chance("payments", account.number)
    made = [(cells["ago"], cells["amount"], cells["label"]) for cells in account.payments]
    made += _habitual(account, entries, chance)
    check = chance.between(1180, 7400)
    payments: list[Entry] = []
    for when, amount, method in sorted(made, reverse=True):
        check += chance.between(1, 9)
        reference = _receipt(chance, method, check)
        payments.append(Entry("payment", -amount, days_ago(when), reference, method))
    return payments


def _habitual(account: Account, entries: list[Entry], chance: Chance) -> list[tuple[int, int, str]]:
    """Every so many days the customer pays all that is older than its habit, less its credits."""
    owed = [entry for entry in entries if entry.kind not in {"credit", "refund"}]
    if not account.pays or not owed:
        return []
    every, after = account.pays["every"], account.pays["after"]
    made: list[tuple[int, int, str]] = []
    for when in range(max(ago(entry.on) for entry in owed) - after, -1, -every):
        until = max(when + after, account.pays.get("stop", 0))
        credited = sum(
            -entry.amount for entry in entries if entry.kind == "credit" and ago(entry.on) >= when
        )
        due = sum(entry.amount for entry in owed if ago(entry.on) >= until)
        amount = due - credited - sum(paid for _, paid, _ in made)
        if amount > 0:
            made.append((when, amount, chance.pick(account.methods)))
    return made


def _receipt(chance: Chance, method: str, check: int) -> str:
    prefix = RECEIPTS.get(method, "TILL" if method.startswith("Cash") else "RCT")
    return f"{prefix}-{check if prefix == 'CHK' else chance.between(100200, 998900)}"
