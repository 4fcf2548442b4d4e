"""What this installation is licensed for (S3-04)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import staff_page
from portal_app.state.licensing import LicencePageState

STATE = LicencePageState
LICENCE = STATE.licence


def licence_page() -> rx.Component:
    """Say whether there is a licence, for what and how long, and how to put in a new one."""
    return staff_page(
        ui.page_head("Licence", tag=ui.status_tag(LICENCE.status, LICENCE.tone)),
        ui.loading(STATE.is_loaded, ui.columns(_facts(), _how()), ui.skeleton("detail", 5)),
        active="/staff/settings/licence",
    )


def _facts() -> rx.Component:
    return ui.card(
        ui.paragraph(LICENCE.sentence),
        ui.summary_rows(
            ui.summary_row("Modules", LICENCE.modules),
            ui.summary_row("Issued to", LICENCE.customer),
            ui.summary_row("In force from", LICENCE.starts),
            ui.summary_row("Runs out", LICENCE.ends),
            ui.summary_row("Works until", LICENCE.grace),
            ui.summary_row("File", LICENCE.file),
            ui.summary_row("This installation", LICENCE.installation),
        ),
        title="This licence",
    )


def _how() -> rx.Component:
    return ui.card(
        ui.paragraph(
            "Send the number of this installation to whoever issues your licence, and put the"
            " file you get in the place of the old one. It is read within a minute, without a"
            " restart."
        ),
        ui.paragraph(
            "Without a licence customers do not see the rental pages. Nothing is deleted, and"
            " exports go on working.",
            quiet=True,
        ),
        title="A new licence",
    )
