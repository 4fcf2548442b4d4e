"""A rental customer with three scissor lifts on rent from a store in New York."""

from dataclasses import dataclass
from itertools import count

import pytest

from portal_app import models as m
from portal_app.core.actor import Actor
from portal_app.services import rentals
from tests import factories as f

_keys = count(1)


@dataclass
class Hire:
    store: m.Store
    account: m.Account
    contract: m.Contract
    line: m.ContractLine
    owner: Actor
    agent: Actor

    def ask(self, actor: Actor | None = None, **entered) -> str:
        """Send the form as the owner would, except for what a test says."""
        given = {
            "line": self.line.id,
            "quantity": 2,
            "requested_for": "now",
            "method": "pickup",
            "place": "Gate 4, Harbour Road",
            "contact_name": "Rosa Lindqvist",
            "contact_phone": "(813) 555-0111",
            "notes": "Ask for the yard key.",
            "key": f"key-{next(_keys)}",
        }
        return rentals.call_off_rent(actor or self.owner, **given | entered)

    def step(self, command, number: str, actor: Actor | None = None, **entered) -> str:
        """Do something to a request as the store's agent."""
        return command(actor or self.agent, number=number, key=f"key-{next(_keys)}", **entered)

    def request(self, number: str) -> m.RentalRequest:
        return f.fetch(m.RentalRequest, number=number)

    def line_now(self) -> m.ContractLine:
        return f.fetch(m.ContractLine, id=self.line.id)


def make_hire(**line) -> Hire:
    store = f.store(timezone="America/New_York")
    account = f.account(store_id=store.id, timezone="America/New_York")
    contract = f.contract(account, store_id=store.id)
    given = {"quantity": 3, "site": "Pier 7", "brand_id": account.brand_id} | line
    return Hire(
        store,
        account,
        contract,
        f.line(contract, **given),
        f.consumer_actor(account),
        f.staff_actor(),
    )


@pytest.fixture
def hire(any_db, clock) -> Hire:
    """On both databases, on 20 November 2026 at 10 in the morning in New York."""
    return make_hire()


@pytest.fixture
def sqlite_hire(db, clock) -> Hire:
    return make_hire()
