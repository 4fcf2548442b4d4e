"""People who sign in, each the owner of one account, and the staff of the store."""

from dataclasses import dataclass

from passlib.hash import argon2

from bench.world.bulk import NOW, Bulk
from portal_app import models as m
from portal_app.core.ids import new_id

PASSWORD = "quiet-harbour-lantern-42"


@dataclass(frozen=True)
class Customer:
    """Somebody who signs in, and the account they then see."""

    name: str
    phone: str
    user_id: str
    person_id: str
    account_id: str
    contracts: int


class Company:
    """One operator with one store; customers are added to it."""

    def __init__(self, bulk: Bulk) -> None:
        self._bulk = bulk
        self._password = argon2.using(
            type="ID", memory_cost=19_456, time_cost=2, parallelism=1
        ).hash(PASSWORD)
        self.brand = bulk.add(m.Brand(key="harbourline", name="Harbourline", is_default=True))
        bulk.add(m.PortalSettings(brand_id=self.brand.id, support_phone="+1 253 555 0100"))
        self.store = bulk.add(self._master(m.Store, "store", name="Dockside", timezone="UTC"))
        self.staff_id = self._staff()

    def _master(self, table, external_id: str, **values):
        return table(brand_id=self.brand.id, external_id=external_id, **values)

    def _staff(self) -> str:
        user = self._bulk.add(
            m.PortalUser(brand_id=self.brand.id, kind=m.UserKind.STAFF, created_at=NOW)
        )
        self._bulk.add(
            m.StaffUser(user_id=user.id, email="dana@example.com", name="Dana Okafor", role="admin")
        )
        return user.id

    def customer(self, number: int, contracts: int) -> Customer:
        """Add an account with its owner's sign-in."""
        phone = f"+1253555{number:04d}"
        person = self._bulk.add(
            self._master(
                m.Person, f"P-{number}", given_name="Renata", family_name=f"Solberg {number}"
            )
        )
        account = self.account(f"A-{number}", phone)
        self._bulk.add(
            self._master(
                m.AccountContact,
                f"C-{number}",
                account_id=account.id,
                person_id=person.id,
                role=m.ContactRole.OWNER,
            )
        )
        user = self._sign_in(person, phone)
        return Customer(person.name, phone, user.id, person.id, account.id, contracts)

    def account(self, number: str, phone: str) -> m.Account:
        """Add an account that may use the portal."""
        return self._bulk.add(
            self._master(
                m.Account,
                number,
                number=number,
                name=f"Lanternway {number}",
                account_type=m.AccountType.ACCOUNT,
                main_phone=phone,
                main_phone_e164=phone,
                email="office@example.com",
                postal_code="98421",
                store_id=self.store.id,
                web_portal_enabled=True,
                portal_access=m.PortalAccess.REGISTERED,
            )
        )

    def _sign_in(self, person: m.Person, phone: str) -> m.PortalUser:
        user = self._bulk.add(
            m.PortalUser(
                brand_id=self.brand.id,
                kind=m.UserKind.CONSUMER,
                person_id=person.id,
                password_hash=self._password,
                created_at=NOW,
            )
        )
        self._bulk.add(
            m.LoginIdentifier(
                id=new_id(), brand_id=self.brand.id, user_id=user.id, kind="phone", value=phone
            )
        )
        return user
