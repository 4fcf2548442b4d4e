"""What a reader of payments gets back."""

from portal_app.services.payments.views.contracts import (
    ContractPayments,
    ContractSummary,
    CustomerPayments,
    MethodGroup,
    Paid,
    Setup,
    SetupBegun,
    VehicleGroup,
)
from portal_app.services.payments.views.desk import (
    Arrears,
    ArrearsPage,
    Cancellation,
    CancellationPage,
    Failure,
    PolicyView,
    Run,
    RunPage,
    Simulated,
    Simulation,
)
from portal_app.services.payments.views.schedules import (
    Attempt,
    ContractLink,
    Method,
    NextCharge,
    Payment,
    WhatNext,
)

__all__ = [
    "Arrears",
    "ArrearsPage",
    "Attempt",
    "Cancellation",
    "CancellationPage",
    "ContractLink",
    "ContractPayments",
    "ContractSummary",
    "CustomerPayments",
    "Failure",
    "Method",
    "MethodGroup",
    "NextCharge",
    "Paid",
    "Payment",
    "PolicyView",
    "Run",
    "RunPage",
    "Setup",
    "SetupBegun",
    "Simulated",
    "Simulation",
    "VehicleGroup",
    "WhatNext",
]
