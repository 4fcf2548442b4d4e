"""The frame that knows the session: navigation, account menu, notices, the bridge."""

import reflex as rx

from portal_app.components.arrival import arrival
from portal_app.components.bridge import bridge
from portal_app.components.buttons import button, link_button
from portal_app.components.feedback import acting_bar, alert, banner, banner_space, error_page
from portal_app.components.frame import (
    account_menu,
    app_frame,
    auth_frame,
    page_footer,
    side_nav,
    tab_bar,
)
from portal_app.components.links import external_link, text_link
from portal_app.layout import navigation
from portal_app.layout.brand import brand_mark
from portal_app.state.shell import ShellState

SHELL = ShellState.shell
_IS_REFUSED = ShellState.notice.title != ""


def consumer_page(*content: rx.Component, active: str, wide: bool = False) -> rx.Component:
    """Set a customer's page in its frame; `active` is the section's address."""
    groups = navigation.consumer_groups
    # For who turns out not to rent the menu is drawn anew, so that nothing of it moves.
    menu = rx.fragment(
        side_nav(groups(active), "Main"), key=rx.cond(SHELL.has_rental, "rents", "holds")
    )
    return _framed(
        *content,
        navigation=menu,
        tabs=tab_bar(
            navigation.consumer_tabs(active), side_nav(groups(active), "All sections"), "Quick"
        ),
        home="/",
        wide=wide,
    )


def staff_page(*content: rx.Component, active: str) -> rx.Component:
    """Set a staff page in its frame; `active` is the section's address."""
    groups = navigation.staff_groups
    return _framed(
        *content,
        navigation=side_nav(groups(active), "Staff"),
        tabs=tab_bar(
            navigation.staff_tabs(active), side_nav(groups(active), "All sections"), "Quick"
        ),
        home="/staff",
        wide=True,
    )


def own_page(*content: rx.Component, active: str) -> rx.Component:
    """Set a page that customers and staff both have, such as security, in the right frame."""
    return rx.cond(
        SHELL.is_staff, staff_page(*content, active=active), consumer_page(*content, active=active)
    )


def door_page(*content: rx.Component) -> rx.Component:
    """Set a page for people who are not signed in."""
    return rx.fragment(
        bridge(ShellState.command),
        _newer_look(),
        auth_frame(
            _closed(),
            *content,
            brand=brand_mark("/sign-in"),
            headline=rx.el.span(class_name="brand-headline"),
            points=(
                "See what you owe and what you have paid",
                "Find every contract, invoice and statement",
                "Call items off rent in a minute",
            ),
            help=_help_line(),
        ),
    )


def _closed() -> rx.Component:
    words = alert("The portal is closed", SHELL.closed, tone="warn", id="closed", live=True)
    return rx.cond(SHELL.closed != "", words, rx.fragment())


def _framed(
    *content: rx.Component, navigation: rx.Component, tabs: rx.Component, home: str, wide: bool
) -> rx.Component:
    return rx.fragment(
        bridge(ShellState.command, idle_seconds=SHELL.idle_seconds),
        _newer_look(),
        app_frame(
            arrival(*_with_acting(content, home), shown=ShellState.arrived_at),
            brand=brand_mark(home),
            navigation=navigation,
            tabs=tabs,
            account=account_menu(SHELL.name, SHELL.sub, SHELL.initials, _account_items()),
            banner=_announcement(),
            wide=wide,
            footer=page_footer(_help_line()),
        ),
    )


def _with_acting(content: tuple[rx.Component, ...], home: str) -> tuple[rx.Component, ...]:
    """Set for whom somebody acts below the page's head, or above all where the head comes later.

    It comes with the data of the first page. The head stands there before that, and must not move.
    """
    bar = rx.cond(ShellState.arrived_at != "", _acting(), rx.fragment())
    head, *rest = content
    if "page-head" not in str(getattr(head, "class_name", "")):
        return bar, rx.cond(_IS_REFUSED, _notice(home), rx.fragment(*content))
    below = rx.cond(_IS_REFUSED, rx.fragment(), rx.fragment(*rest))
    return rx.cond(_IS_REFUSED, _notice(home), head), bar, below


def _newer_look() -> rx.Component:
    """Lay the brand's new style sheet over the one that the page came with (S4-07)."""
    newer = rx.el.link(rel="stylesheet", href="/branding.css?v=" + SHELL.look)
    return rx.cond(SHELL.look != "", newer, rx.fragment())


def _account_items() -> list[rx.Component]:
    return navigation.account_items()


def _notice(home: str) -> rx.Component:
    return error_page(
        ShellState.notice.title,
        ShellState.notice.body,
        reference=ShellState.notice.reference,
        action=link_button("Go to the start page", home),
    )


def _acting() -> rx.Component:
    """Say on every page on whose behalf it is looked at, and lead back."""
    others = rx.cond(
        SHELL.has_several_accounts | SHELL.may_act,
        text_link("Change", "/choose-account", suffix="account or person"),
        "",
    )
    own = button("Back to your own", on_click=ShellState.act_for_myself, tone="quiet")
    words = rx.el.p(
        f"{SHELL.acting} ", rx.el.b(SHELL.acting_for), ". ", SHELL.acting_note, class_name="grow"
    )
    bar = acting_bar(words, others, rx.cond(SHELL.has_context, own, rx.fragment()))
    return rx.cond(SHELL.acting_for != "", bar, rx.fragment())


def _announcement() -> rx.Component:
    return rx.cond(
        SHELL.announcement != "",
        banner(
            rx.el.p(SHELL.announcement),
            button("Dismiss", on_click=ShellState.dismiss_announcement, tone="quiet"),
        ),
        rx.cond(SHELL.name == "", banner_space(), rx.fragment()),
    )


def _help_line() -> rx.Component:
    phone = rx.el.span(class_name="brand-help")
    return rx.el.p(
        phone,
        " ",
        text_link("Help and contact", "/help"),
        rx.cond(
            SHELL.support_mailto != "",
            rx.fragment(" · ", external_link("Report a problem", SHELL.support_mailto)),
            rx.fragment(),
        ),
    )
