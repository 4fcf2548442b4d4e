"""Whatever arrives, the services about running the portal refuse in a typed way or do nothing."""

import pytest
from hypothesis import given

from portal_app.core.actor import Role
from portal_app.services import audit, jobs, notifications
from tests import factories as f
from tests.anything import anything, hostile, refused_without_a_trace
from tests.services.jobs.test_board import row
from tests.services.notifications.test_reading import message, notice

SERVICES = {
    "jobs.board": (jobs.board, ("status", "after")),
    "jobs.retry": (jobs.retry, ("job_id", "key")),
    "jobs.cancel": (jobs.cancel, ("job_id", "key")),
    "jobs.set_paused": (jobs.set_paused, ("schedule", "is_paused")),
    "audit.history": (audit.history, ("action", "who", "object_type", "object_id", "after")),
    "audit.verify": (audit.verify, ("anchor",)),
    "notifications.outbox": (notifications.outbox, ("state", "recipient", "after")),
    "notifications.message": (notifications.message, ("message_id",)),
    "notifications.inbox": (notifications.inbox, ("after",)),
    "notifications.mark_read": (notifications.mark_read, ("notification_id",)),
}


@pytest.mark.asvs("2.2.2")
@pytest.mark.parametrize("name", SERVICES)
def test_any_input_is_refused_or_harmless(any_db, name):
    service, names = SERVICES[name]
    actor = f.staff_actor(Role.ADMIN)
    if name in {"notifications.inbox", "notifications.mark_read"}:
        actor = f.consumer_actor(f.account())
        notice(actor.person_id)
    row(status="dead")
    message(1)

    @hostile
    @given(values=anything)
    def ask(values):
        given = dict.fromkeys(names, values)
        refused_without_a_trace(lambda: service(actor, **given))

    ask()
