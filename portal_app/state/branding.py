"""State behind the portal's settings (S0-01, S0-02)."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app.services import branding
from portal_app.state.access import admin
from portal_app.state.base import FormMixin, PortalState, load_key

_WORDS = (
    "closed_message",
    "announcement",
    "support_email",
    "support_phone",
    "support_hours",
    "publish_at",
)
_SWITCHES = ("is_open", "demand_second_factor")


@dataclass(frozen=True)
class SettingsView:
    """The settings as the form starts with them; empty until loaded."""

    is_open: bool = True
    closed_message: str = ""
    announcement: str = ""
    support_email: str = ""
    support_phone: str = ""
    support_hours: str = ""
    publish_at: str = ""
    demand_second_factor: bool = False
    version: str = ""
    key: str = ""

    @classmethod
    def of(cls, kept: branding.BrandSettings) -> "SettingsView":
        """Take over what is set, with a fresh key for saving it."""
        values = {name: getattr(kept, name) for name in (*_WORDS, *_SWITCHES)}
        return cls(**values, version=str(kept.version), key=load_key())


class PortalSettingsState(FormMixin, PortalState):
    """Whether the portal is open, what it announces, whom people turn to."""

    settings: SettingsView = SettingsView()
    is_loaded: bool = False

    @rx.event
    @admin
    async def load(self):
        """Fill the form."""
        self.settings, self.is_loaded = SettingsView(), False
        self.problem, self.field_problems = "", {}
        with self._opening():
            await self._refresh()

    @rx.event
    @admin
    async def save(self, form: dict[str, Any]):
        """Save what the form holds; open tabs follow at once."""
        with self._reporting():
            version = self._text(form, "version")
            await self._ask(
                branding.update_settings,
                changes=self._changes(form),
                version=int(version) if version.isdecimal() else 0,
                key=self._text(form, "key"),
            )
            await self._refresh()
            self._say("Saved. It is in force now.")

    def _changes(self, form: Any) -> dict[str, object]:
        words: dict[str, object] = {name: self._text(form, name) for name in _WORDS}
        return words | {name: self._text(form, name) == "yes" for name in _SWITCHES}

    async def _refresh(self) -> None:
        kept = await self._ask(branding.settings_of, brand=self._actor.brand)
        self.settings, self.is_loaded = SettingsView.of(kept), True
