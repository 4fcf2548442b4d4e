"""The operator's mark; its words come with /branding.css, so that no other brand flashes up."""

import reflex as rx

from portal_app.components import frame

LOGO = "/branding/logo"


def brand_mark(href: str) -> rx.Component:
    """Show the brand of the host that serves the page."""
    initial = rx.el.span(class_name="brand-initial")
    name = rx.el.span(class_name="brand-name")
    return frame.brand_mark(name, initial, href, logo=LOGO)
