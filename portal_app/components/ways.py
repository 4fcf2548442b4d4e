"""The ways something can go, side by side: what comes of doing nothing, and of doing something."""

from collections.abc import Sequence

import reflex as rx

from portal_app.components.values import Content, Text, classes


def ways(*boxes: Content) -> rx.Component:
    """Set what can happen side by side, made by `way`; one below the other on a phone."""
    return rx.el.div(*boxes, class_name="ways")


def way(title: Text, lines: Sequence[Text] | rx.Var, *, tone: Text = "") -> rx.Component:
    """Say one way in a few sentences; tone good for the one to take."""
    if isinstance(lines, rx.Var):
        said = rx.foreach(lines, rx.el.p)
    else:
        said = rx.fragment(*(rx.el.p(line) for line in lines))
    return rx.el.div(rx.el.h3(title, class_name="h3"), said, class_name=classes("way", tone))
