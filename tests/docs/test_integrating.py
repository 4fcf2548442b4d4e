"""What docs/integrating.md tells a developer about events holds for what the portal sends."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

from portal_app import models as m
from portal_app.integrations.http_webhooks import HttpWebhooks
from portal_app.ports import Webhook
from portal_app.ports.payments import DeclineReason
from portal_app.services import (
    households,  # noqa: F401 - registers its kinds
    payments,
)
from portal_app.services.changes.rules.kinds import all_kinds
from portal_app.services.events import rules
from tests import factories as f
from tests.services.payments.plans import key, make_plan
from tests.webhooks import receiving

TEXT = Path("docs/integrating.md").read_text(encoding="utf-8")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def block(language: str) -> str:
    return re.search(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)[1]


def test_the_verifier_takes_what_is_sent_and_nothing_else():
    told: dict = {}
    exec(block("python"), told)
    sent = Webhook("event-1", "", SECRET, '{"type":"person.name_changed"}', datetime.now(UTC))
    with receiving() as crm:
        for one in (sent, replace(sent, sent_at=sent.sent_at - timedelta(minutes=10))):
            HttpWebhooks(to_loopback=True).send(replace(one, url=crm.url))
    (headers, body), (stale, _) = crm.got
    assert told["is_ours"](headers, body.encode(), SECRET)
    assert not told["is_ours"](headers, body.replace("name", "email").encode(), SECRET)
    assert not told["is_ours"](headers | {"webhook-id": "event-2"}, body.encode(), SECRET)
    assert not told["is_ours"](headers, body.encode(), "whsec_" + "A" * 32)
    assert not told["is_ours"](stale, body.encode(), SECRET)


def test_the_example_has_the_shape_of_what_is_read():
    example = json.loads(block("json"))
    assert set(example) == {"events", "next_after", "has_more"}
    event = SimpleNamespace(
        sequence=1, id="", type="", at=f.clock.now(), subject_type="", external_id="", payload={}
    )
    assert set(example["events"][0]) == set(rules.as_read(event))


def test_every_event_is_listed_with_the_fields_that_it_carries(db, clock):
    listed = {
        name: set(re.findall(r"`(\w+)`", fields))
        for name, fields in re.findall(r"^\| `([\w.]+)` \| [^|]+ \| (.+) \|$", TEXT, re.MULTILINE)
    }
    changed = {kind.event: set(kind.labels) for kind in all_kinds()}
    assert {name: listed[name] for name in listed if name in changed} == changed
    others = {name: fields for name, fields in listed.items() if name not in changed}
    _live_through_everything(clock)
    sent = f.fetch_all(m.OutgoingEvent)
    assert {one.type: set(one.payload) for one in sent} == others
    subjects = {one.type.partition(".")[0]: one.subject_type for one in sent}
    assert subjects == {"payment": "instalment", "contract": "contract"}
    for reason in m.FailureReason:
        assert f"`{reason.value}`" in TEXT


def _live_through_everything(clock) -> None:
    """Let everything happen that payments send an event of."""
    plan = make_plan(days=[date(2026, 11, 20), date(2026, 12, 20)])
    plan.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    plan.run()
    first, _ = plan.rows()
    said = {"reason": "Agreed by phone."}
    payments.waive_fee(plan.agent, instalment=first.id, key=key(), **said)
    clock.at(2026, 12, 20, 15)
    plan.run()
    number = f.fetch(m.CancellationRequest).number
    decline = {"number": number, "try_again_on": "2026-12-28", "key": key(), **said}
    payments.decline_cancellation(plan.agent, **decline)
    clock.at(2026, 12, 28, 15)
    plan.run()
    payments.waive_instalment(plan.agent, instalment=plan.rows()[0].id, key=key(), **said)
    move = {"instalment": plan.rows()[1].id, "due_on": "2027-01-04", "key": key()}
    payments.reschedule(plan.agent, **move, **said)
    plan.gateway.decide = lambda _order: None
    clock.at(2027, 1, 4, 15)
    plan.run()
    payments.ask_to_cancel(plan.agent, contract=plan.contract.id, key=key(), **said)
    (asked,) = f.fetch_all(m.CancellationRequest, state=m.CancellationState.OPEN)
    payments.approve_cancellation(plan.agent, number=asked.number, key=key(), **said)
