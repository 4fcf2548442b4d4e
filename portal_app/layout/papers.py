"""What a document proves, as customers and staff say it before they send one (S4-31)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Handler
from portal_app.services import proposals

CHOICES = [("", "Choose"), *((one, one) for one in proposals.LABELS)]


def label_field(value: rx.Var[str], *, on_change: Handler) -> rx.Component:
    """Ask what the documents are that are sent next."""
    box = ui.select("label", CHOICES, value=value, on_change=on_change)
    return ui.field("What are you sending?", box, id="label")
