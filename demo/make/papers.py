"""Writes the records about business done: contracts, lines, invoices and ledger entries."""

from datetime import timedelta
from typing import Any

from demo.make.calendar import days_ago, moment
from demo.make.chance import Chance
from demo.make.fleet import Fleet
from demo.make.hires import Hire, Item
from demo.make.invoicing import Invoice
from demo.make.ledger import Entry
from demo.make.source import Account, Brand
from demo.make.tables import Feed, money

OUT_AT = ["06:30", "07:00", "07:30", "08:15", "09:00", "10:30", "13:00"]
BACK_AT = ["12:00", "15:30", "16:00", "17:00"]
DAYS_IN_A_MONTH = 30.4375


def write_hire(feed: Feed, brand: Brand, fleet: Fleet, hire: Hire) -> None:
    """Write a rental contract with its lines; a quote's lines have no times yet."""
    account = hire.account
    feed.add(
        "contracts",
        external_id=hire.number,
        number=hire.number,
        kind="rental",
        status=hire.status,
        account=account.ref,
        holder=brand.person_ref(hire.by),
        store=account.store if hire.names_store else "",
        starts_on=hire.start,
        ends_on=hire.end,
        po_number=hire.po,
        currency=_unusual_currency(account),
    )
    for index, item in enumerate(hire.items, start=1):
        _write_line(feed, brand, fleet, hire, item, index)


def _write_line(feed: Feed, brand: Brand, fleet: Fleet, hire: Hire, item: Item, index: int) -> None:
    timed = hire.begun or hire.status == "reservation"
    chance = Chance("clock", hire.number)
    zone = brand.stores[hire.account.store].timezone
    out_at, back_at = (
        moment(hire.start, chance.pick(OUT_AT), zone),
        moment(hire.end, chance.pick(BACK_AT), zone),
    )
    feed.add(
        "contract_lines",
        external_id=f"{hire.number}-{index}",
        contract=hire.number,
        asset=fleet.allot(item.model, item.quantity, hire.start, hire.end)
        if timed
        else item.model.key,
        description=item.model.name,
        quantity=item.quantity,
        quantity_returned=item.returned,
        rate=money(hire.rate(item, hire.period)),
        rate_period=hire.period,
        out_at=out_at if timed else None,
        due_back_at=back_at if timed else None,
        site=hire.site,
    )


def write_agreement(feed: Feed, brand: Brand, account: Account, cells: dict[str, Any]) -> None:
    """Write a service contract or finance agreement on a customer's own car."""
    starts = days_ago(cells["ago"])
    feed.add(
        "contracts",
        external_id=cells["number"],
        number=cells["number"],
        kind=cells["kind"],
        status=cells["status"],
        account=account.ref,
        holder=brand.person_ref(account.owner),
        store=account.store,
        asset=cells["asset"],
        purchased_on=starts,
        starts_on=starts,
        ends_on=starts + timedelta(days=round(cells["months"] * DAYS_IN_A_MONTH)),
        missed_payment_fee=money(cells["fee"]),
    )
    if "cover" in cells:
        feed.add(
            "contract_lines",
            external_id=f"{cells['number']}-1",
            contract=cells["number"],
            asset=cells["asset"],
            description=cells["cover"],
            quantity=1,
            quantity_returned=0,
            rate=money(cells["price"]),
            rate_period="flat",
        )


def write_plan(feed: Feed, brand: Brand, account: Account, cells: dict[str, Any]) -> None:
    """Write how an agreement is paid: its schedule, and the card or account on it.

    `next` says in how many days the next payment is due; what lies before that is paid.
    """
    number, plan, step = cells["number"], cells["plan"], timedelta(days=30)
    for sequence in range(1, plan["count"] + 1):
        due = days_ago(-plan["next"]) + (sequence - 1 - plan["paid"]) * step
        feed.add(
            "instalments",
            external_id=f"{number}-P{sequence:02d}",
            contract=number,
            sequence=sequence,
            due_on=due,
            amount=money(plan["amount"]),
            state="paid" if sequence <= plan["paid"] else "",
        )
    owner = brand.people[account.owner]
    for index, method in enumerate(plan["methods"], start=1):
        feed.add(
            "payment_methods",
            external_id=f"{number}-M{index}",
            contract=number,
            holder=f"{owner['given_name']} {owner['family_name']}",
            gateway_token=f"demo_{number}_{index}",
            is_default=index == 1,
            **method,
        )


def write_invoice(feed: Feed, account: Account, invoice: Invoice, contract: str) -> None:
    """Write an invoice and its lines."""
    feed.add(
        "invoices",
        external_id=invoice.number,
        number=invoice.number,
        account=account.ref,
        contract=contract,
        issued_on=invoice.issued,
        due_on=invoice.due,
        total=money(invoice.total),
        open_amount=money(invoice.open),
        currency=_unusual_currency(account),
    )
    for index, line in enumerate(invoice.lines, start=1):
        feed.add(
            "invoice_lines",
            external_id=f"{invoice.number}-{index}",
            invoice=invoice.number,
            description=line.description,
            quantity=line.quantity,
            unit_price=money(line.unit_price),
            amount=money(line.amount),
        )


def write_entry(feed: Feed, account: Account, entry: Entry, index: int) -> None:
    """Write one ledger entry."""
    feed.add(
        "ledger",
        external_id=f"L-{account.number}-{index:03d}",
        account=account.ref,
        contract=entry.contract,
        kind=entry.kind,
        amount=money(entry.amount),
        effective_on=entry.on,
        reference=entry.reference,
        method_label=entry.method,
    )


def _unusual_currency(account: Account) -> str:
    """Leave the dollar to the default and write any other currency out."""
    return "" if account.currency == "USD" else account.currency
