"""State behind the texts of customers' pages, and the fields that they see (S4-08 to S4-11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal_app.services import branding
from portal_app.state.base import PortalState
from portal_app.state.looks.parts import AppliedMixin


@dataclass(frozen=True)
class TextsForm:
    """The texts as the form starts with them; an empty one says what the portal says."""

    introduction: str = ""
    message_placeholder: str = ""
    privacy_statement: str = ""


class PortalTextsState(AppliedMixin, PortalState):
    """The introduction, the message placeholder, the privacy statement."""

    form: TextsForm = TextsForm()
    _which = "text"

    def _empty(self) -> None:
        self.form = TextsForm()

    async def _take(self, content: Mapping[str, Any]) -> None:
        self.form = TextsForm(**{name: str(content.get(name, "")) for name in branding.TEXTS})

    def _content(self, form: Any) -> object:
        return {name: self._text(form, name) for name in branding.TEXTS}


class PortalFieldsState(AppliedMixin, PortalState):
    """Every field of a proposal with whether customers see it."""

    shown: dict[str, bool] = {}
    _which = "fields"

    def _empty(self) -> None:
        self.shown = {}

    async def _take(self, content: Mapping[str, Any]) -> None:
        self.shown = {name: content.get(name, True) is not False for name in branding.EVERY_FIELD}

    def _content(self, form: Any) -> object:
        return [name for name in branding.EVERY_FIELD if self._text(form, name) == "yes"]
