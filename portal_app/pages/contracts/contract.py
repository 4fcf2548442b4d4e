"""One contract, quote or reservation (S3-03)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import consumer_page
from portal_app.pages.contracts import payments
from portal_app.state.billing.words import InvoiceEntry
from portal_app.state.contracts.details import ContractState, Fact
from portal_app.state.contracts.items import ItemEntry

STATE = ContractState
VIEW = ContractState.view
ENTRY = ContractState.view.entry
PAID = ContractState.view.payments


def contract_page() -> rx.Component:
    """Show what happens next, the facts, what is out, and how it is paid."""
    pdf = ui.link_button(
        "View as PDF", ENTRY.pdf, icon="file-search", file=True, suffix=ENTRY.number
    )
    waiting = ui.button("View as PDF", icon="file-search", disabled=True)
    tag = ui.status_tag(ENTRY.status, ENTRY.tone)
    return consumer_page(
        ui.page_head(
            rx.cond(ENTRY.number != "", f"{ENTRY.kind} {ENTRY.number}", "Contract"),
            sub=rx.cond(ENTRY.what, ENTRY.what, "\N{NO-BREAK SPACE}"),
            actions=[
                rx.cond(VIEW.is_whole, rx.cond(ENTRY.pdf, pdf, waiting), rx.fragment()),
                payments.change_button(),
            ],
            crumb=(VIEW.list_name, VIEW.list_href),
            tag=rx.cond(ENTRY.status != "", tag, rx.fragment()),
            key=ENTRY.id,
        ),
        ui.loading(STATE.is_loaded, _content(), ui.skeleton("detail", 4)),
        active="/contracts",
    )  # fmt: skip


def _content() -> rx.Component:
    planned = ui.card(ui.timeline(VIEW.moments), title="What happens next")
    main = ui.stack(
        rx.cond(PAID.is_there, payments.what_happens_next(), planned),
        rx.cond(PAID.is_there, payments.schedule(), rx.fragment()),
        rx.cond(ENTRY.is_rental, _items(), rx.cond(VIEW.lines, _covered(), rx.fragment())),
    )
    store = rx.cond(ENTRY.store != "", _store(), rx.fragment())
    whole = rx.fragment(_facts(), _documents(), store)
    side = ui.stack(
        payments.methods(),
        rx.cond(VIEW.is_whole, whole, _limited()),
        payments.end_of_contract(),
    )
    return ui.stack(payments.alerts(), ui.columns(main, side))


def _limited() -> rx.Component:
    """Say why there is nothing else."""
    words = "You were let in on its payments, so the rest of the contract is not shown."
    return ui.card(ui.paragraph(words, quiet=True), title="Why you see this part")


def _covered() -> rx.Component:
    covers = ui.link_list(rx.foreach(VIEW.lines, _cover))
    return ui.card(covers, _place(), title="What it covers", flush=True)


def _cover(item: ItemEntry) -> rx.Component:
    return ui.plain_row(item.description, item.site, right=ui.money_text(item.rate))


def _items() -> rx.Component:
    table = ui.data_table(
        caption="Items",
        columns=[
            "Item",
            ui.th("Out", end=True),
            ui.th("Returned", end=True),
            "Due back",
            ui.th("Call off", hidden=True),
        ],
        body=rx.foreach(VIEW.lines, _item),
    )
    words = "No items are listed on this contract."
    otherwise = rx.el.div(ui.paragraph(words, quiet=True), class_name="card-b")
    return ui.card(
        rx.cond(VIEW.lines, table, otherwise),
        _place(),
        rx.cond(VIEW.note != "", ui.help_line(VIEW.note), rx.fragment()),
        title="Items",
        flush=True,
    )


def _place() -> rx.Component:
    """Say once where everything is, if all of it is at one address."""
    return rx.cond(
        VIEW.site != "", ui.help_line("Everything listed is at ", VIEW.site), rx.fragment()
    )


def _item(item: ItemEntry) -> rx.Component:
    call_off = ui.link_button("Call off rent", item.call_off, small=True, suffix=item.description)
    flag = rx.cond(item.flag != "", ui.status_tag(item.flag, item.tone), rx.fragment())
    below = rx.fragment(
        rx.el.span(item.quantity, " in all", rx.cond(item.rate != "", f", {item.rate}", "")),
        rx.cond(item.site != "", rx.el.span(rx.el.br(), item.site), rx.fragment()),
        rx.cond(item.asked != "", rx.el.span(rx.el.br(), item.asked), rx.fragment()),
    )
    return ui.table_row(
        ui.row_head(item.description, below),
        ui.cell(item.out, label="Out", end=True, strong=True),
        ui.cell(item.returned, label="Returned", end=True),
        ui.cell(rx.fragment(item.due_on, " ", flag), label="Due back", whole=True),
        ui.action_cell(rx.cond(item.call_off != "", call_off, rx.fragment())),
        key=item.id,
    )


def _facts() -> rx.Component:
    return ui.card(ui.summary_rows(rx.foreach(VIEW.facts, _fact)), title="Facts")


def _fact(fact: Fact) -> rx.Component:
    return ui.summary_row(fact.label, fact.value)


def _documents() -> rx.Component:
    title = rx.fragment(ENTRY.kind, " ", ENTRY.number)
    own = ui.row_link(title, "PDF", ENTRY.pdf, icon="file-down", file=True)
    return ui.card(
        ui.link_list(own, rx.foreach(VIEW.invoices, _invoice)), title="Documents", flush=True
    )


def _invoice(invoice: InvoiceEntry) -> rx.Component:
    return ui.row_link(
        rx.fragment("Invoice ", invoice.number),
        rx.fragment(invoice.issued_on, " · ", invoice.total),
        invoice.href,
        right=ui.status_tag(invoice.status, invoice.tone),
        icon="receipt",
        below=True,
    )


def _store() -> rx.Component:
    rows = [
        ("Store", ENTRY.store),
        ("Phone", ENTRY.store_phone),
        ("Email", VIEW.store_email),
        ("Address", VIEW.store_address),
    ]
    return ui.card(ui.summary_list(rows), title="Your store")
