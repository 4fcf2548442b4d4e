"""The addresses of every page, each with what a demo person sees there."""

from portal_app.core import clock
from portal_app.integrations.sandbox_gateway import PATH, SandboxGateway
from portal_app.ports.payments import SetupOrder

TODAY = clock.today("America/Los_Angeles").isoformat()  # where the demo customer lives
CONSUMER = (
    "/", "/contracts", "/contracts/R-77120", "/quotes", "/reservations", "/invoices",
    "/invoices/INV-91472", "/statements", f"/statements/{TODAY}", "/items-out", "/requests",
    "/cases", "/cases/new", "/cases/who-sees", "/notifications", "/help", "/profile",
    "/profile/name", "/profile/address", "/profile/email", "/profile/phone", "/profile/language",
    "/security", "/choose-account", "/privacy", "/applications",
)  # fmt: skip
# Of somebody who pays by schedule, has missed a payment, holds a card that has run out, and heads
# two households.
PAYER = (
    "/", "/contracts", "/contracts/SD-40119", "/contracts/SD-41207",
    "/contracts/SD-40119/payment-method", "/payments", "/payment-methods", "/household",
    "/access", "/access/new", "/cases/new",
)  # fmt: skip
STAFF = (
    "/staff", "/staff/rental-requests", "/staff/requests", "/staff/invitations",
    "/staff/customers", "/staff/customers/10427", "/staff/customers/30211",
    "/staff/customers/10503", "/staff/imports", "/staff/outbox", "/staff/jobs", "/staff/reports",
    "/staff/settings/portal", "/staff/settings/licence", "/staff/settings/audit",
    "/staff/settings/help", "/staff/settings/features", "/staff/settings/reviews",
    "/staff/settings/webhooks", "/staff/settings/payments", "/staff/gallery", "/staff/payments",
    "/staff/payments/runs", "/staff/payments/next-run", "/staff/cancellations", "/staff/cases",
    "/staff/cases/new", "/staff/settings/cases", "/staff/applications",
    "/staff/applications/MA-60412", "/staff/applications/FA-20931",
    "/staff/applications/MA-60412?section=contacts&tab=centre",
    "/staff/settings/form-templates",
)  # fmt: skip
DOORS = (
    "/sign-in", "/sign-in/code", "/sign-in/set-up", "/register", "/register/code", "/reset",
    "/reset/none", "/i/none", "/i/code", "/activate/none", "/activate/code", "/activate/password",
)  # fmt: skip


def sandbox(server):
    """The gateway of a running portal, as another process beside it."""
    file = server.log.parent / "sandbox.db"
    return SandboxGateway(file, secret="unused", now=clock.now)


def sandbox_page(server, reference):
    """Begin to add a method to a demo contract; return the address of the page for it."""
    back = f"{server.address}/help"
    order = SetupOrder(reference, "R-77120", "Harbourline Rentals", "USD", back)
    return PATH + sandbox(server).begin_setup(order).gateway_reference
