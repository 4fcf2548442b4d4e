"""Payments by Stripe: its own page for adding a method, charges while nobody is there."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# (the SDK's answers are read as the open dictionaries that they are)

import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

import stripe

from portal_app.integrations.stripe_answers import (
    Facts,
    Token,
    added,
    amount_of,
    reason_of,
    result,
)
from portal_app.ports import PortRefused, PortUnavailable
from portal_app.ports.payments import (
    AddedMethod,
    ChargeOrder,
    ChargeResult,
    DeclineReason,
    GatewayNotice,
    SetupOrder,
    SetupPage,
)

SIGNATURE = "stripe-signature"
TOLERANCE_SECONDS = 300
# What a charge or a page carries at Stripe, so that it is known again.
CHARGE, PAGE = "portal_charge", "portal_page"
_PATIENCE = (5.0, 25.0)  # seconds to connect, and to wait for an answer
_USED_UP = "may not be used again"


class StripeGateway:
    """Fulfils `ports.payments.PaymentGateway`."""

    name = "stripe"

    def __init__(self, secret_key: str, *, webhook_secret: str, api: str) -> None:
        """Speak to `api` with a secret key; `webhook_secret` is what Stripe signs notices with."""
        self._webhook_secret = webhook_secret
        self._http = stripe.RequestsClient(timeout=_PATIENCE)
        # The portal asks again by itself, minutes later: here nothing is tried twice.
        self._stripe = stripe.StripeClient(
            secret_key,
            base_addresses={"api": api},
            http_client=self._http,
            max_network_retries=0,
        )

    def close(self) -> None:
        """Hang up this thread's line."""
        self._http.close()

    # The hosted page ----------------------------------------------------------------------

    def begin_setup(self, order: SetupOrder) -> SetupPage:
        """Return Stripe's page for adding a method; see `PaymentGateway`."""
        marks = {PAGE: order.reference, "contract": order.contract_number}
        with _translated():
            customer = self._stripe.v1.customers.create(
                {"name": order.holder, "metadata": marks},
                {"idempotency_key": f"customer-{order.reference}"},
            )
            session = self._stripe.v1.checkout.sessions.create(
                {
                    "mode": "setup",
                    "currency": order.currency.lower(),
                    "customer": customer.id,
                    "client_reference_id": order.reference,
                    "success_url": order.return_url,
                    "cancel_url": order.return_url,
                    "metadata": marks,
                    "setup_intent_data": {"metadata": marks},
                },
                {"idempotency_key": f"page-{order.reference}"},
            )
        return SetupPage(session.url or "", session.id)

    def finished_setup(self, gateway_reference: str) -> AddedMethod | None:
        """Return what was added on a page; see `PaymentGateway`."""
        wanted: Any = {"expand": ["setup_intent.payment_method"]}
        with _translated():
            found = self._stripe.v1.checkout.sessions.retrieve(gateway_reference, wanted)
        session = found.to_dict()
        intent: Facts = session.get("setup_intent") or {}
        # A bank account that is still being proved comes with a notice of its own.
        if session["status"] != "complete" or intent.get("status") != "succeeded":
            return None
        return added(session["customer"], intent["payment_method"])

    # Charges ------------------------------------------------------------------------------

    def charge(self, order: ChargeOrder) -> ChargeResult:
        """Take the amount once; see `PaymentGateway`."""
        token = Token.read(order.token)
        if token is None:
            return ChargeResult("", DeclineReason.METHOD_GONE)
        asked: Any = {
            "amount": amount_of(order.amount_minor, order.currency),
            "currency": order.currency.lower(),
            "customer": token.customer,
            "payment_method": token.method,
            "payment_method_types": [token.kind],
            "description": order.description,
            "metadata": {CHARGE: order.idempotency_key},
            "off_session": True,
            "confirm": True,
        }
        with _translated():
            try:
                intent = self._stripe.v1.payment_intents.create(
                    asked, {"idempotency_key": order.idempotency_key}
                )
            except stripe.CardError as decline:
                return _declined(decline)
            except stripe.InvalidRequestError as refusal:
                if not _is_gone(refusal):
                    raise
                return ChargeResult("", DeclineReason.METHOD_GONE)
        return result(intent.to_dict())

    def find(self, order: ChargeOrder) -> ChargeResult | None:
        """Return what came of a charge; see `PaymentGateway`.

        Read from the customer's list, which is up to date at once; Stripe's search is not.
        """
        token = Token.read(order.token)
        if token is None:
            return None
        with _translated():
            listed = self._stripe.v1.payment_intents.list(
                {"customer": token.customer, "limit": 100}
            )
            for one in listed.auto_paging_iter():
                intent = one.to_dict()
                if (intent.get("metadata") or {}).get(CHARGE) == order.idempotency_key:
                    return result(intent)
        return None

    def detach(self, token: str) -> None:
        """Forget a method; see `PaymentGateway`."""
        known = Token.read(token)
        if known is None:
            return
        with _translated():
            try:
                self._stripe.v1.payment_methods.detach(known.method)
            except stripe.InvalidRequestError:
                return  # it is gone already: this call can be wrong in no other way

    # Notices ------------------------------------------------------------------------------

    def notice(self, body: bytes, headers: Mapping[str, str]) -> GatewayNotice | None:
        """Read a notice; see `PaymentGateway`."""
        try:
            text = body.decode()
            stripe.WebhookSignature.verify_header(
                text, headers.get(SIGNATURE, ""), self._webhook_secret, TOLERANCE_SECONDS
            )
            event: Facts = json.loads(text)
        except (stripe.SignatureVerificationError, ValueError, TypeError):
            # The library compares text that is not ASCII with a TypeError.
            raise PortRefused("This was not signed by Stripe, or is too old.") from None
        about: Facts = event["data"]["object"]
        marks: dict[str, str] = about.get("metadata") or {}
        charge, page = marks.get(CHARGE, ""), marks.get(PAGE, "")
        return GatewayNotice(event["id"], charge, page) if charge or page else None


def _declined(decline: stripe.CardError) -> ChargeResult:
    error: Facts = decline.error.to_dict() if decline.error else {}
    intent: Facts = error.get("payment_intent") or {}
    return ChargeResult(intent.get("id") or "", reason_of(error.get("decline_code"), decline.code))


def _is_gone(refusal: stripe.InvalidRequestError) -> bool:
    """Say whether it is the method that Stripe no longer knows, and nothing else is wrong."""
    is_missing = refusal.code == "resource_missing" and refusal.param in {
        "payment_method",
        "customer",
    }
    return is_missing or _USED_UP in str(refusal)


@contextmanager
def _translated() -> Generator[None]:
    """Turn what Stripe or the line says into the two ways to fail.

    Whatever is not plainly the question's fault is tried again: keys, quotas and outages are the
    operator's to mend, and nobody knows what became of the charge.
    """
    try:
        yield
    except stripe.IdempotencyError as fault:
        if fault.code == "idempotency_key_in_use":
            raise PortUnavailable("Stripe is still busy with the same charge.") from fault
        raise PortRefused("This key belongs to another charge.") from fault
    except (stripe.InvalidRequestError, stripe.CardError) as fault:
        raise PortRefused(f"Stripe answered {fault.code or fault.http_status}.") from fault
    except stripe.StripeError as fault:
        raise PortUnavailable(f"Stripe did not answer as it should: {type(fault).__name__}.") from (
            fault
        )
