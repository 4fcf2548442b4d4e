"""One part of the portal's looks: its form, the draft that waits, its history."""

from typing import Any

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Content
from portal_app.layout.confirming import confirm_first
from portal_app.state.looks.parts import AppliedMixin, PartMixin, RevisionRow

State = type[PartMixin]


def part_form(state: type[AppliedMixin], *fields: Content) -> rx.Component:
    """Ask for a part's content, and apply it or keep it as a draft."""
    held = _of(state)
    return rx.el.div(
        ui.form(
            *fields,
            ui.checkbox(
                "Only save it as a draft",
                "is_draft",
                hint="Nobody sees it until you publish it.",
            ),
            ui.hidden_input("key", held.part.key),
            ui.actions(ui.submit_button("Apply", busy=held.busy)),
            on_submit=state.apply,
            problem=held.problem,
            field_problems=held.field_problems,
            wide=True,
        ),
        key=held.part.key,
    )


def part_news(state: State, *, group: str) -> rx.Component:
    """Say what stands between the form and customers: a proof of who one is, a draft that waits."""
    first = confirm_first(
        _of(state).is_sure,
        title="To apply a change, confirm that it is you",
        body="Customers see it at once. Drafts can be saved without that.",
        href=f"/staff/settings/portal?group={group}",
    )
    return rx.fragment(first, _waiting_draft(state))


def _waiting_draft(state: State) -> rx.Component:
    alert = ui.alert(
        "A draft waits",
        "You see it below. Customers see what was applied last.",
        tone="info",
        action=ui.button(
            "Publish the draft", on_click=state.publish_draft(_of(state).part.act_key)
        ),
        id=f"draft-{state.__name__}",
    )
    return rx.cond(_of(state).part.has_draft, alert, rx.fragment())


def part_history(state: State) -> rx.Component:
    """List what was in force before, each with the way back to it."""
    held = _of(state)
    return rx.cond(
        held.history,
        ui.disclosure(
            "History",
            ui.link_list(
                rx.foreach(held.history, lambda one: _revision(state, one)),
                rx.cond(held.part.is_changed, _as_it_came(state), rx.fragment()),
            ),
        ),
        rx.fragment(),
    )


def _revision(state: State, one: RevisionRow) -> rx.Component:
    back = ui.button(
        "Go back to it",
        on_click=state.roll_back(one.number, _of(state).part.act_key),
        small=True,
        suffix=one.title,
    )
    return ui.plain_row(
        one.title,
        rx.fragment(one.who, ", ", one.when),
        right=rx.cond(one.is_older, back, ui.status_tag(one.status, one.tone)),
    )


def _as_it_came(state: State) -> rx.Component:
    again = state.roll_back("0", _of(state).part.act_key)
    back = ui.button("Go back to it", on_click=again, small=True, suffix="the start")
    return ui.plain_row("As it came", "What the portal shows without any change.", right=back)


def _of(state: State) -> Any:
    """Read a state's variables through its class."""
    return state
