"""Forms: the frame, a field with its words, and the summary of what is wrong.

Checks run on the server when the form is sent, never while someone types, so the browser's own
validation is off. The controls stand in `controls.py`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import reflex as rx

from portal_app.components.icons import mark
from portal_app.components.links import anchor
from portal_app.components.values import UNSET, Content, Flag, Handler, Text, either, shown

Problems = Mapping[str, str] | rx.Var[dict[str, str]]


class PostForm(rx.el.Div):
    """A native form: Reflex's own always stops the browser from posting."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]
    no_validate: rx.Var[bool]


def form(
    *children: Content,
    on_submit: Handler,
    problem: Text = "",
    field_problems: Problems | None = None,
    labels: Mapping[str, str] | None = None,
    id: str | None = None,
    wide: bool = False,
    key: Text | None = None,
) -> rx.Component:
    """Ask for something and send it to the state; what is wrong stands on top.

    The state shows problems, then focuses the element `errors` by the bridge. `labels` names the
    fields of this form in page order; without it every problem is a link. What stands in a field
    is the browser's: where the thing asked about can change, its name is the `key`, so that
    nothing of another thing stays in the fields.
    """
    return rx.el.form(
        error_summary(problem, field_problems, labels),
        *children,
        on_submit=on_submit,
        no_validate=True,
        class_name="form wide" if wide else "form",
        **({"id": id} if id else {}),
        **({} if key is None else {"key": key}),
    )


def post_form(
    *children: Content,
    action: Text,
    problem: Text = "",
    field_problems: Problems | None = None,
    labels: Mapping[str, str] | None = None,
    id: str | None = None,
    files: bool = False,
) -> rx.Component:
    """Post straight to a route of the backend, as everything that sets a cookie must.

    `files` for a form that sends one.
    """
    sends_files = {"custom_attrs": {"encType": "multipart/form-data"}} if files else {}
    return PostForm.create(
        error_summary(problem, field_problems, labels),
        *children,
        action=action,
        method="post",
        no_validate=True,
        class_name="form",
        **sends_files,
        **({"id": id} if id else {}),
    )


def bare_post_form(
    *children: Content,
    action: Text,
    id: str | None = None,
) -> rx.Component:
    """Post a single button (sign out, end a session) without the look of a form."""
    named = {"id": id} if id else {}
    return PostForm.create(*children, action=action, method="post", **named)


def field(
    label: Text,
    control: rx.Component,
    *,
    id: str,
    hint: Content = None,
    error: Text = "",
) -> rx.Component:
    """Put a label, a hint and what is wrong above a control, and tie them to it."""
    describe(control, id=id, hinted=hint is not None, error=error)
    return rx.el.div(
        rx.el.label(label, html_for=id),
        hint_text(hint, id=id),
        error_text(error, id=id),
        control,
        class_name="field",
    )


def hint_text(hint: Content, *, id: str) -> rx.Component | None:
    """Say before the control what helps to fill it in."""
    return rx.el.p(hint, class_name="hint", id=f"{id}-hint") if hint is not None else None


def error_text(error: Text, *, id: str) -> rx.Component:
    """Say what is wrong with the field, in the words of the summary."""
    words = rx.el.span(rx.el.span("Error: ", class_name="vh"), error)
    return shown(error, rx.el.p(mark("alert"), words, class_name="err", id=f"{id}-err"))


def describe(control: rx.Component, *, id: str, hinted: bool, error: Text) -> None:
    """Tie a hint and an error to the control with this id, wherever it stands inside."""
    for part in _tree(control):
        if part.custom_attrs.get("id") == id:
            part.custom_attrs.update(described(id, hinted=hinted, error=error))
            return
    message = f"No control inside the field has the id {id!r}."
    raise ValueError(message)


def described(id: str, *, hinted: bool, error: Text) -> dict[str, object]:
    """Build the attributes that tell assistive technology about hint and error."""
    if isinstance(error, str) and not error:
        return {"aria-describedby": f"{id}-hint"} if hinted else {}
    wrong = f"{id}-err {id}-hint" if hinted else f"{id}-err"
    calm = f"{id}-hint" if hinted else UNSET
    return {
        "aria-invalid": either(error, "true", UNSET),
        "aria-describedby": either(error, wrong, calm),
    }


def named(id: str, name: str | None, props: dict[str, Any] | None = None) -> dict[str, Any]:
    """Join a control's id, name and further properties.

    The id is a plain attribute: with Reflex's own `id=` a form would read the element behind it
    instead of what the browser submits, and the first radio of a group would always win.
    """
    given = dict(props or {})
    return {
        **given,
        "name": name or id,
        "custom_attrs": {"id": id, **given.get("custom_attrs", {})},
    }


def error_summary(
    problem: Text,
    field_problems: Problems | None = None,
    labels: Mapping[str, str] | None = None,
) -> rx.Component:
    """List what is wrong, each line leading to its field; nothing while all is well."""
    lines = _problem_lines(field_problems, labels)
    box = rx.el.div(
        rx.el.h2("There is a problem"),
        shown(problem, rx.el.p(problem)),
        rx.el.ul(*lines) if lines else None,
        id="errors",
        tab_index=-1,
        role="alert",
        class_name="errors",
    )
    return either(_any_problem(problem, field_problems), box, rx.fragment())


def _any_problem(problem: Text, fields: Problems | None) -> Flag:
    whole: Any = problem != ""
    parts: Any = fields.to(dict[str, str]).length() > 0 if isinstance(fields, rx.Var) else fields
    if isinstance(parts, rx.Var) and isinstance(whole, rx.Var):
        return whole | parts
    if isinstance(parts, rx.Var):
        return whole or parts
    return True if parts else whole


def _problem_lines(
    problems: Problems | None, labels: Mapping[str, str] | None
) -> list[rx.Component]:
    if not isinstance(problems, rx.Var):
        return [_problem_link(name, words) for name, words in (problems or {}).items()]
    if labels is None:
        return [rx.foreach(problems, lambda pair: _problem_link(pair[0], pair[1]))]
    words: Any = problems.to(dict[str, str])
    ordered = [shown(words[name], _problem_link(name, words[name])) for name in labels]
    known = rx.Var.create(list(labels))
    rest = rx.foreach(
        problems,
        lambda pair: rx.cond(known.contains(pair[0]), rx.fragment(), rx.el.li(pair[1])),
    )
    return [*ordered, rest]


def _problem_link(name: Text, words: Text) -> rx.Component:
    return rx.el.li(anchor(words, href=f"#{name}"))


def _tree(component: rx.Component) -> Iterator[rx.Component]:
    yield component
    for child in component.children:
        if isinstance(child, rx.Component):
            yield from _tree(child)
