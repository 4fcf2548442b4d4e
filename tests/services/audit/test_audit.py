"""The audit trail: any change to it shows, and administrators read their brand's."""

import pytest
from sqlmodel import Session, delete, text, update

from portal_app.core.actor import ANONYMOUS, Actor, Role
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import Action, AuditEvent
from portal_app.services import audit
from portal_app.services.audit import rules
from portal_app.services.transaction import transaction
from tests import factories as f

SYSTEM = Actor.system("tests")


def write(count=6, actor=SYSTEM):
    for number in range(count):
        with transaction(actor) as tx:
            tx.record(Action.SETTINGS_CHANGED, "brand", f"b{number}", name="Ünïcode", n=[1, None])


def tamper(engine, *statements):
    """Do what only somebody with the database's own keys can: past the triggers."""
    with Session(engine) as session:
        if engine.dialect.name == "postgresql":
            session.connection().execute(text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))
        else:
            for verb in ("UPDATE", "DELETE"):
                session.connection().execute(text(f"DROP TRIGGER audit_event_no_{verb}"))
        for statement in statements:
            session.exec(statement)
        session.commit()


@pytest.mark.asvs("16.4.2")
def test_an_untouched_trail_is_whole(any_db, clock):
    assert audit.verify(SYSTEM).is_whole
    write()
    report = audit.verify(SYSTEM)
    assert (report.is_whole, report.length, report.broken_at) == (True, 6, None)
    assert report.head == f.fetch_all(AuditEvent)[-1].hash


CHANGES = {
    "edited": [update(AuditEvent).where(AuditEvent.seq == 3).values(object_id="b9")],
    "other detail": [update(AuditEvent).where(AuditEvent.seq == 3).values(detail={"n": 2})],
    "other actor": [update(AuditEvent).where(AuditEvent.seq == 3).values(actor_id="somebody")],
    "deleted": [delete(AuditEvent).where(AuditEvent.seq == 3)],
    "first deleted": [delete(AuditEvent).where(AuditEvent.seq == 1)],
    "swapped": [
        update(AuditEvent).where(AuditEvent.seq == 3).values(seq=100),
        update(AuditEvent).where(AuditEvent.seq == 4).values(seq=3),
        update(AuditEvent).where(AuditEvent.seq == 100).values(seq=4),
    ],
    "rehashed": [
        update(AuditEvent).where(AuditEvent.seq == 3).values(object_id="b9", hash="0" * 64)
    ],
}


@pytest.mark.asvs("16.4.2")
@pytest.mark.parametrize("change", CHANGES)
def test_every_change_to_the_trail_shows(any_db, clock, change):
    write()
    tamper(any_db, *CHANGES[change])
    report = audit.verify(SYSTEM)
    assert not report.is_whole
    assert report.broken_at in {2, 3, 4}


@pytest.mark.asvs("16.4.2")
def test_a_trail_that_was_cut_off_shows_by_the_fingerprint_kept_elsewhere(any_db, clock):
    write()
    anchor = audit.verify(SYSTEM).head
    write(2)
    assert audit.verify(SYSTEM, anchor=anchor).is_whole
    tamper(any_db, delete(AuditEvent).where(AuditEvent.seq >= 6))
    assert audit.verify(SYSTEM).is_whole
    assert not audit.verify(SYSTEM, anchor=anchor).is_whole


def test_a_long_trail_is_followed_in_stretches(db, clock, monkeypatch):
    monkeypatch.setattr("portal_app.services.audit.queries._STRETCH", 4)
    write(11)
    assert audit.verify(SYSTEM).length == 11
    tamper(db, update(AuditEvent).where(AuditEvent.seq == 9).values(action="x"))
    assert audit.verify(SYSTEM).broken_at == 9


def test_administrators_read_their_brands_history_newest_first(any_db, clock):
    admin = f.staff_actor(Role.ADMIN)
    write(60, admin)
    write(3, f.staff_actor(Role.ADMIN, brand_id=f.brand(key="orchard").id))
    write(2)
    seen, after = [], ""
    while True:
        page = audit.history(admin, after=after)
        seen += page.rows
        if not (after := page.after):
            break
    assert len(seen) == 60
    assert [entry.seq for entry in seen] == sorted((entry.seq for entry in seen), reverse=True)
    assert {entry.who for entry in seen} == {"Dana Okafor"}
    assert seen[0].sentence == "Changed the portal's settings"


def test_the_history_is_sifted_by_object_person_and_action(any_db, clock):
    admin, customer = f.staff_actor(Role.ADMIN), f.consumer_actor(f.account())
    write(3, admin)
    with transaction(customer) as tx:
        tx.record(Action.RENTAL_REQUESTED, "rental_request", "r1")
    for sift in (
        {"who": customer.user_id},
        {"action": "rental_request"},
        {"action": "rental_request:self:submitted"},
        {"object_type": "rental_request", "object_id": "r1"},
    ):
        (only,) = audit.history(admin, **sift).rows
        assert (only.object_id, only.who) == ("r1", "Rosa Lindqvist")
    assert audit.history(admin, action="rental").rows == ()
    assert audit.history(admin, action="%").rows == ()


def test_only_administrators_read_or_verify(any_db, clock):
    for actor, refusal in (
        (f.staff_actor(Role.MANAGER), NotAllowed),
        (f.consumer_actor(f.account()), NotFound),
        (ANONYMOUS, NotFound),
    ):
        for service in (audit.history, audit.verify):
            with pytest.raises(refusal):
                service(actor)


@pytest.mark.parametrize("action", list(Action))
def test_every_action_has_a_sentence(action):
    assert action in rules.SENTENCES
    assert audit.sentence(action.value)[0].isupper()


def test_an_action_of_another_version_is_shown_as_it_was_written():
    assert audit.sentence("cake:self:eaten") == "cake:self:eaten"


@pytest.mark.asvs("16.4.3")
def test_the_end_of_the_trail_is_logged_each_night_and_proves_itself(any_db, clock, caplog):
    from portal_app.jobs.anchor_audit_head import anchor_audit_head

    write()
    with caplog.at_level("INFO", logger="portal.audit"):
        anchor_audit_head(slot="2026-11-20T03:40:00")
    assert audit.verify(SYSTEM).head in caplog.text


def test_a_trail_that_was_changed_becomes_a_job_that_staff_see(db, clock):
    from portal_app.jobs.anchor_audit_head import anchor_audit_head
    from portal_app.jobs.engine import Discard

    write()
    tamper(db, update(AuditEvent).where(AuditEvent.seq == 3).values(object_id="b9"))
    with pytest.raises(Discard, match="Entry 3"):
        anchor_audit_head(slot="2026-11-20T03:40:00")
