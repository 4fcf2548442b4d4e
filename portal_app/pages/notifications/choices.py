"""How a customer is told: in the portal, by email, by text, for each group of topics."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import consumer_page
from portal_app.state.notifications.choosing import ChoicesState

STATE = ChoicesState
VIEW = STATE.view
WRONG = STATE.field_problems
GROUPS = {
    "case": ("Cases", "When we answer, ask or propose something, and when a case is closed."),
    "rental": ("Rentals", "When a request of yours is confirmed, planned, moved or declined."),
    "payment": ("Payments", "Receipts, missed payments, and cards that are about to run out."),
}


def choices_page() -> rx.Component:
    """Offer every way that there is for this person, group by group."""
    return consumer_page(
        ui.page_head(
            "How we tell you",
            sub="Choose for each kind of message where you want to read it.",
            crumb=("Messages", "/notifications"),
        ),
        ui.loading(STATE.is_loaded, ui.card(_form()), ui.skeleton("form", 4)),
        active="/notifications",
    )


def _form() -> rx.Component:
    return ui.form(
        *[
            rx.cond(VIEW.groups[key], _group(key, *words), rx.fragment())
            for key, words in GROUPS.items()
        ],
        ui.paragraph(
            "What concerns your sign-in, your details, and who can see what is yours always comes "
            "by email and in the portal, so that nobody can change such things unseen.",
            quiet=True,
        ),
        rx.cond(
            VIEW.mobile == "",
            ui.paragraph(
                "For text messages we need a mobile number: ",
                ui.text_link("add it to your details", "/profile/phone"),
                ".",
                quiet=True,
            ),
            rx.fragment(),
        ),
        ui.hidden_input("key", VIEW.key),
        ui.actions(
            ui.submit_button("Save", busy=STATE.busy),
            ui.link_button("Cancel", "/notifications"),
        ),
        on_submit=STATE.save,
        problem=STATE.problem,
        field_problems=WRONG,
        labels={key: words[0] for key, words in GROUPS.items()},
        key=VIEW.key,
    )


def _group(key: str, title: str, what: str) -> rx.Component:
    return rx.fragment(
        ui.hidden_input(f"{key}_asked", "yes"),
        ui.checkbox_group(
            title,
            [
                _way(key, key, "portal", "Here in the portal"),
                rx.cond(
                    VIEW.email != "",
                    _way(key, f"{key}-email", "email", rx.fragment("By email, to ", VIEW.email)),
                    rx.fragment(),
                ),
                rx.cond(
                    VIEW.mobile != "",
                    _way(key, f"{key}-text", "text", rx.fragment("By text, to ", VIEW.mobile)),
                    rx.fragment(),
                ),
            ],
            id=key,
            hint=what,
            error=WRONG[key],
        ),
    )


def _way(group: str, element: str, way: str, label: rx.Component | str) -> rx.Component:
    return ui.checkbox(
        label,
        element,
        name=f"{group}_{way}",
        checked=VIEW.ticked[f"{group}_{way}"],
        plain=False,
    )
