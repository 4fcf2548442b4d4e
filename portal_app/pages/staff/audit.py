"""The audit log: who did what, and the proof that nobody changed it."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing
from portal_app.layout.shell import staff_page
from portal_app.state.audit import KINDS, AuditState, EntryRow

STATE = AuditState


def audit_page() -> rx.Component:
    """List what was done, newest first, and check the chain on demand."""
    return staff_page(
        ui.page_head(
            "Audit log",
            sub="Who did what. Entries are chained: a change to any of them shows.",
            actions=[ui.button("Check the trail", on_click=STATE.verify, icon="scroll-text")],
        ),
        ui.loading(STATE.is_loaded, ui.stack(_verdict(), _listing()), ui.skeleton("table", 8)),
        active="/staff/settings/audit",
    )


def _verdict() -> rx.Component:
    tag = ui.status_tag(STATE.verdict, STATE.verdict_tone)
    return rx.el.div(rx.cond(STATE.verdict != "", ui.row(tag), rx.fragment()), role="status")


def _listing() -> rx.Component:
    kinds = ui.select("kind", list(KINDS), value=STATE.kind, on_change=STATE.pick)
    return listing(STATE, ui.field("Show", kinds, id="kind"), body=_table(), nothing=_nothing())


def _table() -> rx.Component:
    return ui.data_table(
        caption="Audit log",
        columns=["What", "Who", "About", "Details", "From", "When"],
        body=rx.foreach(STATE.rows, _row),
    )


def _row(entry: EntryRow) -> rx.Component:
    return ui.table_row(
        ui.row_head(entry.what),
        ui.cell(entry.who, label="Who"),
        ui.cell(entry.about, label="About"),
        ui.cell(entry.detail, label="Details"),
        ui.cell(entry.ip, label="From"),
        ui.cell(entry.when, label="When", whole=True),
        key=entry.seq,
    )


def _nothing() -> rx.Component:
    return ui.empty("scroll-text", "Nothing here", "Nothing of this kind was done yet.")
