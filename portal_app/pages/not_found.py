"""What stands at an address that the portal does not have."""

import reflex as rx

from portal_app.components.buttons import link_button
from portal_app.components.feedback import error_page
from portal_app.layout.shell import door_page
from portal_app.state.lost import LostState


def not_found_page() -> rx.Component:
    """Say so, and lead back to where one can go on."""
    return door_page(
        error_page(
            "Page not found",
            "There is no page at this address. Check it, or begin at the start page.",
            reference=LostState.reference,
            action=link_button("Go to the start page", "/", tone="primary"),
        )
    )
