"""Background work: what waits, what failed, what comes due."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing
from portal_app.layout.shell import staff_page
from portal_app.state.jobs import JobRow, JobsState, ScheduleRow

STATE = JobsState
BOARD = STATE.board
VIEWS = [
    ("", "All"),
    ("dead", "Given up"),
    ("overdue", "Overdue"),
    ("running", "Running"),
    ("queued", "Waiting"),
    ("done", "Done"),
]


def jobs_page() -> rx.Component:
    """Say how the work stands, list jobs to decide on, and the schedules."""
    return staff_page(
        ui.page_head("Background jobs", sub="Letters, nightly updates and tidying up."),
        ui.loading(
            STATE.is_loaded,
            ui.stack(ui.error_summary(STATE.problem), _figures(), _jobs(), _schedules()),
            ui.skeleton("table", 6),
        ),
        active="/staff/jobs",
    )


def _figures() -> rx.Component:
    return ui.stack(
        ui.row(ui.status_tag(BOARD.verdict, BOARD.tone)),
        ui.key_figures(
            ui.key_figure("Given up", BOARD.dead, note="Need a decision"),
            ui.key_figure("Overdue", BOARD.overdue, note="Waiting for more than 5 minutes"),
            ui.key_figure("Running", BOARD.running),
            ui.key_figure("Waiting", BOARD.queued),
            label="Background work in figures",
        ),
    )


def _jobs() -> rx.Component:
    return listing(
        STATE,
        ui.segmented(options=VIEWS, value=STATE.show, on_pick=STATE.pick, label="Which jobs"),
        rx.fragment(),
        body=_table(),
        nothing=_nothing(),
        title="Jobs",
    )


def _table() -> rx.Component:
    return ui.data_table(
        caption="Jobs",
        columns=["Job", "Status", "What went wrong", "Tries", "When", ui.th("Decide", hidden=True)],
        body=rx.foreach(STATE.rows, _row),
    )


def _row(job: JobRow) -> rx.Component:
    return ui.table_row(
        ui.row_head(job.name),
        ui.status_cell(ui.status_tag(job.status, job.tone)),
        ui.cell(job.fault, label="What went wrong"),
        ui.cell(job.tries, label="Tries"),
        ui.cell(job.when, label="When", whole=True),
        ui.action_cell(_decisions(job)),
        key=job.id,
    )


def _decisions(job: JobRow) -> rx.Component:
    which = f"{job.name}, {job.when}"
    again, stop = STATE.retry(job.id, job.key), STATE.cancel(job.id, job.key)
    retry = ui.button("Run again", on_click=again, small=True, suffix=which)
    cancel = ui.button("Cancel", on_click=stop, small=True, suffix=which)
    return ui.row(
        rx.cond(job.may_retry, retry, rx.fragment()),
        rx.cond(job.may_cancel, cancel, rx.fragment()),
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "timer",
        "No job here",
        "What is done is kept for 30 days.",
        action=ui.button("Show all jobs", on_click=STATE.pick("")),
    )


def _schedules() -> rx.Component:
    table = ui.data_table(
        caption="Schedules",
        columns=["Schedule", "Status", "Time", "Last time", ui.th("Decide", hidden=True)],
        body=rx.foreach(STATE.schedules, _schedule),
    )
    none = ui.empty("calendar-check", "No schedule yet", "They appear once a worker has started.")
    return ui.card(rx.cond(STATE.schedules, table, none), title="Schedules", flush=True)


def _schedule(row: ScheduleRow) -> rx.Component:
    off, on = STATE.pause(row.name), STATE.resume(row.name)
    pause = ui.button("Pause", on_click=off, small=True, suffix=row.label)
    resume = ui.button("Resume", on_click=on, small=True, suffix=row.label)
    runs, paused = ui.status_tag("On", "good"), ui.status_tag("Paused", "warn")
    return ui.table_row(
        ui.row_head(row.label),
        ui.status_cell(rx.cond(row.is_paused, paused, runs)),
        ui.cell(row.times, label="Time"),
        ui.cell(row.last, label="Last time"),
        ui.action_cell(rx.cond(row.is_paused, resume, pause)),
        key=row.name,
    )
