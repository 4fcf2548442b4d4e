"""The door of a portal as an attacker meets it: accounts to take over, letters to read."""

from itertools import count

from portal_app import models as m
from portal_app.core.clock import now
from tests import factories as f
from tests.browser import Browser
from tests.door import rows
from tests.people import database_at
from tests.portal_server import PortalServer
from tests.services.access.customers import candidate
from tests.services.identity import people

PASSWORD = people.PASSWORD
_phones = count(4_000)


class Door:
    """Makes customers for attackers to be after, and says what came of it."""

    def __init__(self, server: PortalServer) -> None:
        self.server = server

    def browser(self, cookie: str = "") -> Browser:
        return Browser(self.server, cookie)

    def customer(self, *, app: bool = False, **values: object) -> tuple[str, str]:
        """Make somebody with a password; return their phone number and authenticator secret."""
        phone = f"+1813557{next(_phones)}"
        with database_at(self.server.database):
            user = people.customer(phone, **values)
            account = f.account(main_phone_e164=phone)
            f.contact(account, f.fetch(m.Person, id=user.person_id))
            return phone, people.with_app(user) if app else ""

    def account(self) -> str:
        """Make an account that may register; return its phone number."""
        phone = f"+1813557{next(_phones)}"
        with database_at(self.server.database):
            candidate(
                main_phone=phone,
                main_phone_e164=phone,
                portal_access=m.PortalAccess.REGISTRABLE,
                published_at=now(),
            )
        return phone

    def inside(self, phone: str, password: str = PASSWORD) -> Browser:
        """Return a browser in which this person has signed in by password."""
        browser = self.browser()
        browser.post("/auth/sign-in", identifier=phone, password=password)
        return browser

    def letters(self, topic: str = "") -> list[m.OutboundMessage]:
        found = rows(self.server, m.OutboundMessage)
        return [letter for letter in found if not topic or letter.topic == topic]
