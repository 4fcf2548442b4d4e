"""Which changes wait for staff, and in which steps (S0-06, S0-12)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import shown
from portal_app.layout.shell import staff_page
from portal_app.state.changes.reviews import STEPS, ReviewRulesState, RuleRow

STATE = ReviewRulesState
OPEN = STATE.editing
WRONG = STATE.field_problems
ROLES = [("agent", "Any staff"), ("manager", "A manager"), ("admin", "An administrator")]


def review_rules_page() -> rx.Component:
    """List the kinds of change, and open one for changing."""
    return staff_page(
        ui.page_head(
            "Reviews",
            sub="What customers may change by themselves, and what you look at first.",
        ),
        ui.loading(
            STATE.is_loaded,
            ui.card(ui.link_list(rx.foreach(STATE.rows, _rule)), flush=True),
            ui.skeleton("list", 5),
        ),
        _editor(),
        active="/staff/settings/reviews",
    )


def _rule(row: RuleRow) -> rx.Component:
    meta = rx.fragment(
        row.now, shown(row.steps_now, rx.el.span("Steps: ", row.steps_now, class_name="m"))
    )
    change = ui.button("Change", on_click=STATE.edit(row.kind), small=True, suffix=row.title)
    return ui.plain_row(row.title, meta, right=change)


def _editor() -> rx.Component:
    return ui.sheet(
        title=OPEN.title,
        description="It holds for what is asked for from now on.",
        body=ui.form(
            _policy(),
            rx.el.h3("Steps of a review", class_name="h3"),
            ui.paragraph(
                "They are taken in this order. Nothing is changed before the last one is done. "
                "A step without a name is left out.",
                quiet=True,
            ),
            *[_step(place) for place in STEPS],
            ui.hidden_input("kind", OPEN.kind),
            ui.hidden_input("version", OPEN.version),
            ui.hidden_input("key", OPEN.key),
            ui.actions(ui.submit_button("Save", busy=STATE.busy)),
            on_submit=STATE.save,
            problem=STATE.problem,
            field_problems=WRONG,
            labels={"policy": "In force", "steps": "Steps"},
            wide=True,
            key=OPEN.key,
        ),
        open=OPEN.kind != "",
        on_open_change=STATE.close,
    )


def _policy() -> rx.Component:
    box = ui.select("policy", OPEN.choices, value=OPEN.policy)
    return ui.field("In force", box, id="policy", error=WRONG["policy"])


def _step(place: int) -> rx.Component:
    title = ui.text_input(f"title_{place}", value=OPEN.titles[place - 1], max_length=80)
    role = ui.select(f"role_{place}", ROLES, value=OPEN.roles[place - 1])
    error = WRONG["steps"] if place == 1 else ""
    return ui.stack(
        ui.field(f"Step {place}", title, id=f"title_{place}", error=error),
        ui.field(f"Who may do step {place}", role, id=f"role_{place}"),
        tight=True,
    )
