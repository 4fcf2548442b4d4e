"""Payments of contracts: schedules, methods, the daily run, and what happens next (S0-15 to 29)."""

from portal_app.models import AttemptState, CancellationOrigin, InstalmentState
from portal_app.services.payments.commands.arranging import (
    REASON_LIMIT,
    reinstate,
    release_holds,
    reschedule,
    waive_fee,
    waive_instalment,
    write_off,
)
from portal_app.services.payments.commands.cancelling import (
    approve_cancellation,
    ask_to_cancel,
    decline_cancellation,
)
from portal_app.services.payments.commands.collecting import (
    collect,
    settle_one,
    settle_open,
)
from portal_app.services.payments.commands.documents import receipt_document
from portal_app.services.payments.commands.following import follow_feed, note_feed, note_ledger
from portal_app.services.payments.commands.methods import (
    choose_method,
    copy_method,
    forget_method,
    remove_method,
    warn_of_expiry,
)
from portal_app.services.payments.commands.noticing import take_notice
from portal_app.services.payments.commands.paying import pay_now
from portal_app.services.payments.commands.ruling import set_policy
from portal_app.services.payments.commands.setting_up import (
    RETURN,
    begin_setup,
    finish_setup,
    leave_setup_looks,
)
from portal_app.services.payments.commands.starting import leave_looks, start_runs
from portal_app.services.payments.queries.cancellations import (
    CancellationQueue,
    cancellation,
    cancellations,
    waiting,
)
from portal_app.services.payments.queries.contracts import (
    contract_payments,
    payments_overview,
    what_next,
)
from portal_app.services.payments.queries.customers import customer_payments
from portal_app.services.payments.queries.desk import (
    MOST_COUNTED,
    ArrearsQueue,
    arrears,
    payment_policy,
    payment_runs,
)
from portal_app.services.payments.queries.failures import failures
from portal_app.services.payments.queries.held import has_payments
from portal_app.services.payments.queries.methods import methods_of
from portal_app.services.payments.queries.setups import setup
from portal_app.services.payments.queries.simulation import simulate_run
from portal_app.services.payments.rules.words import Look
from portal_app.services.payments.views import (
    Arrears,
    ArrearsPage,
    Attempt,
    Cancellation,
    CancellationPage,
    ContractLink,
    ContractPayments,
    ContractSummary,
    CustomerPayments,
    Failure,
    Method,
    MethodGroup,
    NextCharge,
    Paid,
    Payment,
    PolicyView,
    Run,
    RunPage,
    Setup,
    SetupBegun,
    Simulated,
    Simulation,
    VehicleGroup,
    WhatNext,
)

__all__ = [
    "MOST_COUNTED",
    "REASON_LIMIT",
    "RETURN",
    "Arrears",
    "ArrearsPage",
    "ArrearsQueue",
    "Attempt",
    "AttemptState",
    "Cancellation",
    "CancellationOrigin",
    "CancellationPage",
    "CancellationQueue",
    "ContractLink",
    "ContractPayments",
    "ContractSummary",
    "CustomerPayments",
    "Failure",
    "InstalmentState",
    "Look",
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
    "approve_cancellation",
    "arrears",
    "ask_to_cancel",
    "begin_setup",
    "cancellation",
    "cancellations",
    "choose_method",
    "collect",
    "contract_payments",
    "copy_method",
    "customer_payments",
    "decline_cancellation",
    "failures",
    "finish_setup",
    "follow_feed",
    "forget_method",
    "has_payments",
    "leave_looks",
    "leave_setup_looks",
    "methods_of",
    "note_feed",
    "note_ledger",
    "pay_now",
    "payment_policy",
    "payment_runs",
    "payments_overview",
    "receipt_document",
    "reinstate",
    "release_holds",
    "remove_method",
    "reschedule",
    "set_policy",
    "settle_one",
    "settle_open",
    "setup",
    "simulate_run",
    "start_runs",
    "take_notice",
    "waiting",
    "waive_fee",
    "waive_instalment",
    "warn_of_expiry",
    "what_next",
    "write_off",
]
