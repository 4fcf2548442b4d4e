"""The sections of the portal, for customers and for staff."""

import reflex as rx

from portal_app.components.frame import NavGroup, nav_item, tab_item
from portal_app.components.overlays import menu_item
from portal_app.state.shell import ShellState

SHELL = ShellState.shell
Item = tuple[str, str, str]  # label, icon, address


def _items(*items: Item, active: str) -> list[rx.Component]:
    return [nav_item(label, icon, href, active) for label, icon, href in items]


def _if(flag: rx.Var, items: list[rx.Component]) -> list[rx.Component]:
    return [rx.cond(flag, item, rx.fragment()) for item in items]


def _named(flag: rx.Var, heading: str) -> rx.Var:
    """Name a group only where it holds anything."""
    return rx.cond(flag, heading, "")


def consumer_groups(active: str) -> list[NavGroup]:
    """Return what a customer may open; rental pages only for who rents, while licensed.

    Payments only for who has a schedule.
    """
    held = _items(("Contracts", "file-text", "/contracts"), active=active)
    paid = _items(("Payments", "credit-card", "/payments"), active=active)
    money = _items(
        ("Statements", "receipt-text", "/statements"),
        ("Invoices", "receipt", "/invoices"),
        active=active,
    )
    head = nav_item("Household members", "house-plus", "/household", active)
    asked = nav_item(
        "Cases", "life-buoy", "/cases", active, count=SHELL.cases, counted="waiting for you"
    )
    told = nav_item(
        "Messages to you", "bell", "/notifications", active, count=SHELL.unread, counted="new"
    )
    support = [
        *_if(SHELL.has_cases, [asked]),
        *_if(SHELL.is_head, [head]),
        *_if(~SHELL.is_guest, [told]),
        nav_item("Help", "circle-help", "/help", active),
    ]
    summary = _items(("Summary", "house", "/"), active=active)
    rental = _if(SHELL.has_rental, _rental(active))
    applied = _items(("Applications", "clipboard-list", "/applications"), active=active)
    own = [*_if(~SHELL.is_guest, summary), *_if(SHELL.has_contracts, held), *rental]
    return [
        (None, [*own, *_if(SHELL.has_applications, applied)]),
        (
            _named(SHELL.has_figures | SHELL.has_payments, "Money"),
            [*_if(SHELL.has_payments, paid), *_if(SHELL.has_figures, money)],
        ),
        ("Support", support),
    ]


def _rental(active: str) -> list[rx.Component]:
    return [
        *_items(
            ("Quotes", "clipboard-list", "/quotes"),
            ("Reservations", "calendar-check", "/reservations"),
            active=active,
        ),
        nav_item(
            "Items out", "package", "/items-out", active, count=SHELL.items_out, counted="out"
        ),
        nav_item("Requests", "truck", "/requests", active),
    ]


def consumer_tabs(active: str) -> list[rx.Component]:
    """Return the sections at the foot of a customer's phone: four for who rents, else fewer."""
    out = tab_item("Items out", "package", "/items-out", active)
    statements = tab_item("Statements", "receipt-text", "/statements", active)
    messages = tab_item("Messages", "bell", "/notifications", active)
    applied = tab_item("Application", "clipboard-list", "/applications", active)
    paid = tab_item("Payments", "credit-card", "/payments", active)
    return [
        rx.cond(SHELL.is_guest, applied, tab_item("Summary", "house", "/", active)),
        *_if(SHELL.has_contracts, [tab_item("Contracts", "file-text", "/contracts", active)]),
        *_if(SHELL.has_rental, [out]),
        *_if(SHELL.has_figures, [statements]),
        *_if(SHELL.has_payments & ~SHELL.has_rental, [paid]),
        rx.cond(SHELL.has_rental | SHELL.is_guest, rx.fragment(), messages),
    ]


def staff_groups(active: str) -> list[NavGroup]:
    """Return what a member of staff may open; set-up is for admins."""
    work = [
        nav_item("Work queue", "inbox", "/staff", active, count=SHELL.waiting, counted="waiting"),
        *_items(
            ("Cases", "life-buoy", "/staff/cases"),
            ("Rental requests", "truck", "/staff/rental-requests"),
            ("Change requests", "user-pen", "/staff/requests"),
            ("Payments", "credit-card", "/staff/payments"),
            ("Cancellations", "file-x", "/staff/cancellations"),
            ("Applications", "clipboard-list", "/staff/applications"),
            ("Customers", "users", "/staff/customers"),
            ("Invitations", "mail", "/staff/invitations"),
            active=active,
        ),
    ]
    running = _items(
        ("Update website", "refresh-cw", "/staff/imports"),
        ("Outbox", "send", "/staff/outbox"),
        ("Background jobs", "timer", "/staff/jobs"),
        ("Reports", "chart-column", "/staff/reports"),
        active=active,
    )
    setting_up = _items(
        ("Customer portal", "sliders-horizontal", "/staff/settings/portal"),
        ("What customers can do", "toggle-right", "/staff/settings/features"),
        ("Reviews", "list-checks", "/staff/settings/reviews"),
        ("Taking payments", "wallet", "/staff/settings/payments"),
        ("Connections", "plug", "/staff/settings/webhooks"),
        ("Licence", "badge-check", "/staff/settings/licence"),
        ("Audit log", "scroll-text", "/staff/settings/audit"),
        active=active,
    )
    set_up = [*_if(SHELL.is_manager, _written(active)), *_if(SHELL.is_admin, setting_up)]
    return [
        (None, work),
        (_named(SHELL.is_manager, "Running"), _if(SHELL.is_manager, running)),
        (_named(SHELL.is_manager, "Set up"), set_up),
    ]


def _written(active: str) -> list[rx.Component]:
    """Return where managers write what customers read."""
    return _items(
        ("Help pages", "book-open", "/staff/settings/help"),
        ("Replies and cases", "message-square-text", "/staff/settings/cases"),
        ("Forms", "list-checks", "/staff/settings/form-templates"),
        ("Emails and texts", "mail", "/staff/settings/email-templates"),
        active=active,
    )


def staff_tabs(active: str) -> list[rx.Component]:
    """Return the sections at the foot of a staff phone."""
    return [
        tab_item("Queue", "inbox", "/staff", active),
        tab_item("Cases", "life-buoy", "/staff/cases", active),
        tab_item("Requests", "truck", "/staff/rental-requests", active),
        tab_item("Customers", "users", "/staff/customers", active),
    ]


def account_items() -> list[rx.Component]:
    """Return a person's own pages, for the account menu."""
    return [
        rx.cond(
            SHELL.is_staff | SHELL.is_guest,
            rx.fragment(),
            rx.fragment(
                menu_item("Your details", href="/profile", icon="user"),
                menu_item("Who can see your data", href="/access", icon="eye"),
                menu_item("Privacy", href="/privacy", icon="mail"),
            ),
        ),
        *_if(~SHELL.is_guest, [menu_item("Sign-in and security", href="/security", icon="shield")]),
        rx.cond(
            SHELL.has_several_accounts | SHELL.may_act,
            menu_item(
                rx.cond(SHELL.may_act, "Change account or person", "Change account"),
                href="/choose-account",
                icon="arrow-left-right",
            ),
            rx.fragment(),
        ),
    ]
