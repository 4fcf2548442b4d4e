"""Who is party to an application, and the Customer Centre beside them (S2-11)."""

import reflex as rx

from portal_app import components as ui
from portal_app.pages.staff.application_centre import centre
from portal_app.state.applications.desk import ApplicationDeskState
from portal_app.state.applications.desk_views import PartyRow

STATE = ApplicationDeskState


def contacts_section() -> rx.Component:
    """Show the people, or the Customer Centre."""
    return ui.stack(
        ui.segmented(
            options=[("people", "People"), ("centre", "Customer Centre")],
            value=STATE.tab,
            on_pick=STATE.pick_tab,
            label="Contacts",
        ),
        rx.cond(STATE.tab == "centre", centre(), _people()),
    )


def _people() -> rx.Component:
    nobody = ui.empty(
        "users",
        "Nobody is party to this application",
        "Parties come with the feed from your own system.",
        action=ui.link_button("All applications", "/staff/applications"),
    )
    listed = ui.link_list(rx.foreach(STATE.view.parties, _person))
    return ui.card(rx.cond(STATE.view.parties, listed, nobody), title="People", flush=True)


def _person(row: PartyRow) -> rx.Component:
    left = rx.cond(row.is_ended, "No longer party", row.role)
    meta = rx.fragment(left, rx.el.br(), row.email, rx.el.br(), row.mobile)
    tag = ui.status_tag(row.status, row.tone)
    return ui.row_link(row.name, meta, row.href, right=tag)
