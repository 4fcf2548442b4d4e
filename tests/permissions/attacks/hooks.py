"""Attacks on the one address whose posts come from no page of ours: the payment gateway's."""

import json
from datetime import timedelta
from pathlib import Path

from portal_app.core import clock
from portal_app.core.settings import DEVELOPMENT_SECRET
from portal_app.integrations.sandbox_gateway import SIGNATURE, SandboxGateway
from portal_app.ports.payments import GatewayNotice
from portal_app.web.gate import SIGNED
from portal_app.web.hooks import LONGEST_BODY, PATH
from tests.asking import ask
from tests.holdings import holdings
from tests.permissions.attacks import attack
from tests.permissions.attacks.requests import EVERYTHING, as_

NOTICE = GatewayNotice("attack-1", "some-charge", "some-page")
JSON = {"content-type": "application/json"}


def signed(notice=NOTICE, *, secret=DEVELOPMENT_SECRET, age=timedelta()):
    """What the server's own gateway would send, or somebody with another secret."""
    gateway = SandboxGateway(Path("unused"), secret=secret, now=lambda: clock.now() - age)
    return gateway.signed(notice)


def gets_in(server, world, *tries) -> bool:
    """Send each body with its headers, as nobody and as an admin; say whether one was taken."""
    before = holdings(world.url, but=EVERYTHING)
    answers = [
        ask(server, "POST", PATH, content=body, headers=headers | who)
        for body, headers in tries
        for who in ({}, as_(world, "admin") | {"origin": server.address})
    ]
    changed = holdings(world.url, but=EVERYTHING) != before
    refused = all(one.status_code in {400, 413, 415} and one.text == "" for one in answers)
    return changed or not refused


@attack("3.5.1")
def news_of_a_payment_without_a_signature(server, world):
    assert {PATH} == SIGNED
    body, _ = signed()
    return gets_in(server, world, (body, JSON), (body, JSON | {SIGNATURE: ""}))


@attack("3.5.1")
def news_of_a_payment_signed_by_somebody_else(server, world):
    body, headers = signed(secret="x" * 40)
    sent = headers[SIGNATURE].partition(".")[0]
    forged = ("0" * 64, "", ".", "é" * 64, "v1=" + "a" * 64)
    return gets_in(
        server,
        world,
        (body, headers),
        *((body, JSON | {SIGNATURE: f"{sent}.{one}".encode()}) for one in forged),
        (body, JSON | {"stripe-signature": f"t={sent},v1={'a' * 64}"}),
    )


@attack("3.5.1")
def news_of_a_payment_with_another_text_under_a_true_signature(server, world):
    body, headers = signed()
    told = json.loads(body)
    others = (json.dumps(told | {"charge": "another"}), body.decode() + " ", "", "{}", "[]")
    return gets_in(server, world, *((other.encode(), headers) for other in others))


@attack("3.5.1")
def news_of_a_payment_that_was_true_once(server, world):
    tries = [signed(age=timedelta(minutes=minutes)) for minutes in (6, 60, 60 * 24 * 365, -6)]
    moved = [
        (body, headers | {SIGNATURE: f"{int(clock.now().timestamp())}.{headers[SIGNATURE][11:]}"})
        for body, headers in tries
    ]
    return gets_in(server, world, *tries, *moved)


@attack("3.5.2")
def news_of_a_payment_in_a_form(server, world):
    """What a page elsewhere may send without asking first is not even read."""
    body, headers = signed()
    kinds = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "")
    return gets_in(server, world, *((body, headers | {"content-type": kind}) for kind in kinds))


@attack()
def news_of_a_payment_that_does_not_end(server, world):
    body, headers = signed(GatewayNotice("x" * (LONGEST_BODY + 1)))
    return gets_in(server, world, (body, headers), (b"[" * (LONGEST_BODY * 8), headers))


@attack("3.5.1")
def other_addresses_in_the_shadow_of_the_one_that_needs_no_origin(server, world):
    body, headers = signed()
    paths = (
        f"{PATH}/", f"{PATH}/../../auth/sign-out", f"{PATH};/auth/stay", "/hooks",
        "/hooks/other", "//hooks/payments", "/hooks/payments%2f", "/HOOKS/PAYMENTS",
    )  # fmt: skip
    before = holdings(world.url, but=EVERYTHING)
    answers = [ask(server, "POST", path, content=body, headers=headers) for path in paths]
    looked = [ask(server, method, PATH, headers=headers) for method in ("GET", "PUT", "DELETE")]
    is_taken = any(answer.status_code < 400 for answer in (*answers, *looked))
    return is_taken or holdings(world.url, but=EVERYTHING) != before
