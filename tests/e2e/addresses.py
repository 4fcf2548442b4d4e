"""The addresses of every page, each with what a demo person sees there.

A case is named by its subject, `<so>`, since its number is drawn anew each time: `real` finds it.
"""

import re

from sqlmodel import Session, select

from portal_app import models as m
from portal_app.core import clock
from portal_app.integrations.sandbox_gateway import PATH, SandboxGateway
from portal_app.ports.payments import SetupOrder
from tests.people import database_at

TODAY = clock.today("America/Los_Angeles").isoformat()  # where the demo customer lives
CONSUMER = (
    "/", "/contracts", "/contracts/R-77120", "/quotes", "/reservations", "/invoices",
    "/invoices/INV-91472", "/statements", f"/statements/{TODAY}", "/items-out", "/requests",
    "/cases", "/cases/new", "/cases/who-sees",
    "/cases/<The scissor lift on R-77120 loses oil>",
    "/cases/<A day too many on invoice INV-91472>",
    "/notifications", "/notifications/choices", "/help", "/profile",
    "/profile/name", "/profile/address", "/profile/email", "/profile/phone", "/profile/language",
    "/security", "/choose-account", "/privacy", "/applications",
)  # fmt: skip
# Of somebody who pays by schedule, has missed a payment, holds a card that has run out, and heads
# two households.
PAYER = (
    "/", "/contracts", "/contracts/SD-40119", "/contracts/SD-41207",
    "/contracts/SD-40119/payment-method", "/payments", "/payment-methods", "/household",
    "/access", "/access/new", "/cases", "/cases/new",
    "/cases/<Is the fee on SD-40119 taken twice?>", "/cases/<Our workshop does not know SD-41355>",
)  # fmt: skip
STAFF = (
    "/staff", "/staff/rental-requests", "/staff/requests", "/staff/invitations",
    "/staff/customers", "/staff/customers/10427", "/staff/customers/30211",
    "/staff/customers/10503", "/staff/imports", "/staff/outbox", "/staff/jobs", "/staff/reports",
    "/staff/settings/portal", "/staff/settings/licence", "/staff/settings/audit",
    "/staff/settings/help", "/staff/settings/features", "/staff/settings/reviews",
    "/staff/settings/webhooks", "/staff/settings/payments", "/staff/gallery", "/staff/payments",
    "/staff/payments/runs", "/staff/payments/next-run", "/staff/cancellations", "/staff/cases",
    "/staff/cases?open=<The scissor lift on R-77120 loses oil>",
    "/staff/cases/new", "/staff/settings/cases", "/staff/applications",
    "/staff/applications/MA-60412", "/staff/applications/FA-20931",
    "/staff/applications/MA-60412?section=contacts&tab=centre",
    "/staff/applications/MA-60412?section=answers",
    "/staff/applications/MA-60412?section=history",
    "/staff/settings/form-templates",
    "/staff/settings/email-templates",
    "/staff/settings/email-templates/application-invitation",
    "/staff/settings/portal?group=theme", "/staff/settings/portal?group=text",
    "/staff/settings/portal?group=fields",
)  # fmt: skip
DOORS = (
    "/sign-in", "/sign-in/code", "/sign-in/set-up", "/register", "/register/code", "/reset",
    "/reset/none", "/i/none", "/i/code", "/activate/none", "/activate/code", "/activate/password",
)  # fmt: skip


def real(server, path):
    """Put the number of a demo case in the place of its subject."""

    def number(subject):
        with database_at(server.database) as engine, Session(engine) as session:
            return session.exec(select(m.Case.number).where(m.Case.subject == subject[1])).one()

    return re.sub(r"<(.+)>", number, path)


def sandbox(server):
    """The gateway of a running portal, as another process beside it."""
    file = server.log.parent / "sandbox.db"
    return SandboxGateway(file, secret="unused", now=clock.now)


def sandbox_page(server, reference):
    """Begin to add a method to a demo contract; return the address of the page for it."""
    back = f"{server.address}/help"
    order = SetupOrder(reference, "R-77120", "Harbourline Rentals", "USD", back)
    return PATH + sandbox(server).begin_setup(order).gateway_reference
