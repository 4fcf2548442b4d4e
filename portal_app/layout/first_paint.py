"""What stands on the screen while a page whose address has a name in it fetches its script."""

import reflex as rx

from portal_app.components.feedback import banner_space
from portal_app.components.skeletons import skeleton
from portal_app.layout.brand import brand_mark


def first_paint() -> rx.Component:
    """Draw the frame with the placeholder of a page of details; it knows nobody."""
    main = rx.el.main(
        rx.el.div(
            rx.el.p("Loading", class_name="vh", role="status"),
            skeleton("detail", 4),
            class_name="wrap first-paint",
        ),
        class_name="main",
        aria_busy="true",
    )
    return rx.el.div(
        rx.el.header(brand_mark("/"), class_name="side"),
        rx.el.div(banner_space(), main, class_name="body"),
        class_name="shell",
    )
