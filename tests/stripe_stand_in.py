"""Stripe for the tests: localstripe in a process of its own, and before it what it does not do.

localstripe is free software of another licence than ours: it is run, never imported. It keeps
customers, methods, intents and charges, declines by card, and signs what it sends. What it lacks
is stood in for here as Stripe documents it, and `LACKS` names each such thing: a test asks
localstripe alone for all of them, so that the list stays true.
"""

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Generator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from tests.servers import free_port, wait_for_port

# On the loopback only, and with nothing written to a file that others could read or share.
_RUN = """
import sys
from aiohttp import web
from localstripe import resources
from localstripe.server import app
resources.Store.dump_to_disk = lambda self: None
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
"""
LACKS = (
    "Checkout",
    "idempotency keys",
    "descriptions of payment intents",
    "a customer's payment intents",
    "decline codes, and the intent in a refusal",
    "debits that are under way before they arrive",
    "a refusal where somebody would have to approve",
    "a refusal for a method that was detached",
)
CARD = {"exp_month": "12", "exp_year": "2031", "cvc": "123"}
WORKS, DECLINES, ASKS_OWNER = "4242424242424242", "4000000000000341", "4000002500003155"
ACCOUNT, ACCOUNT_FAILS = "DE89370400440532013000", "DE62370400440532013001"
INTENTS, SESSIONS = "/v1/payment_intents", "/v1/checkout/sessions"
Answer = tuple[int, dict[str, Any]]


@contextlib.contextmanager
def localstripe() -> Generator[str]:
    """Run localstripe inside the block; yields its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", _RUN, str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for_port(port, seconds=30)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@dataclass
class StandIn:
    """What stands before localstripe, and how it is told to misbehave."""

    behind: str
    url: str = ""
    key: str = "sk_test_12345"
    is_silent_once: bool = False  # take the next charge, and hang up without an answer
    is_broken_once: bool = False  # answer the next charge with 500, and keep to that answer
    codes: dict[str, str] = field(default_factory=dict)  # method: why its bank declines
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, tuple[Any, Answer | None]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, method: str, path: str, **fields: Any) -> Any:
        """Ask localstripe itself, as somebody who has the key."""
        status, told = self.forward(method, path, flat(fields))
        assert status == 200, told
        return told

    def forward(self, method: str, path: str, fields: dict[str, str]) -> Answer:
        where = {"params": fields} if method == "GET" else {"data": fields}
        headers = {"authorization": f"Bearer {self.key}"}
        answer = httpx.request(
            method, f"{self.behind}{path}", headers=headers, timeout=30, verify=False, **where
        )
        return answer.status_code, answer.json()

    def finish(self, session: str, *, number: str, code: str = "", name: str = "Rosa") -> None:
        """Do what somebody does on Stripe's page: enter a card, or an account by its IBAN."""
        is_card = number.isdecimal()
        kind = "card" if is_card else "sepa_debit"
        facts = {**CARD, "number": number} if is_card else {"iban": number}
        details = {"name": name, "email": "rosa@example.com"}
        made = self.ask(
            "POST", "/v1/payment_methods", type=kind, billing_details=details, **{kind: facts}
        )
        customer = self.sessions[session]["customer"]
        method = self.ask("POST", f"/v1/payment_methods/{made['id']}/attach", customer=customer)
        self.codes[made["id"]] = code
        intent = {"id": f"seti_{session}", "status": "succeeded", "payment_method": method}
        self.sessions[session] |= {"status": "complete", "setup_intent": intent}

    def intents(self) -> list[dict[str, Any]]:
        """Return every payment intent that there is."""
        return self.ask("GET", INTENTS, limit="1000")["data"]

    # What Stripe does and localstripe does not ------------------------------------------------

    def once(self, key: str, method: str, path: str, fields: dict[str, str]) -> Answer | None:
        """Answer the same key with the same answer; None is a line that was cut."""
        asked = (path, dict(fields))
        with self.lock:
            known, answer = self.answers.setdefault(key, (asked, None))
            is_new = known is asked
        if not is_new:
            if known != asked:
                return refusal(400, "idempotency_error", "")
            return answer or refusal(409, "idempotency_error", "idempotency_key_in_use")
        answer = self.answer(method, path, fields)
        if path == INTENTS and self.is_broken_once:
            answer, self.is_broken_once = refusal(500, "api_error", ""), False
        self.answers[key] = (asked, answer)
        if path == INTENTS and self.is_silent_once:
            self.is_silent_once = False
            return None
        return answer

    def answer(self, method: str, path: str, fields: dict[str, str]) -> Answer:
        if path == SESSIONS:
            return self._new_session(fields)
        if path.startswith(SESSIONS):
            found = self.sessions.get(path.rpartition("/")[2])
            return (200, found) if found else refusal(404, "invalid_request_error", "")
        if (method, path) == ("POST", INTENTS):
            return self._charged(fields)
        if (method, path) == ("GET", INTENTS):
            customer = fields.pop("customer")
            found = self.forward(method, path, fields)[1]
            found["data"] = [one for one in found["data"] if one["customer"] == customer]
            return 200, found
        return self.forward(method, path, fields)

    def _new_session(self, fields: dict[str, str]) -> Answer:
        number = f"cs_test_{len(self.sessions)}"
        self.sessions[number] = {
            "id": number,
            "object": "checkout.session",
            "url": f"{self.url}/c/pay/{number}",
            "status": "open",
            "customer": fields["customer"],
            "client_reference_id": fields["client_reference_id"],
            "return": fields["success_url"],
            "setup_intent": None,
        }
        return 200, self.sessions[number]

    def _charged(self, fields: dict[str, str]) -> Answer:
        method = fields["payment_method"]
        fields.pop("description", "")
        kept = self.forward("GET", f"/v1/payment_methods/{method}", {})
        if kept[0] == 404 or not kept[1].get("customer"):
            return refusal(400, "invalid_request_error", "resource_missing", param="payment_method")
        status, told = self.forward("POST", INTENTS, fields)
        is_declined = status == 402 or told.get("status") == "requires_action"
        if not is_declined:
            return status, told
        mark = fields["metadata[portal_charge]"]
        intent = next(one for one in self.intents() if one["metadata"].get("portal_charge") == mark)
        code = self.codes.get(method, "")
        if status == 200:
            return refusal(402, "card_error", "authentication_required", payment_intent=intent)
        return refusal(402, "card_error", "card_declined", decline_code=code, payment_intent=intent)


