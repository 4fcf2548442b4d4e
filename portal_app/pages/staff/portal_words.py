"""The texts of customers' pages and the fields that they see (S4-08 to S4-11)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.parts import part_form, part_history, part_news
from portal_app.services import branding
from portal_app.state.looks.parts import PartMixin
from portal_app.state.looks.words import PortalFieldsState, PortalTextsState

TEXTS = PortalTextsState
FIELDS = PortalFieldsState
_ROWS = {"introduction": 6, "message_placeholder": 1, "privacy_statement": 5}
_FORMAT = "An empty line begins a paragraph, “- ” a list, **words** are bold."


def texts_group() -> rx.Component:
    """Ask for the three texts; an empty one says what the portal says."""
    asked = [_text(name, one) for name, one in branding.TEXTS.items()]
    return _group(TEXTS, ui.card(part_form(TEXTS, *asked), title="Text"), group="text")


def fields_group() -> rx.Component:
    """Tick what customers see of a proposal, section by section."""
    sections = rx.el.div(*[_section(one) for one in branding.SECTIONS], class_name="many")
    return _group(
        FIELDS,
        ui.card(
            ui.paragraph(
                "What is not ticked never leaves the server. A field of the vehicle or the "
                "finance that holds nothing is not shown either.",
                quiet=True,
            ),
            part_form(FIELDS, sections),
            title="Field visibility",
        ),
        group="fields",
    )


def _group(state: type[PartMixin], form: rx.Component, *, group: str) -> rx.Component:
    whole = ui.stack(part_news(state, group=group), form, part_history(state))
    return ui.loading(state.is_loaded, whole, ui.skeleton("form", 6))


def _text(name: str, one: branding.TextField) -> rx.Component:
    formatted = name != "message_placeholder"
    box = (
        ui.text_area(name, value=getattr(TEXTS.form, name), rows=_ROWS[name], limit=one.limit)
        if formatted
        else ui.text_input(name, value=getattr(TEXTS.form, name), auto_complete="off")
    )
    hint = f"{one.where} {_FORMAT if formatted else ''} Empty: “{one.default}”"
    return ui.field(one.name, box, id=name, hint=hint, error=TEXTS.field_problems[name])


def _section(section: branding.Section) -> rx.Component:
    boxes = [
        ui.checkbox(
            label,
            f"{section.key}.{field}",
            checked=FIELDS.shown[f"{section.key}.{field}"],
            plain=False,
        )
        for field, label in section.fields.items()
    ]
    return ui.checkbox_group(section.name, boxes, id=section.key)
