"""A gateway in memory: it answers as a test says, loses answers, and counts what it took."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from portal_app.ports import PortUnavailable
from portal_app.ports.payments import (
    AddedMethod,
    ChargeOrder,
    ChargeResult,
    DeclineReason,
    GatewayNotice,
    SetupOrder,
    SetupPage,
)

VISA = AddedMethod("tok-new", "card", "Visa", "4242", "Rosa Lindqvist", "fp-new", 12, 2030)


@dataclass
class FakeGateway:
    """`decide` says why a charge is declined, or None; `away` and `deaf` lose the question or the
    answer."""

    decide: Callable[[ChargeOrder], DeclineReason | None] = lambda _order: None
    away: Callable[[], bool] = lambda: False
    deaf: Callable[[], bool] = lambda: False
    pends: bool = False
    name: str = "fake"
    orders: dict[str, ChargeOrder] = field(default_factory=dict)
    results: dict[str, ChargeResult] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    pages: dict[str, SetupOrder] = field(default_factory=dict)
    added: dict[str, AddedMethod] = field(default_factory=dict)
    forgotten: list[str] = field(default_factory=list)

    def begin_setup(self, order: SetupOrder) -> SetupPage:
        self.pages[f"gw-{order.reference}"] = order
        return SetupPage(f"https://pay.example.com/{order.reference}", f"gw-{order.reference}")

    def finished_setup(self, gateway_reference: str) -> AddedMethod | None:
        return self.added.get(gateway_reference)

    def charge(self, order: ChargeOrder) -> ChargeResult:
        if self.away():
            raise PortUnavailable("away")
        self.asked.append(order.idempotency_key)
        if order.idempotency_key not in self.results:
            self.orders[order.idempotency_key] = order
            declined = self.decide(order)
            reference = f"ch-{len(self.results)}"
            is_pending = self.pends and declined is None
            self.results[order.idempotency_key] = ChargeResult(reference, declined, is_pending)
        assert self.orders[order.idempotency_key] == order, "the same key for another charge"
        if self.deaf():
            raise PortUnavailable("no answer")
        return self.results[order.idempotency_key]

    def find(self, order: ChargeOrder) -> ChargeResult | None:
        if self.away():
            raise PortUnavailable("away")
        return self.results.get(order.idempotency_key)

    def detach(self, token: str) -> None:
        self.forgotten.append(token)

    def notice(self, body: bytes, headers: Mapping[str, str]) -> GatewayNotice | None:
        kind, _, about = body.decode().partition(":")
        if kind == "charge":
            return GatewayNotice(headers["id"], idempotency_key=about)
        return GatewayNotice(headers["id"], setup_reference=about) if kind == "setup" else None

    @property
    def taken(self) -> dict[str, int]:
        """What was taken, by key, in minor units."""
        return {
            key: order.amount_minor
            for key, order in self.orders.items()
            if self.results[key].declined is None
        }
