"""The lists of contracts, quotes and reservations (S3-03, S3-21)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import consumer_page
from portal_app.pages.contracts.parts import contract_listing
from portal_app.state.contracts.lists import ContractListState
from portal_app.state.shell import ShellState

STATE = ContractListState
VIEWS = [("current", "Current"), ("ended", "Ended"), ("all", "All")]


def contracts_page() -> rx.Component:
    """List what is in force, what has ended, or everything."""
    views = ui.segmented(
        options=VIEWS, value=STATE.shelf, on_pick=STATE.show, label="Show contracts"
    )
    return consumer_page(
        ui.page_head(
            "Contracts",
            sub=rx.cond(
                ShellState.shell.has_rental,
                "What you have on rent, and what you had before.",
                "What you hold with us, and what you held before.",
            ),
        ),
        _loaded(contract_listing(views, what="contracts", nothing=_no_contracts()), *VIEWS),
        ui.help_line(
            "Something is not here? It can take a day to appear. ",
            ui.text_link("Ask us about a contract", "/help"),
        ),
        active="/contracts",
        wide=True,
    )


def quotes_page() -> rx.Component:
    """List the quotes."""
    nothing = ui.empty(
        "clipboard-list",
        "No quotes at the moment",
        "Ask your store for a price: the quote appears here.",
        action=ui.link_button("Contact your store", "/help"),
    )
    return consumer_page(
        ui.page_head("Quotes", sub="Prices that your store has made for you. They book nothing."),
        _loaded(contract_listing(what="quotes", nothing=nothing), ("quotes", "Quotes")),
        active="/quotes",
        wide=True,
    )


def reservations_page() -> rx.Component:
    """List the reservations."""
    nothing = ui.empty(
        "calendar-check",
        "No reservations at the moment",
        "What you book with your store appears here until it goes out.",
        action=ui.link_button("See your quotes", "/quotes"),
    )
    return consumer_page(
        ui.page_head("Reservations", sub="What is booked for you and has not gone out yet."),
        _loaded(
            contract_listing(what="reservations", nothing=nothing),
            ("reservations", "Reservations"),
        ),
        active="/reservations",
        wide=True,
    )


def _loaded(content: rx.Component, *shelves: tuple[str, str]) -> rx.Component:
    """Show the rows once they are of this page: the three lists share one state."""
    own = rx.Var.create([key for key, _ in shelves]).contains(STATE.shelf)
    return ui.loading(STATE.is_loaded & own, content, ui.skeleton("table", 8))


def _no_contracts() -> rx.Component:
    ended = ui.empty(
        "file-text",
        "Nothing has ended yet",
        rx.cond(
            ShellState.shell.has_rental,
            "Contracts move here when everything is back and paid for.",
            "Contracts move here when they have run out or were ended.",
        ),
        action=ui.button("Show current contracts", on_click=STATE.show("current")),
    )
    current = ui.empty(
        "file-text",
        "No contract is in force",
        "Contracts appear here as soon as your store opens them.",
        action=ui.button("Show all contracts", on_click=STATE.show("all")),
    )
    none_at_all = ui.empty(
        "file-text",
        "No contracts yet",
        "Contracts appear here as soon as your store opens them.",
        action=ui.link_button("Contact your store", "/help"),
    )
    return rx.cond(
        STATE.shelf == "ended", ended, rx.cond(STATE.shelf == "all", none_at_all, current)
    )
