"""State behind the page on which people look after their sign-in."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.services import identity
from portal_app.services.identity import Device, Security
from portal_app.state.access import signed_in
from portal_app.state.base import FormMixin, PortalState
from portal_app.state.formats import moment, plural
from portal_app.state.identity.notes import note_for
from portal_app.state.identity.sign_in import in_groups

_FORMS = ("step_up", "password", "factor", "factor_off", "devices")
_DONE = {
    "password": "Your password is changed. Your other devices are signed out.",
    "factor-on": (
        "A second step is on. Make recovery codes now, for the day you lose your phone. "
        "If you do not recognise a device below, sign it out."
    ),
    "factor-off": "The second step is off. Your password alone lets you in.",
}
# Fields of the same name stand twice on this page.
_CONTROLS = {("factor", "code"): "factor-code", ("factor_off", "password"): "off-password"}
_FACTORS = {
    "none": "Off: your password alone lets you in.",
    "app": "On: a code from your authenticator app.",
}


@dataclass(frozen=True)
class DeviceRow:
    """A browser in which the person is signed in."""

    id: str
    label: str
    seen: str
    is_this: bool

    @classmethod
    def of(cls, device: Device, zone: str) -> "DeviceRow":
        """Format a device."""
        since, last = moment(device.started_at, zone), moment(device.last_seen_at, zone)
        seen = f"Signed in {since}, last used {last}"
        return cls(device.id, device.label, seen, device.is_this)


@dataclass(frozen=True)
class SecurityView:
    """The whole page; what may be changed shows only once somebody has proved who they are."""

    form: str = ""
    problem: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    good: str = ""
    is_stepped_up: bool = False
    needs_app_code: bool = False
    waits_for_text: bool = False
    factor: str = ""
    factor_words: str = ""
    is_staff: bool = False
    can_text: bool = False
    mobile: str = ""
    must_have_factor: bool = False
    confirms_text: bool = False
    codes_left: str = ""
    shortest: str = ""
    next: str = ""
    devices: list[DeviceRow] = field(default_factory=list)


class SecurityState(FormMixin, PortalState):
    """Password, second step, recovery codes and devices of whoever is signed in."""

    page: SecurityView = SecurityView()
    is_loaded: bool = False
    picture: str = ""
    secret: str = ""
    recovery_codes: list[str] = []
    has_recovery_codes: bool = False

    @rx.event
    @signed_in
    async def load(self):
        """Show how the person signs in, and from where."""
        self.page, self.is_loaded = SecurityView(), False
        self.picture = self.secret = ""
        self.recovery_codes, self.has_recovery_codes = [], False
        await self._refresh()
        if self.page.problem or self.page.fields:
            self._focus("errors")

    @rx.event
    @signed_in
    async def refresh(self):
        """Follow a change of the person's rights or sessions."""
        await self._refresh()

    @rx.event
    @signed_in
    async def start_app(self):
        """Show the picture that an authenticator app reads."""
        with self._reporting():
            made = await self._ask(identity.start_app_enrolment)
            self.picture, self.secret = made.picture, in_groups(made.secret)
            self._focus("factor-code")

    @rx.event
    @signed_in
    async def make_codes(self):
        """Make recovery codes and show them, for the only time."""
        with self._reporting():
            self.recovery_codes = await self._ask(identity.make_recovery_codes)
            self.has_recovery_codes = True
            await self._refresh()
            self._focus("recovery-codes")

    @rx.event
    @signed_in
    async def end_device(self, device: str):
        """Sign another device out."""
        with self._reporting():
            await self._ask(identity.end_device, device=device)
            await self._refresh()
            self._say("That device is signed out.")

    async def _refresh(self) -> None:
        with self._opening():
            found = await self._ask(identity.security)
            self.page, self.is_loaded = self._view(found), True
            self._watch(SecurityState.refresh, f"user:{self._actor.user_id}")

    def _view(self, found: Security) -> SecurityView:
        form, note = next(
            ((name, note) for name in _FORMS if (note := note_for(self._caller, name)).has_note),
            ("", note_for(self._caller, "")),
        )
        is_text = found.factor == "text"
        return SecurityView(
            form=form,
            problem=note.problem,
            fields={
                _CONTROLS.get((form, name), name): words for name, words in note.fields.items()
            },
            good=note.message or _DONE.get(self._param("done"), ""),
            is_stepped_up=found.is_stepped_up,
            needs_app_code=found.factor == "app",
            waits_for_text=is_text and self._param("step") == "code",
            factor=found.factor,
            factor_words=_FACTORS.get(
                found.factor, f"On: a code by text message to the number {found.mobile}."
            ),
            is_staff=self._actor.is_staff,
            can_text=bool(found.mobile) and not self._actor.is_staff,
            mobile=found.mobile,
            must_have_factor=found.must_have_factor,
            confirms_text=self._param("factor") == "text",
            codes_left=plural(found.recovery_codes_left, "recovery code"),
            shortest=str(found.shortest_password),
            next=self._param("next"),
            devices=[DeviceRow.of(device, self._zone_of_reader) for device in found.devices],
        )
