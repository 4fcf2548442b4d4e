"""What localstripe alone does not do: the list that the stand-in before it is made from."""

import httpx
import pytest

from tests import stripe_stand_in as stripe_in


@pytest.fixture(scope="module")
def alone():
    with stripe_in.localstripe() as behind:
        yield stripe_in.StandIn(behind)


def method_of(alone, number):
    is_card = number.isdecimal()
    kind = "card" if is_card else "sepa_debit"
    facts = {**stripe_in.CARD, "number": number} if is_card else {"iban": number}
    customer = alone.ask("POST", "/v1/customers", name="Rosa")["id"]
    made = alone.ask("POST", "/v1/payment_methods", type=kind, **{kind: facts})["id"]
    alone.ask("POST", f"/v1/payment_methods/{made}/attach", customer=customer)
    return customer, made


def charge(alone, customer, method, **more):
    asked = {"amount": "500", "currency": "eur", "customer": customer, "payment_method": method,
             "off_session": "true", "confirm": "true"}  # fmt: skip
    return alone.forward("POST", stripe_in.INTENTS, asked | more)


def test_it_has_no_checkout(alone):
    key = {"authorization": f"Bearer {alone.key}"}
    address = f"{alone.behind}{stripe_in.SESSIONS}"
    assert httpx.post(address, headers=key, data={"mode": "setup"}, verify=False).status_code == 404


def test_it_ignores_idempotency_keys(alone):
    headers = {"authorization": f"Bearer {alone.key}", "idempotency-key": "same"}
    address = f"{alone.behind}/v1/customers"
    made = {
        httpx.post(address, headers=headers, data={"name": "R"}, verify=False).json()["id"]
        for _ in range(2)
    }
    assert len(made) == 2


def test_it_takes_no_description_and_lists_no_intents_of_one_customer(alone):
    customer, method = method_of(alone, stripe_in.WORKS)
    assert charge(alone, customer, method, description="x")[0] == 400
    assert alone.forward("GET", stripe_in.INTENTS, {"customer": customer})[0] == 400


def test_it_says_neither_why_a_card_was_declined_nor_of_which_intent(alone):
    status, told = charge(alone, *method_of(alone, stripe_in.DECLINES))
    assert (status, told["error"]["code"]) == (402, "card_declined")
    assert not {"decline_code", "payment_intent"} & set(told["error"])


def test_it_asks_for_approval_though_nobody_is_there(alone):
    status, told = charge(alone, *method_of(alone, stripe_in.ASKS_OWNER))
    assert (status, told["status"]) == (200, "requires_action")


def test_it_charges_what_was_detached_and_says_at_once_that_a_debit_arrived(alone):
    customer, method = method_of(alone, stripe_in.WORKS)
    httpx.post(
        f"{alone.behind}/v1/payment_methods/{method}/detach",
        headers={"authorization": f"Bearer {alone.key}"},
        verify=False,
    )
    assert charge(alone, customer, method)[1]["status"] == "succeeded"
    debit = method_of(alone, stripe_in.ACCOUNT)
    assert (
        charge(alone, *debit, **{"payment_method_types[0]": "sepa_debit"})[1]["status"]
        == "succeeded"
    )
