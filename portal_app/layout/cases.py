"""What customers and staff are both asked when a case is opened."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Content
from portal_app.layout.files import file_sender, listed_files
from portal_app.services import cases


def case_fields(
    labels: Mapping[str, str],
    *,
    topics: rx.Var,
    wrong: Any,
    subject_hint: Content = None,
    description_hint: Content,
) -> rx.Component:
    """Ask what it is about, for a line, and for what happened."""
    return rx.fragment(
        ui.field(
            labels["topic"],
            ui.select("topic", topics, value="contract"),
            id="topic",
            error=wrong["topic"],
        ),
        ui.field(
            labels["subject"],
            ui.text_input("subject", auto_complete="off"),
            id="subject",
            hint=subject_hint,
            error=wrong["subject"],
        ),
        ui.field(
            labels["description"],
            ui.text_area("description", rows=6, limit=cases.BODY_LIMIT),
            id="description",
            hint=description_hint,
            error=wrong["description"],
        ),
    )


def files_with_form(view: Any, *, on_remove: Any) -> rx.Component:
    """Take what helps to understand, before there is a case; it belongs to the case once opened.

    `on_remove` hears which of them is taken off again.

    Drawn anew with the form, so that nothing sent with one form is shown with another.
    """
    return rx.el.div(
        file_sender(
            "form-files",
            why="Photos and papers that help to understand, if there are any.",
            label="Choose files",
            rules=view.rules,
            owner=view.key,
            files=view.files,
        ),
        rx.cond(view.files, listed_files(view.files, on_remove=on_remove), rx.fragment()),
        class_name="field",
        key=view.key,
    )
