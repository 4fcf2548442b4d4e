"""Every invitation: who asks for a new one, which ones work, what has become of the others."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing
from portal_app.layout.shell import staff_page
from portal_app.state.invitations.list import InvitationEntry, InvitationsState

STATE = InvitationsState
VIEWS = (
    ("all", "All"),
    ("asked", "New link asked for"),
    ("live", "Working"),
    ("expired", "Run out"),
)


def invitations_page() -> rx.Component:
    """List invitations, newest first."""
    return staff_page(
        ui.page_head(
            "Invitations",
            sub="Links with which people set up their account.",
            actions=[ui.link_button("Find a customer", "/staff/customers", icon="search")],
        ),
        ui.loading(STATE.is_loaded, _listing(), ui.skeleton("table", 6)),
        active="/staff/invitations",
    )


def _listing() -> rx.Component:
    views = ui.segmented(
        options=VIEWS, value=STATE.view, on_pick=STATE.look_at, label="Show invitations"
    )
    return listing(STATE, views, rx.fragment(), body=_table(), nothing=_nothing())


def _table() -> rx.Component:
    return ui.data_table(
        caption="Invitations",
        columns=["Person", "Status", "Customer", "Invited", "Since then"],
        body=rx.foreach(STATE.rows, _row),
    )


def _row(entry: InvitationEntry) -> rx.Component:
    return ui.table_row(
        ui.row_head(ui.text_link(entry.person, entry.href, suffix=entry.made)),
        ui.status_cell(ui.status_tag(entry.label, entry.tone)),
        ui.cell(entry.customer, label="Customer"),
        ui.cell(entry.made, label="Invited"),
        ui.cell(entry.since, label="Since then"),
        key=entry.id,
    )


def _nothing() -> rx.Component:
    nobody = ui.empty(
        "mail",
        "Nobody was invited yet",
        "Open a customer and invite their people.",
        action=ui.link_button("See the customers", "/staff/customers"),
    )
    none_here = ui.empty(
        "mail",
        "None at the moment",
        "Invitations of this kind appear here by themselves.",
        action=ui.button("Show all invitations", on_click=STATE.look_at("all")),
    )
    return rx.cond(STATE.view == "all", nobody, none_here)
