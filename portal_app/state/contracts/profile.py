"""State behind the page of a customer's own details."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.services import contracts
from portal_app.state.access import consumer
from portal_app.state.base import PortalState
from portal_app.state.formats import phone


@dataclass(frozen=True)
class ProfileView:
    """What is held, as it is shown; an empty value reads "Not provided"."""

    account: str = ""
    account_name: str = ""
    main_phone: str = ""
    email: str = ""
    postal_code: str = ""
    person: str = ""
    person_email: str = ""
    person_phone: str = ""
    address: list[str] = field(default_factory=list)
    store: str = ""
    store_phone: str = ""
    store_email: str = ""

    @classmethod
    def of(cls, held: contracts.Profile) -> "ProfileView":
        """Format what is held for display."""
        return cls(
            account=held.account.number,
            account_name=held.account.name,
            main_phone=held.main_phone,
            email=held.email,
            postal_code=held.postal_code,
            person=held.person,
            person_email=held.person_email,
            person_phone=phone(held.person_phone),
            address=list(held.person_address),
            store=held.store.name,
            store_phone=held.store.phone,
            store_email=held.store.email,
        )


class ProfileState(PortalState):
    """What is held about the account and the person (S3-17)."""

    view: ProfileView = ProfileView()
    is_loaded: bool = False

    @rx.event
    @consumer
    async def load(self):
        """Show what is held."""
        self.view, self.is_loaded = ProfileView(), False
        await self._read()

    @rx.event
    @consumer
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._read()

    async def _read(self) -> None:
        with self._opening():
            held = await self._ask(contracts.profile, account=self._account)
            self.view, self.is_loaded = ProfileView.of(held), True
            self._watch(ProfileState.refresh, f"account:{self._account}")
