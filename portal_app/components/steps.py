"""Taking someone through a task: steps, check answers, confirmation, checklists."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portal_app.components.icons import mark
from portal_app.components.links import text_link
from portal_app.components.lists import summary_row
from portal_app.components.page import heading
from portal_app.components.values import Content, Flag, Number, Text, either, shown

Answer = tuple[Text, Content] | tuple[Text, Content, Text]


def stepper(n: Number, total: int, label: Text) -> rx.Component:
    """Say where in a task someone is: "Step 2 of 4: When"."""
    here: Any = n  # compared now, or in the browser
    bars = [rx.el.i(class_name=either(here >= one, "on", "")) for one in range(1, total + 1)]
    return rx.el.div(
        rx.el.p(rx.el.b("Step ", n, f" of {total}"), ": ", label),
        rx.el.div(*bars, custom_attrs={"aria-hidden": "true"}),
        class_name="steps",
    )


def check_answers(rows: Sequence[Answer]) -> rx.Component:
    """Read back what was given as (question, answer[, address to change it])."""
    return rx.el.dl(*[_answer(row) for row in rows], class_name="dl")


def _answer(row: Answer) -> rx.Component:
    if len(row) == 2:  # noqa: PLR2004 - no address: this answer stands
        return summary_row(*row)
    question, answer, href = row
    return summary_row(question, answer, text_link("Change", href, suffix=question))


def confirmation(
    title: Text,
    *,
    reference: Text,
    next_steps: Sequence[Content] | rx.Var,
    actions: Sequence[Content] = (),
    label: Text = "Your reference",
    inside: bool = False,
) -> rx.Component:
    """Close a task: what was done, its reference, what happens next; `inside` as for `heading`."""
    if isinstance(next_steps, rx.Var):
        steps = [rx.foreach(next_steps, rx.el.li)]
    else:
        steps = [rx.el.li(one) for one in next_steps]
    panel = rx.el.div(
        rx.el.span(mark("check"), class_name="tick"),
        heading(title, inside=inside),
        rx.el.p(label, ": ", rx.el.b(reference), class_name="ref"),
        class_name="done-panel",
    )
    after = rx.el.div(
        rx.el.h2("What happens next", class_name="h2"), rx.el.ol(*steps, class_name="nexts")
    )
    foot = rx.el.div(*actions, class_name="actions") if actions else None
    return rx.el.div(panel, after, foot, class_name="stack")


def checklist(*items: Content) -> rx.Component:
    """Hold items made by `checklist_item`, or an `rx.foreach` of them."""
    return rx.el.ul(*items, class_name="checks", role="list")


def checklist_item(
    label: Text, *, done: Flag, hint: Text = "", action: Content = None
) -> rx.Component:
    """Show whether one condition is met; the action that mends it shows only where it is not."""
    state = rx.el.span(
        mark(either(done, "check", "x")),
        rx.el.span(either(done, "Done: ", "Not done: "), class_name="vh"),
        class_name=either(done, "dot good", "dot"),
    )
    words = rx.el.span(rx.el.b(label), shown(hint, rx.el.span(hint, class_name="m")))
    mend = either(done, rx.fragment(), action) if action is not None else None
    return rx.el.li(state, words, mend)
