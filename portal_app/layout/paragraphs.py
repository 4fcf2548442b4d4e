"""What staff wrote with a little formatting, as pages show it."""

import reflex as rx

from portal_app.state.paragraphs import Paragraph, Words


def written(paragraphs: rx.Var[list[Paragraph]], *, quiet: bool = False) -> rx.Component:
    """Show paragraphs and items one under another."""
    return rx.el.div(rx.foreach(paragraphs, _paragraph), class_name="prose m" if quiet else "prose")


def _paragraph(one: Paragraph) -> rx.Component:
    words = rx.foreach(one.words, _words)
    return rx.cond(one.is_item, rx.el.p("• ", words), rx.el.p(words))


def _words(one: Words) -> rx.Component:
    return rx.cond(one.is_strong, rx.el.b(one.text), rx.fragment(one.text))
