"""Somebody who buys a car on finance, their guarantor, and a clerk who works on it."""

import io
from dataclasses import dataclass, field
from datetime import date

import pytest

from portal_app import models as m
from portal_app.core import clock as clock_module
from portal_app.core.actor import Actor, ActorKind
from portal_app.core.ids import new_id
from portal_app.integrations.disk_store import DiskStore
from portal_app.services import proposals, uploads
from tests import factories as f
from tests import files
from tests.services.uploads.conftest import SYSTEM, Nobody

LABEL = "Proof of income"
VEHICLE = {
    "make": "Volvo", "model": "V60", "variant": "T6 Recharge", "fuel": "Plug-in hybrid",
    "colour": "Pine grey", "doors": 5, "transmission": "Automatic", "engine_size": "1969 cc",
    "mileage": 18_250, "registration": "7ABC123",
}  # fmt: skip
TERMS = {
    "finance_type": "Hire purchase", "rate_milli": 6_125, "term_months": 48,
    "total_cash_price_minor": 3_450_000, "deposit_minor": 500_000,
    "part_exchange_minor": 250_000, "cash_minor": 250_000, "settlement_minor": 0,
    "balance_to_finance_minor": 2_950_000, "registration_fee_minor": 35_000,
    "balloon_minor": 900_000,
}  # fmt: skip


@dataclass
class Deal:
    """One application with everybody around it."""

    application: m.Application
    rosa: Actor
    guarantor: Actor
    clerk: Actor
    store: DiskStore
    keys: list[str] = field(default_factory=list)

    @property
    def number(self) -> str:
        return self.application.number

    def read(self, actor=None):
        return proposals.proposal(actor or self.rosa, number=self.number)

    def desk(self, actor=None):
        return proposals.application_files(actor or self.clerk, number=self.number)

    def log(self, actor=None):
        return proposals.communication_log(actor or self.clerk, number=self.number)

    def say(self, words, actor=None, *, key=None):
        given = {"number": self.number, "words": words, "key": key or new_id()}
        return proposals.send_message(actor or self.rosa, **given)

    def ask_for(self, label=LABEL, actor=None):
        return proposals.ask_for(actor or self.clerk, number=self.number, label=label, key=new_id())

    def decide(self, *, is_accepted, reason="", actor=None):
        (asked,) = f.fetch_all(m.DocumentRequest, application_id=self.application.id)
        given = {"request": asked.id, "is_accepted": is_accepted, "reason": reason}
        return proposals.decide(actor or self.clerk, **given, key=new_id())

    def begin(self, content, actor, **asked):
        entered = {
            "purpose": "application_document", "owner": self.number, "name": "payslip.pdf",
            "media_type": files.PDF, "size": len(content), "label": LABEL,
            "sha256": files.fingerprint(content), "key": new_id(),
        } | asked  # fmt: skip
        return uploads.begin(actor, store=self.store, **entered)

    def sent(self, content=None, actor=None, **asked):
        """Send a document as a browser does, and return its id."""
        content, actor = content or files.pdf(), actor or self.rosa
        begun = self.begin(content, actor, **asked)
        fields = begun.ticket.fields
        self.store.take(fields, io.BytesIO(content), media_type=fields["Content-Type"])
        uploads.confirm(actor, document=begun.document, store=self.store)
        return begun.document

    def check(self, document, scanner=None):
        uploads.check(SYSTEM, document=document, store=self.store, scanner=scanner or Nobody())

    def kept(self, content=None, actor=None, **asked):
        """Send a document and have it checked and kept."""
        document = self.sent(content, actor, **asked)
        self.check(document)
        return document

    def show(self, document, *, is_visible=True, actor=None):
        given = {"document": document, "is_visible": is_visible, "key": new_id()}
        return uploads.show(actor or self.clerk, **given)

    def download(self, document, actor=None):
        found = uploads.download(actor or self.rosa, document=document, store=self.store)
        return b"".join(found.content)


def consumer(person):
    user = f.user(person)
    who = (user.id, person.id, person.name, person.brand_id)
    return Actor(ActorKind.CONSUMER, *who, factors=2)


def make_deal(store, **values) -> Deal:
    brand = f.brand()
    car = m.Asset(brand_id=brand.id, external_id=new_id(), kind="vehicle", **VEHICLE)
    given = {"kind": "motor_finance", "asset_id": f._save(car).id} | TERMS | values
    held = f.application(brand_id=brand.id, **given)
    rosa = f.person(mobile_e164="+18135550123", date_of_birth=date(1990, 5, 4))
    ben = f.person(given_name="Ben", family_name="Okoro")
    f.party(held, rosa, portal_enabled=True)
    f.party(held, ben, role=m.PartyRole.GUARANTOR, portal_enabled=True)
    return Deal(held, consumer(rosa), consumer(ben), f.staff_actor(), store)


@pytest.fixture
def store(tmp_path):
    return DiskStore(tmp_path / "documents", secret="s" * 40, now=clock_module.now)


@pytest.fixture
def deal(any_db, clock, store):
    """On both databases."""
    return make_deal(store)
