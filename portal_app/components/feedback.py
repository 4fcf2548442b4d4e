"""What the portal says back: alerts, empty and loading states, pages for what went wrong."""

import reflex as rx

from portal_app.components.icons import icon as draw
from portal_app.components.icons import mark
from portal_app.components.page import heading
from portal_app.components.values import Content, Flag, Number, Text, classes, either, shown


def alert(
    title: Text,
    body: Content = None,
    *,
    action: Content = None,
    tone: Text = "bad",
    id: str = "alert",
    live: bool = False,
) -> rx.Component:
    """Tell what needs attention and offer the one thing to do about it.

    Tones: good, warn, bad, info, neutral. `live` for one that appears after the page was read.
    """
    return rx.el.section(
        _tone_mark(tone),
        rx.el.div(rx.el.h2(title, id=f"{id}-h"), rx.el.p(body) if body is not None else None),
        rx.el.div(action, class_name="act") if action is not None else None,
        class_name=classes("alert", tone),
        aria_labelledby=f"{id}-h",
        **({"role": "alert"} if live else {}),
    )


def banner(*children: Content, tone: Text = "info", label: Text = "Announcement") -> rx.Component:
    """Announce something to everyone, across the top of the page; tones: info, good, warn, bad.

    The label tells several apart.
    """
    return rx.el.div(*children, class_name=classes("notice", tone), role="region", aria_label=label)


def acting_bar(*children: Content, label: Text = "Acting for somebody") -> rx.Component:
    """Say above every page that it is looked at for somebody else."""
    return rx.el.div(*children, class_name="notice warn acting", role="region", aria_label=label)


def banner_space() -> rx.Component:
    """Hold the place of an announcement, in the words that /branding.css knows, until it is there.

    So the page stands still when the state brings the one that can be dismissed.
    """
    return rx.el.div(
        rx.el.p(class_name="brand-announcement"),
        rx.el.span(rx.el.span("Dismiss"), class_name="btn quiet"),
        class_name="notice waiting",
        custom_attrs={"aria-hidden": "true"},
    )


def empty(icon: str, title: Text, hint: Content = None, *, action: Content = None) -> rx.Component:
    """Fill a place where there is nothing yet: why, and what one can do."""
    return rx.el.div(
        rx.el.span(draw(icon, 24), class_name="ico"),
        rx.el.p(title, class_name="h2"),
        rx.el.p(hint, class_name="hint") if hint is not None else None,
        action,
        class_name="empty",
    )


def loading(is_loaded: Flag, content: rx.Component, placeholder: rx.Component) -> rx.Component:
    """Show the placeholder until the state has answered.

    With a key of its own the placeholder gives none of its elements to the content: the browser
    would see them move. What follows it on the page stays hidden until then (portal.css).
    """
    words = rx.el.p("Loading", class_name="vh", role="status")
    waiting = rx.el.div(words, placeholder, aria_busy="true", key="waiting")
    return either(is_loaded, rx.fragment(content), waiting)


def error_page(
    title: Text,
    body: Content,
    *,
    reference: Text = "",
    action: Content = None,
    inside: bool = False,
) -> rx.Component:
    """Explain a page that could not be shown: what happened, what is safe, what to do.

    `inside` as for `heading`.
    """
    note = rx.el.p(
        "If you contact us, give this reference: ", rx.el.code(reference), class_name="muted"
    )
    return rx.el.div(
        heading(title, inside=inside),
        rx.el.p(body),
        shown(reference, note),
        rx.el.div(action, class_name="actions") if action is not None else None,
        class_name="failed",
    )


def progress_bar(value: Number, label: Text, *, top: Number = 100) -> rx.Component:
    """Show how far something has come, in words and as a bar."""
    bar = rx.el.progress(value=value, max=top)
    return rx.el.label(rx.el.span(label), bar, class_name="progress")


def _tone_mark(tone: Text) -> rx.Component:
    if isinstance(tone, rx.Var):
        name = rx.match(tone, ("good", "check"), ("info", "info"), ("neutral", "info"), "alert")
        return mark(name)
    return mark({"good": "check", "info": "info", "neutral": "info"}.get(tone, "alert"))
