"""A person's own notifications, and the outbox as staff see it."""

from datetime import timedelta

import pytest

from portal_app.core import clock as clock_module
from portal_app.core.actor import ANONYMOUS, Role
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.core.settings import settings
from portal_app.models import Channel, MessageState, Notification, OutboundMessage
from portal_app.services import notifications
from tests import factories as f


def notice(person_id, number=0, **values):
    when = clock_module.now() + timedelta(seconds=number)
    given = {"topic": "hire.moved", "title": f"Notice {number}", "created_at": when} | values
    return f._save(Notification(person_id=person_id, **given))


def message(number=0, **values):
    when = clock_module.now() + timedelta(seconds=number)
    given = {
        "brand_id": f.brand().id,
        "channel": Channel.EMAIL,
        "recipient": "rosa@example.com",
        "topic": "identity.code",
        "subject": "Your code is 123456",
        "text": "Your code is 123456",
        "dedupe_key": f"k{number}-{values.get('brand_id', '')}",
        "created_at": when,
        "carries_secret": True,
    } | values
    return f._save(OutboundMessage(**given))


def test_a_person_reads_their_own_newest_first_page_by_page(any_db, clock):
    actor, other = f.consumer_actor(f.account()), f.person()
    for number in range(60):
        notice(actor.person_id, number // 2)  # pairs of the same moment
        notice(other.id, number)
    seen, after = [], ""
    while True:
        page = notifications.inbox(actor, after=after)
        seen += [each.id for each in page.rows]
        if not (after := page.after):
            break
    assert len(seen) == len(set(seen)) == 60
    assert notifications.inbox(actor).unread == notifications.unread_count(actor) == 60


def test_reading_one_and_reading_all(any_db, clock):
    actor = f.consumer_actor(f.account())
    first = notice(actor.person_id, 1)
    notice(actor.person_id, 2)
    notifications.mark_read(actor, notification_id=first.id)
    assert notifications.unread_count(actor) == 1
    assert notifications.mark_all_read(actor) == 1
    assert notifications.mark_all_read(actor) == 0
    assert notifications.unread_count(actor) == 0


@pytest.mark.guards("notifications.told_to")
def test_nobody_reads_or_marks_what_another_person_was_told(any_db, clock):
    theirs = notice(f.person().id)
    for actor in (
        f.consumer_actor(f.account()),
        f.staff_actor(Role.ADMIN),
        ANONYMOUS,
    ):
        assert notifications.inbox(actor).rows == ()
        assert notifications.unread_count(actor) == 0
        notifications.mark_all_read(actor)
        with pytest.raises(NotFound):
            notifications.mark_read(actor, notification_id=theirs.id)
    assert f.fetch(Notification).read_at is None


def test_the_outbox_is_for_managers_and_their_own_brand(any_db, clock):
    ours = message(1)
    theirs = message(2, brand_id=f.brand(key="orchard").id)
    manager = f.staff_actor(Role.MANAGER)
    assert [line.id for line in notifications.outbox(manager).rows] == [ours.id]
    with pytest.raises(NotFound):
        notifications.message(manager, message_id=theirs.id)
    with pytest.raises(NotAllowed):
        notifications.outbox(f.staff_actor(Role.AGENT))
    with pytest.raises(NotFound):
        notifications.outbox(f.consumer_actor(f.account()))
    with pytest.raises(NotFound):
        notifications.message(ANONYMOUS, message_id=ours.id)


def test_the_outbox_is_sifted_by_state_and_recipient(any_db, clock):
    message(1, state=MessageState.SENT)
    message(2, state=MessageState.FAILED, recipient="Ben_50%@example.com")
    manager = f.staff_actor(Role.MANAGER)
    assert len(notifications.outbox(manager, state="failed").rows) == 1
    assert len(notifications.outbox(manager, recipient="ben_50%").rows) == 1
    assert len(notifications.outbox(manager, recipient="%").rows) == 0
    assert len(notifications.outbox(manager, state="no such state").rows) == 2
    assert notifications.outbox(manager).counts == {MessageState.SENT: 1, MessageState.FAILED: 1}


def test_outside_production_the_words_can_be_read_after_sending(db, clock):
    sent = message(1)
    assert "123456" in notifications.message(f.staff_actor(Role.MANAGER), message_id=sent.id).text


def test_in_production_the_outbox_shows_status_and_recipient_only(any_db, clock, monkeypatch):
    production = settings().model_copy(update={"env": "production"})
    for module in ("queries", "commands.sending"):
        monkeypatch.setattr(
            f"portal_app.services.notifications.{module}.settings", lambda: production
        )
    waiting = message(1, html="<b>123456</b>", facts={"code": "123456"})
    manager = f.staff_actor(Role.MANAGER)
    page, one = notifications.outbox(manager), notifications.message(manager, message_id=waiting.id)
    assert "123456" not in repr(page)
    assert "123456" not in repr(one)
    assert one.is_hidden
    assert page.rows[0].recipient == "rosa@example.com"
