"""What the portal's operations are called with: sensible values by the names of arguments.

Every argument of every operation is in one of the three tables; a test says which one is missing.
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from portal_app.core.actor import Role
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.services.documents import Printed
from tests.hostile.estate import DETAILS, FEED, PASSWORD
from tests.services.events.conftest import Sender
from tests.services.payments.gateway import FakeGateway
from tests.services.uploads import rows
from tests.services.uploads.conftest import Nobody

# Arguments that name somebody's thing: their values are what an estate holds.
OBJECTS = frozenset({
    "account", "article", "brand", "consumer", "contract", "contracts", "delivery_id",
    "device", "document", "endpoint", "event_id", "grant", "household", "idempotency_key",
    "instalment", "into", "invoice", "job_id", "line", "link", "membership", "message_id",
    "notification_id", "number", "owner", "parties", "party", "payment_method", "person", "receipt",
    "reference", "request", "run", "schedule", "template", "token", "user", "whom",
})  # fmt: skip

VALUES: dict[str, tuple[Any, ...]] = {
    "action": ("", "account:changed"),
    "after": ("", "2026-11-20T15:00:00+00:00~" + "0" * 36, "2026-11-20." + "0" * 36, "5"),
    "also": ([], ()),
    "alt": ("Harbourline", ""),
    "anchor": ("",),
    "answer": ("On every contract.",),
    "area": ("contracts", "payments"),
    "areas": ({"cases": "act", "contracts": "view"}, {}),
    "as_of": ("2026-11-20", "2026-10-31"),
    "audience": ("consumer", "staff"),
    "auto_close_days": (0, "7"),
    "before": ("", "2026-11-20T15:00:00+00:00~" + "0" * 36),
    "changes": ({"support_phone": "+1 813 555 0100"}, {"is_open": False}),
    "channel": ("email", "sms", "text"),
    "code": ("123456", "000000"),
    "contact_name": ("Rosa Lindqvist",),
    "contact_phone": ("(813) 555-0111",),
    "current": (PASSWORD,),
    "description": ("It does not start.",),
    "dry_run": (True, False),
    "due_on": ("2026-12-24", "2026-11-20"),
    "email": ("lee@example.com",),
    "ends_on": ("", "2026-12-24"),
    "entered": ({"quantity": "1", "method": "drop_off", "contact_name": "Rosa"},),
    "family_name": ("Lindqvist",),
    "field": ("status", "jobs/1/employer", "why"),
    "fingerprint": ("0" * 64, ""),
    "feature": ("edit_profile", "call_off_rent", "pay_now"),
    "fix": ("switch_on", "owners_phone"),
    "given": (True, False),
    "given_name": ("Rosa",),
    "group": ("jobs", ""),
    "host": ("localhost", "orchard.localhost"),
    "hosts": (["vale.localhost"],),
    "identifier": ("+18135551234", "dana@example.com"),
    "introduction": ("Tell us.",),
    "is_active": (True, False),
    "is_chosen": (True, False),
    "is_enabled": (True, False),
    "is_on": (True, False),
    "is_paused": (True, False),
    "is_published": (True, False),
    "is_accepted": (True, False),
    "is_visible": (True, False),
    "key": ("click", "another"),
    "kind": (
        "",
        "application.invitation",
        "rental",
        "pickup",
        "name",
        "address",
        "email",
        "phone",
        "language",
    ),
    "label": ("Proof of income", "Other"),
    "limit": (100, 1),
    "looks": ({"colour": "#3d4fd6"},),
    "media_type": ("image/jpeg", "text/html"),
    "method": ("pickup", "drop_off"),
    "mode": ("shared", "own_sections"),
    "module": ("rental", "payments"),
    "months": (12,),
    "name": ("Dana Okafor", "accounts.csv", "lift.jpg"),
    "name_in_addresses": ("vale",),
    "new_password": ("nine lighthouses at dusk",),
    "next_path": ("", "/contracts"),
    "now": ("", "person:nobody"),
    "note": ("Showed a passport.",),
    "notes": ("Ask for the key.",),
    "object_id": ("",),
    "object_type": ("", "account"),
    "operation": ("customers_state.load",),
    "off_rent_at": ("", "2026-11-20T10:00"),
    "oldest_first": (True, False),
    "per_person": (True, False),
    "part": ("theme", "text", "fields", "logo"),
    "password": (PASSWORD, "plinth fjord vexed"),
    "password_hash": ("$argon2id$",),
    "persona": ("usual", "little"),
    "phone": ("(813) 555-7070",),
    "place": ("Gate 4", ""),
    "policy_name": ("review", "auto", "proof"),
    "postal_code": ("33602",),
    "priority": ("high", "low"),
    "publish": (True, False),
    "purpose": (
        "rental_request_photo",
        "case_attachment",
        "case_form_attachment",
        "application_document",
    ),
    "quantity": (1, "1"),
    "question": ("Where is my store?", {"label": "Why", "kind": "text"}),
    "rating": (5, "1"),
    "reason": ("Needed until Friday.",),
    "recipient": ("", "example.com"),
    "relationship": ("Daughter", ""),
    "requested_for": ("now", "2026-11-24T09:00"),
    "resolution": ("solved", "explained"),
    "return_to": ("/payment-methods/added/{reference}", "/payments"),
    "role": (Role.AGENT,),
    "row": (1, 2),
    "search": ("", "lift"),
    "seen": (0, 1, 2),
    "secret": ("JBSWY3DPEHPK3PXP",),
    "sha256": ("", "0" * 64),
    "shelf": ("current", "past"),
    "size": (20, 5),
    "sms": ("{{ code }} for {{ brand }}", ""),
    "slot": ("2026-11-20T15:10:00",),
    "starts_on": ("", "2026-11-20"),
    "state": ("", "registered", "queued"),
    "status": ("", "dead", "all"),
    "steps": ([["See the papers", "agent"], ["Decide", "manager"]], []),
    "subject": ("A lift is stuck",),
    "text": ("Open it: {{ portal_link }}", "Hello"),
    "title": ("Paid back",),
    "topic": ("payment", "other"),
    "trigger": ("manual",),
    "try_again_on": ("2026-12-24", ""),
    "up": (True, False),
    "url": ("https://crm.example.com/events",),
    "user_agent": ("Mozilla/5.0",),
    "value": ("employed", "1"),
    "values": (DETAILS, DETAILS | {"given_name": "Rosie"}),
    "version": (1, 2, 0),
    "visibility": ("everyone", "head", "chosen", "none"),
    "view": ("open", "closed"),
    "ways": ({"case": ["portal"], "payment": ["email", "text"]}, {"case": []}),
    "when": ("2026-11-25T09:00",),
    "who": ("",),
    "words": ("We look at it.", ""),
    "with_rentals": (True, False),
}


class Carrier:
    """Prints, renders and carries everything, and keeps none of it."""

    def render(self, template: str, data: object) -> bytes:
        return b"%PDF"

    def send(self, message: object) -> None:
        """Take it."""

    def html(self, template: str, facts: object) -> str:
        return "<p>"


def _printed() -> Printed:
    return Printed("statement", "Statement", {}, "account", "x", "")


# What the portal itself hands on, and nobody who asks: made anew for each call.
GIVEN: dict[str, Callable[[], Any]] = {
    "body": lambda: b"",
    "context": lambda: ["Rosa"],
    "content": lambda: io.BytesIO(FEED),
    "fields": lambda: {"code": "Enter the code."},
    "form": lambda: "employment",
    "gateway": FakeGateway,
    "headers": dict,
    "letters": Carrier,
    "limiter": LimitsLimiter,
    "mailer": Carrier,
    "message": lambda: "Done.",
    "path": lambda: Path("no such folder"),
    "printed": _printed,
    "problem": lambda: "Try again.",
    "progress": lambda: None,
    "renderer": Carrier,
    "scanner": Nobody,
    "sender": Sender,
    "store": rows.store,
    "texts": Carrier,
    "typed": lambda: {"identifier": "813"},
}
