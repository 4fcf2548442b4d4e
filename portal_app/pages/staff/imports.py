"""Updating the website, and bringing feeds in (S3-10)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing
from portal_app.layout.shell import staff_page
from portal_app.state.imports.runs import ImportsState
from portal_app.state.imports.words import RunRow

STATE = ImportsState
VIEW = STATE.view


def imports_page() -> rx.Component:
    """Say what an update would change, take a feed, and list every run."""
    return staff_page(
        ui.page_head(
            "Update website",
            sub="Customers see what your system sent as soon as it is in. An update lets accounts"
            " that became ready register.",
        ),
        ui.loading(
            STATE.is_loaded,
            ui.stack(
                ui.error_summary(STATE.problem),
                ui.columns(_update(), _upload()),
                _runs(),
            ),
            ui.skeleton("detail", 4),
        ),
        active="/staff/imports",
    )


def _update() -> rx.Component:
    return ui.card(
        ui.paragraph(VIEW.effect),
        rx.cond(VIEW.names != "", ui.paragraph(VIEW.names, quiet=True), rx.fragment()),
        ui.actions(
            ui.confirm(
                title="Update the website?",
                body=VIEW.effect,
                verb="Update website",
                on_confirm=STATE.publish(VIEW.publish_key),
                trigger=ui.button("Update website", tone="primary", icon="refresh-cw"),
                tone="primary",
            )
        ),
        ui.paragraph(VIEW.nightly, quiet=True),
        title="What an update changes",
    )


def _upload() -> rx.Component:
    return ui.card(
        ui.post_form(
            ui.field(
                "Feed",
                ui.file_input("feed", accept=".zip,.csv,.tsv,.jsonl"),
                id="feed",
                hint=VIEW.limit,
                error=STATE.field_problems["feed"],
            ),
            ui.checkbox(
                "Only check it",
                "dry_run",
                hint="You see what would change and what would be refused. Nothing is written.",
            ),
            ui.hidden_input("key", VIEW.key),
            ui.actions(ui.submit_button("Send the feed", tone="")),
            action="/staff/imports/upload",
            field_problems=STATE.field_problems,
            labels={"feed": "Feed"},
            files=True,
        ),
        title="Bring in a feed",
    )


def _runs() -> rx.Component:
    table = ui.data_table(
        caption="Imports and updates",
        columns=["Run", "Status", "Result", "How", "When"],
        body=rx.foreach(STATE.rows, _row),
    )
    return listing(STATE, body=table, nothing=_nothing(), title="Imports and updates")


def _row(run: RunRow) -> rx.Component:
    name = rx.cond(run.href != "", ui.text_link(run.name, run.href, suffix=run.when), run.name)
    return ui.table_row(
        ui.row_head(name, run.who),
        ui.status_cell(ui.status_tag(run.status, run.tone)),
        ui.cell(run.result, label="Result"),
        ui.cell(run.how, label="How"),
        ui.cell(run.when, label="When", whole=True),
        key=run.id,
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "refresh-cw", "No import yet", "Send the first feed, or put one into the feed folder."
    )
