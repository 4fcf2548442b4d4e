"""The frame around every page, as pure pieces: layout/ fills them from the session."""

from collections.abc import Sequence

import reflex as rx

from portal_app.components.forms import bare_post_form
from portal_app.components.icons import icon as draw
from portal_app.components.links import anchor
from portal_app.components.overlays import menu, menu_separator, menu_submit, sheet, theme_items
from portal_app.components.values import UNSET, Content, Text, either, same, shown

NavGroup = tuple[Text | None, Sequence[rx.Component]]
SIGN_OUT_FORM = "sign-out"


def app_frame(
    *content: Content,
    brand: rx.Component,
    navigation: rx.Component,
    tabs: rx.Component,
    account: rx.Component,
    banner: Content = None,
    wide: bool = False,
    footer: Content = None,
) -> rx.Component:
    """Set a page between navigation and foot: a side bar, or top and bottom bars on a phone."""
    main = rx.el.main(
        rx.el.div(*content, class_name="wrap wide" if wide else "wrap"),
        id="main",
        tab_index=-1,
        class_name="main",
    )
    return rx.fragment(
        skip_link(),
        rx.el.div(
            rx.el.header(brand, navigation, account, class_name="side"),
            rx.el.div(banner, main, footer, class_name="body"),
            class_name="shell",
        ),
        tabs,
        bare_post_form(action="/auth/sign-out", id=SIGN_OUT_FORM),
    )


def skip_link() -> rx.Component:
    """Lead past the navigation; the first thing the Tab key reaches."""
    return anchor("Skip to main content", href="#main", class_name="skip")


def brand_mark(name: Content, initial: Content, href: Text, *, logo: Text = "") -> rx.Component:
    """Show the operator's initial and name, or the logo if the brand's style sheet says so.

    A picture that is not shown is not fetched, and what it says stands in the name.
    """
    picture = None
    if isinstance(logo, rx.Var) or logo:
        picture = rx.el.img(src=logo, alt="", class_name="brand-logo", loading="lazy")
    symbol = rx.el.span(initial, class_name="mark", custom_attrs={"aria-hidden": "true"})
    # A brand's words may come with its style sheet, where not every reader looks for a name.
    purpose = rx.el.span(" start page", class_name="vh")
    return rx.el.a(picture, symbol, rx.el.span(name), purpose, href=href, class_name="brand")


def side_nav(groups: Sequence[NavGroup], label: Text) -> rx.Component:
    """List the sections, in groups of (heading or None, items made by `nav_item`)."""
    parts: list[Content] = []
    for heading, items in groups:
        if heading is not None:
            parts.append(shown(heading, rx.el.p(heading, class_name="nav-h")))
        parts.append(rx.el.ul(*items, role="list"))
    return rx.el.nav(*parts, aria_label=label, class_name="nav")


def nav_item(
    label: Text, icon: str, href: str, active: Text, *, count: Text = "", counted: Text = "open"
) -> rx.Component:
    """Link to a section; `active` is the current section's address, `count` what waits there."""
    badge = rx.el.span(count, rx.el.span(" ", counted, class_name="vh"), class_name="count")
    return rx.el.li(
        rx.el.a(
            draw(icon),
            rx.el.span(label),
            shown(count, badge),
            href=href,
            custom_attrs=_current(active, href),
        )
    )


def tab_bar(tabs: Sequence[rx.Component], navigation: rx.Component, label: Text) -> rx.Component:
    """Show up to four sections at the foot of a phone, and all of them behind "More"."""
    more = rx.el.button(draw("menu", 22), rx.el.span("More"), type="button")
    everything = sheet(title="Menu", body=navigation, trigger=more)
    return rx.el.nav(*tabs, everything, class_name="tabs", aria_label=label)


def tab_item(label: Text, icon: str, href: str, active: Text) -> rx.Component:
    """Link to one of the four sections at the foot of a phone."""
    return rx.el.a(
        draw(icon, 22), rx.el.span(label), href=href, custom_attrs=_current(active, href)
    )


def account_menu(
    name: Text, sub: Text, initials: Text, items: Sequence[rx.Component]
) -> rx.Component:
    """Show who is signed in, with their own pages, the theme and signing out."""
    trigger = rx.el.button(
        rx.el.span(initials, class_name="ava", custom_attrs={"aria-hidden": "true"}),
        rx.el.span(rx.el.b(name), rx.el.span(sub), class_name="who"),
        draw("chevrons-up-down", 16),
        rx.el.span("Account menu, ", name, class_name="vh"),
        type="button",
        class_name="acct",
    )
    leave = menu_submit("Sign out", form=SIGN_OUT_FORM, icon="log-out")
    everything = [*items, menu_separator(), *theme_items(), menu_separator(), leave]
    menu_of_account = menu(trigger, everything, id="account-menu", label="Account")
    return rx.el.div(menu_of_account, class_name="who-menu")


def page_footer(*links: Content) -> rx.Component:
    """Close the page with help and the small print, in the same place everywhere."""
    return rx.el.footer(*links, class_name="foot")


def auth_frame(
    *content: Content,
    brand: rx.Component,
    headline: Content,
    points: Sequence[Content],
    help: Content = None,
) -> rx.Component:
    """Set a sign-in form beside what the portal is good for."""
    form_side = rx.el.div(
        rx.el.header(brand),
        rx.el.main(*content, class_name="auth-box", id="main", tab_index=-1),
        rx.el.footer(help) if help is not None else None,
        class_name="auth-form",
    )
    promise = rx.el.aside(
        _ghosts(),
        rx.el.h2(headline),
        rx.el.ul(*[rx.el.li(draw("check"), point) for point in points]),
        class_name="auth-art",
        aria_label="What you can do here",
    )
    return rx.fragment(skip_link(), rx.el.div(form_side, promise, class_name="auth"))


def _ghosts() -> rx.Component:
    """Draw two cards without words, as decoration."""
    first = rx.el.div(*[rx.el.i(class_name=name) for name in ("a1", "a2", "")], class_name="ghost")
    second = rx.el.div(*[rx.el.i(class_name=name) for name in ("a3", "", "a1")], class_name="ghost")
    return rx.el.div(first, second, class_name="ghosts", custom_attrs={"aria-hidden": "true"})


def _current(active: Text, href: str) -> dict[str, object]:
    return {"aria-current": either(same(active, href), "page", UNSET)}
