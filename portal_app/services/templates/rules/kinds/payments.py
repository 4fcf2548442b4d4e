"""Messages about payments of contracts."""

from portal_app.services.templates.rules.kinds.kind import Kind, link
from portal_app.services.templates.rules.tags import Tag

_PAYMENT = (
    Tag("contract", "The contract's number", "SC-20417"),
    Tag("number", "Which payment it is", "3 of 12"),
    Tag("amount", "The amount", "$49.00"),
)
_REASON = Tag("reason", "Why", "Agreed by telephone.")
_AGAIN = Tag(
    "again", "The day of the next try, if there is one", "8 December 2026", may_be_empty=True
)
_OWED = Tag("owed", "What stays owed and is not tried again", "$49.00", may_be_empty=True)


def _pay(key: str, name: str, when: str, *own: Tag) -> Kind:
    where = link("Their payments in the portal", "/payments/SC-20417")
    return Kind(f"payment.{key}", name, when, (where, *own))


PAYMENTS = (
    Kind(
        "payment.receipt",
        "Receipt for a payment",
        "Sent when a payment has been taken.",
        (
            link("Their payments in the portal", "/payments/SC-20417"), *_PAYMENT,
            Tag("on", "The day it was taken", "1 December 2026"),
            Tag("method", "What it was taken from", "Visa ending in 4242"),
            Tag("fee", "The fee in it, if there is one", "$10.00", may_be_empty=True),
            Tag("is_late", "“yes” after a missed payment, for an “if”", "yes", may_be_empty=True),
        ),
    ),
    Kind(
        "payment.missed",
        "A payment was missed",
        "Sent when a payment could not be taken.",
        (
            link("What happens next, in the portal", "/payments/SC-20417"), *_PAYMENT,
            Tag("due", "The day it was due", "1 December 2026"),
            Tag("reason", "Why it failed", "The bank declined it."),
            _AGAIN,
            Tag("total", "What is taken then", "$59.00"),
            Tag("fee", "The fee in it, if there is one", "$10.00", may_be_empty=True),
        ),
    ),
    Kind(
        "payment.expiring",
        "A payment method runs out",
        "Sent before a card that pays for a contract runs out.",
        (
            link("Where to add a new one", "/payments/SC-20417"), _PAYMENT[0],
            Tag("method", "The card", "Visa ending in 4242"),
            Tag("days", "The days left", "30"),
            Tag("last", "The last day it counts", "31 December 2026"),
        ),
    ),
    _pay("defaulted", "A payment failed a second time",
         "Sent when the second try fails too, and a request to cancel opens.",
         _PAYMENT[0], _PAYMENT[1], Tag("reason", "Why it failed", "The bank declined it."),
         Tag("total", "What was to be taken", "$59.00"),
         Tag("held", "How many payments are on hold", "9", may_be_empty=True)),
    _pay("rescheduled", "A payment has a new date", "Sent when you move a payment.",
         *_PAYMENT, Tag("on", "The new date", "8 December 2026"),
         Tag("reason", "Why", "Agreed by telephone.", may_be_empty=True)),
    _pay("waived", "A payment is waived", "Sent when you waive a payment.", *_PAYMENT, _REASON),
    _pay("fee_waived", "A fee is waived", "Sent when you waive the fee of a missed payment.",
         *_PAYMENT, Tag("fee", "The fee", "$10.00"), _REASON, _AGAIN, _OWED),
    _pay("released", "Payments go on", "Sent when payments on hold are taken again.",
         _PAYMENT[0], Tag("count", "How many payments", "9"), _REASON),
    _pay("cancellation_received", "Request to cancel received",
         "Sent when a customer asks to cancel a contract.",
         _PAYMENT[0], Tag("number", "The request's number", "CX-204"), _REASON),
    _pay("cancellation_approved", "Contract cancelled", "Sent when you accept a request to cancel.",
         _PAYMENT[0], Tag("number", "The request's number", "CX-204"), _REASON, _OWED),
    _pay("cancellation_declined", "Contract goes on", "Sent when you decline a request to cancel.",
         _PAYMENT[0], Tag("number", "The request's number", "CX-204"), _REASON,
         _AGAIN),
)  # fmt: skip
