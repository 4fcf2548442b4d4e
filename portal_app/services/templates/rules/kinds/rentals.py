"""Messages about items on rent and about accounts."""

from portal_app.services.templates.rules.kinds.kind import Kind, link
from portal_app.services.templates.rules.tags import Tag

_US = (
    Tag("us", "The store, or your company where there is none", "Harbourline Tampa"),
    Tag("store_phone", "The store's phone", "+1 813 555 0100", may_be_empty=True),
)
_REQUEST = (
    Tag("number", "The request's number", "OR-1042"),
    Tag("item", "What was rented", "Scissor lift 26 ft"),
    Tag("quantity", "How many of it", "2"),
    Tag("contract", "The contract's number", "R-77120"),
    *_US,
)
_WAY = (
    Tag("method", "Pick up or bring back", "Pick up"),
    Tag("place", "Where", "Gate 2, 12 Harbour Street", may_be_empty=True),
)
_CONTACT = (
    Tag("contact_name", "Whom to ask for", "Grace Dlamini"),
    Tag("contact_phone", "Their phone", "+1 813 555 0199"),
)
_SET = Tag("scheduled_for", "The time that is set", "24 November 2026 at 08:00 (EST)")


def _rental(key: str, name: str, when: str, *own: Tag) -> Kind:
    where = link("The request in the portal", "/requests/OR-1042")
    return Kind(f"rental.{key}", name, when, (where, *_REQUEST, *own))


RENTALS = (
    _rental("submitted", "Request to call off rent received",
            "Sent when a customer calls items off rent.", *_WAY, *_CONTACT,
            Tag("requested_for", "The time that was asked for", "24 November 2026 at 08:00 (EST)")),
    _rental("acknowledged", "Rent stops", "Sent when you confirm when rent stops.", *_WAY,
            Tag("is_pick_up", "“yes” for a pick-up, for an “if”", "yes", may_be_empty=True),
            Tag("off_rent_at", "When rent stops", "24 November 2026 at 08:00 (EST)")),
    _rental("scheduled", "Time set", "Sent when you set a time for the items.",
            *_WAY, *_CONTACT, _SET),
    _rental("rescheduled", "Time moved", "Sent when you move that time.", *_WAY, _SET),
    _rental("returned", "Items are back", "Sent when you have received the items."),
    _rental("completed", "Request done", "Sent when the items are checked in."),
    _rental("declined", "Request declined", "Sent when you decline a request.",
            Tag("reason", "Why", "The contract runs until Friday.")),
    _rental("cancelled", "Request cancelled", "Sent when a request is cancelled."),
    Kind(
        "billing.statement",
        "Statement of account",
        "Sent when a customer has a statement sent to their address.",
        (
            link("The statement in the portal", "/statements/2026-11-30"),
            Tag("account", "The account", "Pugetrim Builders (10427)"),
            Tag("as_of", "The day of the statement", "30 November 2026"),
            Tag("period", "The time it covers", "1 to 30 November 2026"),
            Tag("opening", "The opening balance", "$1,200.00"),
            Tag("closing_label", "What the closing figure is called", "Closing balance"),
            Tag("closing", "The closing balance", "$980.00"),
            Tag("owed", "What is to be paid", "$980.00"),
            Tag("ageing", "How long it has been owed", "1 to 30 days: $980.00",
                may_be_empty=True),
            *_US,
        ),
    ),
)  # fmt: skip
