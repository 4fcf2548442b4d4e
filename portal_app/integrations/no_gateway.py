"""No payment gateway: for a portal on which nobody pays."""

from collections.abc import Mapping

from portal_app.ports import PortRefused
from portal_app.ports.payments import (
    AddedMethod,
    ChargeOrder,
    ChargeResult,
    GatewayNotice,
    SetupOrder,
    SetupPage,
)

_NONE = "No payment gateway is set (PORTAL_PAYMENTS)."


class NoGateway:
    """Fulfils `ports.payments.PaymentGateway` by refusing whatever is asked."""

    name = "none"

    def begin_setup(self, order: SetupOrder) -> SetupPage:  # noqa: ARG002
        """Refuse; see `PaymentGateway`."""
        raise PortRefused(_NONE)

    def finished_setup(self, gateway_reference: str) -> AddedMethod | None:  # noqa: ARG002
        """Return None: nothing can have been added."""
        return None

    def charge(self, order: ChargeOrder) -> ChargeResult:  # noqa: ARG002
        """Refuse; see `PaymentGateway`."""
        raise PortRefused(_NONE)

    def find(self, order: ChargeOrder) -> ChargeResult | None:  # noqa: ARG002
        """Refuse: a charge that another gateway took cannot be looked for."""
        raise PortRefused(_NONE)

    def detach(self, token: str) -> None:  # noqa: ARG002
        """Return: nothing is kept."""
        return

    def notice(self, body: bytes, headers: Mapping[str, str]) -> GatewayNotice | None:  # noqa: ARG002
        """Refuse: nobody is expected to send anything."""
        raise PortRefused(_NONE)
