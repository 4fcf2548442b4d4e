"""What a customer does in every outage, and what is looked for meanwhile."""

import json
import time

import httpx

from tests.permissions.operations import long_name

AWAY = "We cannot reach our records just now"
SEND = long_name("off_rent_state.send")
FORM = {
    "quantity": "1", "requested_for": "now", "method": "pickup", "place": "Gate 4",
    "contact_name": "Rosa Lindqvist", "contact_phone": "(813) 555-0111", "notes": "Ring twice.",
}  # fmt: skip


def health(portal):
    return httpx.get(f"{portal.address}/healthz", timeout=5).status_code


def until(told, *, seconds=12):
    """Wait for something to be so."""
    deadline = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.1)


def send_only(tab, name, payload):
    """Send an event and wait for nothing."""
    tab.raw("42/_event," + json.dumps(["event", tab._event(name, payload, "/")]))
