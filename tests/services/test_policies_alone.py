"""Policies before which another one stands, asked alone: each would hold by itself."""

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from portal_app import models as m
from portal_app.core import clock as time
from portal_app.core.actor import ANONYMOUS, Actor, ActorKind
from portal_app.core.errors import NotFound
from portal_app.services import audit, changes, contracts
from portal_app.services.events import policy as events_policy
from portal_app.services.uploads import policy as uploads_policy
from portal_app.services.uploads.rules.purposes import purpose_of
from tests import factories as f
from tests.services.invitations.world import covered
from tests.services.uploads import rows


@pytest.fixture
def session(db):
    with Session(db) as opened:
        yield opened


@pytest.mark.guards("audit.require_staff")
def test_the_history_of_a_thing_is_for_staff(session):
    with pytest.raises(NotFound):
        audit.history_about(session, f.consumer_actor(f.account()), objects={"account": ["x"]})


@pytest.mark.guards("changes.require_self")
def test_only_a_customer_asks_for_a_change_of_their_own_details(db, clock):
    who = f.person()
    guest = Actor(ActorKind.GUEST, "", who.id, "Rosa", who.brand_id, application_id="x")
    values = {"given_name": "Rosamund", "family_name": "Lind"}
    with pytest.raises(NotFound):
        changes.ask(guest, kind="name", values=values, key="k")
    assert f.fetch_all(m.ChangeRequest) == []


@pytest.mark.guards("contracts.open_by_contracts")
def test_accounts_that_contracts_open_are_of_ones_own_brand(session):
    cover = covered()

    def opened(brand):
        actor = replace(ANONYMOUS, brand=brand)
        found = select(m.Account.id).where(contracts.open_by_contracts(actor))
        return session.exec(found).all()

    assert opened(cover.account.brand_id) == [cover.account.id]
    assert opened(f.brand(key="orchard").id) == []


@pytest.mark.guards("events.require_delivery")
def test_a_delivery_of_another_brand_is_not_found(session, clock):
    now, brand_id = time.now(), f.brand().id
    event = f._save(
        m.OutgoingEvent(id="e-1", brand_id=brand_id, type="x", subject_type="x", at=now, payload={})
    )
    endpoint = f._save(
        m.WebhookEndpoint(
            brand_id=brand_id, url="https://x.example", secret_sealed="x", created_at=now
        )
    )
    made = f._save(
        m.WebhookDelivery(
            brand_id=brand_id, endpoint_id=endpoint.id, event_id=event.id, created_at=now
        )
    )
    with pytest.raises(NotFound):
        events_policy.require_delivery(
            session, f.staff_actor(brand_id=f.brand(key="orchard").id), made.id
        )


@pytest.fixture
def document(db, clock):
    account = f.account()
    line = f.line(f.contract(account))
    owner = f.consumer_actor(account)
    now = time.now()
    request = f._save(
        m.RentalRequest(
            brand_id=account.brand_id, number="OR-1", account_id=account.id,
            contract_line_id=line.id, quantity=1, requested_by=owner.user_id, requested_for=now,
            method=m.ReturnMethod.PICKUP, place="Pier 7", contact_name="R", contact_phone="1",
            created_at=now, changed_at=now,
        )
    )  # fmt: skip
    return f.fetch(m.Document, id=rows.upload(request, owner.user_id, m.UploadState.IMPORTED))


@pytest.mark.guards("uploads.may_send", "uploads.require_owner", "uploads.require_readable")
@pytest.mark.guards("uploads.require_named")
def test_nobody_at_all_sends_or_reads_files(session, document, monkeypatch):
    assert not uploads_policy.may_send(replace(ANONYMOUS, brand=document.brand_id))
    purpose = purpose_of(document.purpose)
    lenient = replace(purpose, attach=lambda *_: "owner", named=None, read=lambda *_: None)
    monkeypatch.setattr(uploads_policy, "purpose_of", lambda _: lenient)
    with pytest.raises(NotFound):
        uploads_policy.require_owner(session, ANONYMOUS, lenient, document.owner_id)
    with pytest.raises(NotFound):
        uploads_policy.require_named(session, ANONYMOUS, lenient, document.owner_id)
    with pytest.raises(NotFound):
        elsewhere = f.staff_actor(brand_id=f.brand(key="orchard").id)
        uploads_policy.require_readable(session, elsewhere, document.id)


@pytest.mark.guards("uploads.sees")
def test_a_file_that_was_refused_is_seen_by_its_sender_and_staff_alone(document):
    document.state = m.UploadState.REJECTED
    assert not uploads_policy.sees(f.consumer_actor(f.account()), document)
    assert uploads_policy.sees(f.staff_actor(), document)
