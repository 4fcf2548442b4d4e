"""What gateways send by themselves: believed if they signed it lately, and only as a hint."""

import json
import time
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import stripe

from portal_app.core import clock
from portal_app.integrations.sandbox_gateway import SIGNATURE, SandboxGateway
from portal_app.integrations.stripe_gateway import StripeGateway
from portal_app.ports import PortRefused
from portal_app.ports.payments import GatewayNotice
from tests import stripe_stand_in as stripe_in
from tests.webhooks import receiving

SECRET = "whsec_test"
NOTICE = GatewayNotice("evt_1", "charge-1", "")


def sandbox(age=0):
    then = timedelta(seconds=age)
    return SandboxGateway(Path("unused"), secret="s" * 40, now=lambda: clock.now() - then)


def stripes():
    return StripeGateway("sk_test_1", webhook_secret=SECRET, api="http://127.0.0.1:1")


def from_sandbox(age=0):
    return sandbox(age).signed(NOTICE)


def from_stripe(age=0, secret=SECRET, metadata=None):
    marks = {"portal_charge": "charge-1"} if metadata is None else metadata
    about = {"object": "payment_intent", "metadata": marks}
    body = json.dumps({"id": "evt_1", "object": "event", "data": {"object": about}})
    header = stripe.WebhookSignature.generate_signature_header(
        body, secret, timestamp=int(time.time()) - age
    )
    return body.encode(), {"stripe-signature": header}


BOTH = pytest.mark.parametrize(
    ("gateway", "send"),
    [(sandbox, from_sandbox), (stripes, from_stripe)],
    ids=["sandbox", "stripe"],
)


@BOTH
def test_a_signed_notice_names_what_to_look_at_however_often_it_comes(gateway, send):
    assert [gateway().notice(*send()) for _ in range(2)] == [NOTICE, NOTICE]


@BOTH
@pytest.mark.parametrize("age", [310, 86_400])
def test_an_old_notice_is_refused(gateway, send, age):
    with pytest.raises(PortRefused):
        gateway().notice(*send(age))


@BOTH
def test_a_notice_that_was_altered_is_refused(gateway, send):
    body, headers = send()
    for other in (body + b" ", body.replace(b"charge-1", b"charge-2"), b"", b"\xff\xfe"):
        with pytest.raises(PortRefused):
            gateway().notice(other, headers)


@BOTH
def test_every_flipped_bit_of_a_signature_is_refused(gateway, send):
    body, headers = send()
    ((name, value),) = [one for one in headers.items() if "signature" in one[0]]
    begins = len(value) - 64
    for place in range(begins, len(value)):
        other = chr(ord(value[place]) ^ 1)
        with pytest.raises(PortRefused):
            gateway().notice(body, {name: value[:place] + other + value[place + 1 :]})


@BOTH
@pytest.mark.parametrize("header", ["", ".", "t=,v1=", "t=1,v1=é", "é.é", "1.é", "t=x,v1=x"])
def test_a_senseless_signature_is_refused(gateway, send, header):
    for name in (SIGNATURE, "stripe-signature"):
        with pytest.raises(PortRefused):
            gateway().notice(send()[0], {name: header})


def test_another_secret_is_refused_and_others_events_do_not_concern_us():
    with pytest.raises(PortRefused):
        stripes().notice(*from_stripe(secret="whsec_other"))
    assert stripes().notice(*from_stripe(metadata={})) is None
    page = stripes().notice(*from_stripe(metadata={"portal_page": "setup-1"}))
    assert page == GatewayNotice("evt_1", "", "setup-1")


def test_what_localstripe_signs_by_itself_is_read():
    with stripe_in.localstripe() as behind, receiving() as hook:
        alone = stripe_in.StandIn(behind)
        told = {"url": hook.url, "secret": SECRET, "events": ["payment_intent.succeeded"]}
        httpx.post(f"{behind}/_config/webhooks/one", json=told, verify=False)
        customer = alone.ask("POST", "/v1/customers", name="Rosa")["id"]
        card = {**stripe_in.CARD, "number": stripe_in.WORKS}
        method = alone.ask("POST", "/v1/payment_methods", type="card", card=card)["id"]
        alone.ask("POST", f"/v1/payment_methods/{method}/attach", customer=customer)
        marks = {"portal_charge": "charge-1"}
        alone.ask("POST", stripe_in.INTENTS, amount="500", currency="eur", customer=customer,
                  payment_method=method, confirm="true", metadata=marks)  # fmt: skip
        deadline = time.monotonic() + 10
        while not hook.got and time.monotonic() < deadline:
            time.sleep(0.1)
    ((headers, body),) = hook.got
    assert stripes().notice(body.encode(), headers).idempotency_key == "charge-1"
