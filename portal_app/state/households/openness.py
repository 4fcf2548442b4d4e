"""State behind "Who can see your data": everybody who may, why, and taking it away (S1-09)."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.services import households
from portal_app.services.households import Reached, Why
from portal_app.state.access import consumer
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.households.words import period, reach

_ROLES = {
    "owner": "the owner",
    "authorised": "an authorised contact",
    "billing": "the billing contact",
}


@dataclass(frozen=True)
class ReachedRow:
    """Somebody who may see one's data, or whose data one may see, in words."""

    id: str
    name: str
    why: str
    what: str
    when: str
    key: str
    is_to_come: bool

    @classmethod
    def seeing(cls, one: Reached) -> "ReachedRow":
        """Say why somebody may see or act for the reader."""
        why, what = _SEEING[one.why](one)
        return cls._of(one, why, what)

    @classmethod
    def seen(cls, one: Reached) -> "ReachedRow":
        """Say why the reader may see or act for somebody."""
        if one.why is Why.GRANT:
            why = "Made you their representative"
            what = reach(one.areas or {}, whose="their", may="You may")
        else:
            why = f"{one.as_ or 'Member'} in {one.through}, which you head"
            what = "You may see and answer their cases."
        return cls._of(one, why, what)

    @classmethod
    def _of(cls, one: Reached, why: str, what: str) -> "ReachedRow":
        return cls(
            id=one.grant_id,
            name=one.name,
            why=why,
            what=what,
            when=period(one.starts_on, one.ends_on, is_to_come=one.is_to_come),
            key=load_key(),
            is_to_come=one.is_to_come,
        )


def _by_grant(one: Reached) -> tuple[str, str]:
    return "You made them your representative", reach(one.areas or {}, whose="your")


def _by_heading(one: Reached) -> tuple[str, str]:
    return f"Heads {one.through}, which you are in", "May see and answer your cases."


def _by_contact(one: Reached) -> tuple[str, str]:
    what = _ROLES.get(one.as_, "a contact")
    return f"Is {what} of account {one.through}", "May see everything on this account."


def _by_holding(one: Reached) -> tuple[str, str]:
    return f"Holds a contract on account {one.through}", "May see that contract, nothing else."


_SEEING = {
    Why.GRANT: _by_grant,
    Why.HEAD: _by_heading,
    Why.CONTACT: _by_contact,
    Why.HOLDER: _by_holding,
}


@dataclass(frozen=True)
class OpennessView:
    """Both directions; empty until loaded."""

    seen_by: list[ReachedRow] = field(default_factory=list)
    acts_for: list[ReachedRow] = field(default_factory=list)

    @classmethod
    def of(cls, found: households.Openness) -> "OpennessView":
        """Put everybody into words."""
        return cls(
            seen_by=[ReachedRow.seeing(one) for one in found.seen_by],
            acts_for=[ReachedRow.seen(one) for one in found.acts_for],
        )


class OpennessState(FormMixin, PortalState):
    """Who can see one's data, and for whom one may act."""

    view: OpennessView = OpennessView()
    is_loaded: bool = False

    @rx.event
    @consumer
    async def load(self):
        """Show both."""
        self.view, self.is_loaded, self.problem = OpennessView(), False, ""
        await self._read()

    @rx.event
    @consumer
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._read()

    @rx.event
    @consumer
    async def revoke(self, grant: str, key: str):
        """Take a right away that one gave."""
        with self._reporting():
            await self._ask(households.revoke_grant, grant=grant, key=key)
            self._say("Taken away. It counts from this moment.")
            await self._read()

    @rx.event
    @consumer
    async def stop(self, grant: str, key: str):
        """Give up a right that one holds."""
        with self._reporting():
            await self._ask(households.revoke_grant, grant=grant, key=key)
            self._say("Stopped. You no longer see anything of theirs.")
            await self._read()

    async def _read(self) -> None:
        with self._opening():
            found = await self._ask(households.openness)
            self.view, self.is_loaded = OpennessView.of(found), True
            self._watch(
                OpennessState.refresh,
                f"person:{self._actor.person_id}",
                f"account:{self._account}",
                *(f"household:{one}" for one in self._actor.memberships),
                f"settings:{self._actor.brand}",
            )
        if self.notice.title:
            self.view = OpennessView()