def refusal(status: int, kind: str, code: str, **more: Any) -> Answer:
    return status, {"error": {"type": kind, "code": code, "message": "no", **more}}


def flat(fields: dict[str, Any], around: str = "") -> dict[str, str]:
    """Return nested fields as Stripe wants them in a form: `card[number]`."""
    found: dict[str, str] = {}
    for name, value in fields.items():
        whole = f"{around}[{name}]" if around else name
        found |= flat(value, whole) if isinstance(value, dict) else {whole: value}
    return found


def _handler(stand_in: StandIn):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("content-length", "0"))).decode()
            fields = dict(parse_qsl(body, keep_blank_values=True))
            key = self.headers.get("idempotency-key", "")
            path = urlsplit(self.path).path
            known = path in {INTENTS, SESSIONS, "/v1/customers"}
            self._say(
                stand_in.once(key, "POST", path, fields)
                if key and known
                else stand_in.answer("POST", path, fields)
            )

        def do_GET(self):
            parts = urlsplit(self.path)
            self._say(stand_in.answer("GET", parts.path, dict(parse_qsl(parts.query))))

        def _say(self, answer):
            if answer is None:
                self.close_connection = True
                return
            body = json.dumps(answer[1]).encode()
            self.send_response(answer[0])
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


@contextlib.contextmanager
def standing_in(behind: str) -> Generator[StandIn]:
    """Answer as Stripe inside the block, with localstripe behind."""
    stand_in = StandIn(behind)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(stand_in))
    server.daemon_threads = True
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def in_a_form(fields: dict[str, Any]) -> str:
    """Return fields as the body of a form."""
    return urlencode(flat(fields))
