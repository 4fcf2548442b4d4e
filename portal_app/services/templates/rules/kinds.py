"""The kinds of messages that staff may word themselves, each with the tags it has.

A kind has the topic under which it is sent. Letters about somebody's sign-in stay the portal's
own words: whoever has got hold of a staff login must not be able to calm the people warned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from portal_app.services.templates.rules.tags import Tag

_CASE = (
    Tag("number", "The case's number", "C-1042"),
    Tag("subject_line", "What the case is about", "The washing machine leaks"),
    Tag("words", "What was written", "The engineer comes on Tuesday between 8 and 10."),
)
_PAYMENT = (
    Tag("contract", "The contract's number", "SC-20417"),
    Tag("number", "Which payment it is", "3 of 12"),
    Tag("amount", "The amount", "$49.00"),
)
_CHANGE = (
    Tag("number", "The request's number", "CR-204"),
    Tag("what", "What is to be changed", "postal address"),
    Tag("changes", "What it is to become", "12 Harbour Street, Tacoma"),
)
_STANDING = (
    Tag("brand", "Your company's name", ""),
    Tag("person", "Whom it is for, in full", "Grace Dlamini"),
    Tag("first_name", "Whom it is for, by first name", "Grace"),
    Tag("support_phone", "Your support phone", "+1 253 555 0100"),
    Tag("support_hours", "When you can be called", "Mon to Fri, 7 am to 5 pm"),
    Tag("support_email", "Your support email", "help@example.com"),
    Tag("address", "The portal's address", "https://portal.example"),
)


def _link(words: str, path: str, *, private: bool = False) -> Tag:
    sample = f"https://portal.example{path}"
    return Tag("link", words, sample, is_required=True, is_private=private)


def _code() -> Tag:
    return Tag("code", "The code", "482 913", is_required=True, is_private=True)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message: `key` is its topic; `ways` says how it goes out.

    `has_choice`: staff choose among several templates at the moment of sending (S2-13).
    A code goes to an address or a number that may turn out to be nobody's: it names no person.
    """

    key: str
    name: str
    when: str
    own: tuple[Tag, ...]
    has_letter: bool = True
    has_text: bool = False
    has_choice: bool = False
    knows_person: bool = True

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Every tag that may stand in it: its own first, then those of all messages."""
        names = () if self.knows_person else ("person", "first_name")
        return (*self.own, *(tag for tag in _STANDING if tag.name not in names))

    @property
    def required(self) -> tuple[str, ...]:
        """The tags without which it is of no use."""
        return tuple(tag.name for tag in self.own if tag.is_required)


_KINDS = (
    Kind(
        "application.invitation",
        "Invitation to the portal",
        "Sent when you invite the people of an application.",
        (
            Tag("portal_link", "Their own link, which lets them in",
                "https://portal.example/activate/4f9a", is_required=True, is_private=True),
            Tag("application", "The application it is about", "Application A-1007"),
            Tag("until", "How long the link works", "6 December 2026 at 10:00"),
        ),
        has_choice=True,
    ),
    Kind(
        "invitation.account_setup",
        "Setting up an account",
        "Sent to holders of contracts who are not in the portal yet.",
        (
            _link("Their own link, which lets them in", "/activate/4f9a", private=True),
            Tag("subject_of", "The contract it is about", "service contract SC-20417"),
            Tag("until", "How long the link works", "6 December 2026 at 10:00"),
        ),
    ),
    Kind(
        "invitation.contract_added",
        "A new contract in an account",
        "Sent to people who are in the portal and hold one more contract.",
        (
            _link("The contract in the portal", "/contracts"),
            Tag("subject_of", "The contract it is about", "service contract SC-20417"),
        ),
    ),
    Kind("case.opened", "Case received", "Sent when a customer opens a case.",
         (_link("The case in the portal", "/cases/C-1042"), *_CASE)),
    Kind("case.solution_proposed", "A solution is proposed",
         "Sent when you propose a solution of a case.",
         (_link("The case in the portal", "/cases/C-1042"), *_CASE)),
    Kind("case.closed", "Case closed", "Sent when a case is closed.",
         (_link("The case in the portal", "/cases/C-1042"), *_CASE[:2])),
    Kind(
        "payment.receipt",
        "Receipt for a payment",
        "Sent when a payment has been taken.",
        (
            _link("Their payments in the portal", "/payments/SC-20417"), *_PAYMENT,
            Tag("on", "The day it was taken", "1 December 2026"),
            Tag("method", "What it was taken from", "Visa ending in 4242"),
            Tag("fee", "The fee in it, if there is one", ""),
            Tag("is_late", "“yes” after a missed payment, for an “if”", ""),
        ),
    ),
    Kind(
        "payment.missed",
        "A payment was missed",
        "Sent when a payment could not be taken.",
        (
            _link("What happens next, in the portal", "/payments/SC-20417"), *_PAYMENT,
            Tag("due", "The day it was due", "1 December 2026"),
            Tag("reason", "Why it failed", "The bank declined it."),
            Tag("again", "The day of the next try, if there is one", "8 December 2026"),
            Tag("total", "What is taken then", "$59.00"),
            Tag("fee", "The fee in it, if there is one", "$10.00"),
        ),
    ),
    Kind(
        "payment.expiring",
        "A payment method runs out",
        "Sent before a card that pays for a contract runs out.",
        (
            _link("Where to add a new one", "/payments/SC-20417"), _PAYMENT[0],
            Tag("method", "The card", "Visa ending in 4242"),
            Tag("days", "The days left", "30"),
            Tag("last", "The last day it counts", "31 December 2026"),
        ),
    ),
    Kind("change.received", "Change request received",
         "Sent when a customer asks for a change of their details.",
         (_link("The request in the portal", "/profile"), *_CHANGE)),
    Kind("change.approved", "Change accepted", "Sent when a change has been accepted.",
         (_link("Their details in the portal", "/profile"), *_CHANGE)),
    Kind("change.rejected", "Change not accepted", "Sent when a change is not accepted.",
         (_link("The request in the portal", "/profile"), *_CHANGE,
          Tag("reason", "Why not", "The document does not show the new name."))),
    Kind("change.code", "Code that proves a new address or number",
         "Sent to a new email address or mobile number before it is taken over.",
         (_code(),), has_text=True, knows_person=False),
    Kind("identity.code", "Sign-in code by text message",
         "Sent as the second step of signing in.",
         (_code(),), has_letter=False, has_text=True, knows_person=False),
)  # fmt: skip

KINDS: Mapping[str, Kind] = MappingProxyType({kind.key: kind for kind in _KINDS})
