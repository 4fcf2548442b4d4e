"""Call items off rent in three steps (S3-25)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import consumer_page
from portal_app.pages.rentals.off_rent_steps import check_step, quantity_step, return_step
from portal_app.state.rentals.off_rent import OffRentState

STATE = OffRentState
PAGE = STATE.page


def off_rent_page() -> rx.Component:
    """Ask how many and when, then how they come back, then read it all back."""
    return consumer_page(
        ui.page_head("Call off rent", sub=PAGE.sub, crumb=("Items out", "/items-out")),
        ui.loading(
            STATE.is_loaded,
            rx.cond(PAGE.is_all_asked, _nothing_left(), _steps()),
            ui.skeleton("form", 3),
        ),
        active="/items-out",
    )


def _steps() -> rx.Component:
    first = _keyed("step-1", _heading("How many and when", 1), quantity_step())
    second = _keyed("step-2", _heading("Pick up or bring back", 2), return_step())
    third = _keyed("step-3", _heading("Check your answers", 3), check_step())
    return rx.cond(STATE.step == 1, first, rx.cond(STATE.step == 2, second, third))  # noqa: PLR2004


def _keyed(key: str, *content: rx.Component) -> rx.Component:
    """Keep steps and items apart, or the browser would carry one's entries into the next."""
    return rx.el.div(*content, class_name="stack", key=PAGE.line_id + key)


def _heading(label: str, step: int) -> rx.Component:
    item = rx.el.h2(PAGE.item, class_name="h2")
    return ui.stack(ui.stepper(step, 3, label), item, tight=True)


def _nothing_left() -> rx.Component:
    return ui.empty(
        "package-check",
        "All of these are being called off already",
        "You can follow the request, or call your store to change it.",
        action=ui.link_button("See the request", f"/requests/{PAGE.open_request}"),
    )
