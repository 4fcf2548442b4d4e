"""State behind the portal's settings and the switches of customers (S0-01, S0-02, S0-05)."""

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
    "cutover_date",
)
RUNNING = "running"
GROUPS = {RUNNING: "Running", "theme": "Theme", "text": "Text", "fields": "Field visibility"}
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
    cutover_date: str = ""
    demand_second_factor: bool = False
    version: str = ""
    key: str = ""

    @classmethod
    def of(cls, kept: branding.BrandSettings) -> "SettingsView":
        """Take over what is set, with a fresh key for saving it."""
        values = {name: getattr(kept, name) for name in (*_WORDS, *_SWITCHES)}
        values["cutover_date"] = kept.cutover_date.isoformat() if kept.cutover_date else ""
        return cls(**values, version=str(kept.version), key=load_key())


class PortalSettingsState(FormMixin, PortalState):
    """Whether the portal is open, what it announces, whom people turn to."""

    settings: SettingsView = SettingsView()
    group: str = RUNNING
    is_loaded: bool = False

    @rx.event
    @admin
    async def pick_group(self, group: str):
        """Show one group of the settings."""
        self.group = group if group in list(GROUPS) else RUNNING

    @rx.event
    @admin
    async def load(self):
        """Fill the form."""
        self.group = group if (group := self._param("group")) in GROUPS else RUNNING
        self.settings, self.is_loaded = SettingsView(), False
        self.problem, self.field_problems = "", {}
        with self._opening():
            await self._refresh()

    @rx.event
    @admin
    async def save(self, form: dict[str, Any]):
        """Save what the form holds; open tabs follow at once."""
        with self._reporting():
            await self._ask(
                branding.update_settings,
                changes=self._changes(form),
                version=self._version(form),
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


@dataclass(frozen=True)
class SwitchRow:
    """One capability of customers; `key` makes a repeated click the same click."""

    feature: str
    name: str
    words: str
    is_on: bool
    key: str

    @classmethod
    def of(cls, switch: branding.FeatureSwitch) -> "SwitchRow":
        """Take over one switch."""
        return cls(switch.feature.value, switch.name, switch.words, switch.is_on, load_key())


class FeaturesState(FormMixin, PortalState):
    """What customers may do, each with its switch (S0-05)."""

    rows: list[SwitchRow] = []
    is_loaded: bool = False

    @rx.event
    @admin
    async def load(self):
        """Show every switch."""
        self.rows, self.is_loaded, self.problem = [], False, ""
        await self._refresh()

    @rx.event
    @admin
    async def refresh(self):
        """Show what a colleague has switched meanwhile."""
        await self._refresh()

    @rx.event
    @admin
    async def switch_on(self, feature: str, key: str):
        """Let customers do something from now on."""
        await self._switch(feature, key, is_on=True)

    @rx.event
    @admin
    async def switch_off(self, feature: str, key: str):
        """Let customers do something no more."""
        await self._switch(feature, key, is_on=False)

    async def _switch(self, feature: str, key: str, *, is_on: bool) -> None:
        with self._reporting():
            await self._ask(branding.switch_feature, feature=feature, is_on=is_on, key=key)
            self._say("It is on now, in open pages too." if is_on else "It is off now.")
        await self._refresh()

    async def _refresh(self) -> None:
        with self._opening():
            found = await self._ask(branding.feature_switches)
            self.rows, self.is_loaded = [SwitchRow.of(one) for one in found], True
            self._watch(FeaturesState.refresh, f"settings:{self._actor.brand}")
