"""What docs/integrating.md tells a developer about events holds for what the portal sends."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

from portal_app.integrations.http_webhooks import HttpWebhooks
from portal_app.ports import Webhook
from portal_app.services import households  # noqa: F401 - registers its kinds
from portal_app.services.changes.rules.kinds import all_kinds
from portal_app.services.events import rules
from tests import factories as f
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


def test_every_event_is_listed_with_the_fields_that_it_carries():
    listed = {
        name: set(re.findall(r"`(\w+)`", fields))
        for name, fields in re.findall(r"^\| `([\w.]+)` \| [^|]+ \| (.+) \|$", TEXT, re.MULTILINE)
    }
    assert listed == {kind.event: set(kind.labels) for kind in all_kinds()}
