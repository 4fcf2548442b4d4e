"""A small world with everybody in it who may ask: two brands, every relation, every role."""

from dataclasses import dataclass
from datetime import timedelta

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.actor import Role
from tests import factories as f
from tests.people import SignedIn, database_at, sign_in

TODAY = clock.today()  # the server under test reads the real clock


@dataclass(frozen=True)
class World:
    """Browsers by who they are, and the things that belong to the account of `owner`."""

    people: dict[str, SignedIn]
    account: str
    contract: str
    contract_number: str
    line: str
    invoice: str
    foreign_contract: str
    foreign_contract_number: str
    foreign_line: str


def _holding(brand_id: str, name: str) -> tuple[m.Account, m.Contract, m.ContractLine, m.Invoice]:
    store = f.store(brand_id=brand_id)
    account = f.account(brand_id=brand_id, name=name, store_id=store.id)
    contract = f.contract(account, store_id=store.id, listed_on=TODAY, starts_on=TODAY)
    line = f.line(contract, quantity=50, out_at=clock.now() - timedelta(days=3))
    bill = f.invoice(account, 12_300, TODAY)
    f.entry(account, 12_300, TODAY, reference=bill.number)
    return account, contract, line, bill


def _contact(account: m.Account, **values: object) -> str:
    who = f.person(brand_id=account.brand_id)
    f.contact(account, who, **values)
    return f.user(who).id


def build(url: str) -> World:
    """Fill the database at `url`, and sign everybody in."""
    with database_at(url):
        ours, theirs = (
            f.brand(),
            f.brand(key="orchard", name="Orchard & Vale", hosts=["orchard.localhost"]),
        )
        account, contract, line, bill = _holding(ours.id, "Lindqvist Roofing")
        other, foreign, foreign_line, _ = _holding(ours.id, "Strange Ltd")
        beyond, *_ = _holding(theirs.id, "Vale Gardens")
        users = {
            "owner": _contact(account),
            "authorised": _contact(account, role=m.ContactRole.AUTHORISED),
            "billing": _contact(account, role=m.ContactRole.BILLING),
            "former": _contact(account, ends_on=TODAY - timedelta(days=2)),
            "stranger": _contact(other),
            "other_brand": _contact(beyond),
            "agent": f.staff(Role.AGENT, brand_id=ours.id).user_id,
            "manager": f.staff(Role.MANAGER, brand_id=ours.id).user_id,
            "admin": f.staff(Role.ADMIN, brand_id=ours.id).user_id,
            "other_staff": f.staff(Role.ADMIN, brand_id=theirs.id).user_id,
        }
    people = {name: sign_in(url, user) for name, user in users.items()}
    return World(
        people, account.id, contract.id, contract.number, line.id, bill.id,
        foreign.id, foreign.number, foreign_line.id,
    )  # fmt: skip
