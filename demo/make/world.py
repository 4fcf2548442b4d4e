"""Puts one brand's feed together, in the order in which business happens."""

from demo.make.applications import write_applications
from demo.make.customers import write_customers
from demo.make.fleet import Fleet, write_assets
from demo.make.hires import Hire, plan_hires
from demo.make.households import write_households
from demo.make.invoicing import Invoice, invoices_of
from demo.make.ledger import Entry, entries_of, settle
from demo.make.numbers import Numbers
from demo.make.papers import (
    write_agreement,
    write_entry,
    write_hire,
    write_invoice,
    write_plan,
)
from demo.make.source import Account, Brand
from demo.make.tables import Feed


def build_feed(brand: Brand) -> Feed:
    """Return everything the brand's own system would hand to the portal."""
    feed = Feed()
    write_customers(feed, brand)
    write_households(feed, brand)
    write_assets(feed, brand)
    write_applications(feed, brand)
    fixed = [
        str(hire["number"])
        for account in brand.accounts
        for hire in account.hires
        if "number" in hire
    ]
    numbers = Numbers(brand.numbers, fixed)
    hires: list[Hire] = []
    for account in brand.accounts:
        hires += _write_business(feed, brand, account, numbers)
    fleet = Fleet(brand.models)
    for hire in sorted(hires, key=lambda hire: (not hire.begun, hire.start, hire.number)):
        write_hire(feed, brand, fleet, hire)
    return feed


def _write_business(feed: Feed, brand: Brand, account: Account, numbers: Numbers) -> list[Hire]:
    hires = plan_hires(brand, account, numbers)
    invoices = invoices_of(account, brand.stores[account.store], hires, numbers)
    entries = entries_of(account, invoices)
    settle(invoices, entries)
    _close_settled(hires, invoices)
    _write_money(feed, account, invoices, entries)
    for agreement in account.agreements:
        write_agreement(feed, brand, account, agreement)
        if "plan" in agreement:
            write_plan(feed, brand, account, agreement)
    return hires


def _close_settled(hires: list[Hire], invoices: list[Invoice]) -> None:
    """Close a returned hire once nothing on its invoices is open."""
    unsettled = {hire.number for invoice in invoices if invoice.open for hire in invoice.hires}
    for hire in hires:
        if hire.status == "returned" and hire.number not in unsettled:
            hire.status = "closed"


def _write_money(
    feed: Feed, account: Account, invoices: list[Invoice], entries: list[Entry]
) -> None:
    contracts = {entry.reference: entry.contract for entry in entries if entry.kind == "charge"}
    for invoice in invoices:
        write_invoice(feed, account, invoice, contracts[invoice.number])
    for index, entry in enumerate(entries, start=1):
        write_entry(feed, account, entry, index)
