"""Every capability that can be switched for a brand, in words, and how it starts (S0-05).

What is off at the start follows the operator's own wish to begin with little: customers change no
payment date, reschedule nothing and pay by the schedule (S0-04, S0-20).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from portal_app.models import Feature


@dataclass(frozen=True, slots=True)
class Switch:
    """One capability: what it is called, what customers may do while it is on, how it starts.

    `is_built` is False for what this version cannot do yet: it stays off and is not offered.
    """

    feature: Feature
    name: str
    words: str
    default: bool = False
    is_built: bool = True


SWITCHES: dict[Feature, Switch] = {
    switch.feature: switch
    for switch in (
        Switch(
            Feature.EDIT_PROFILE,
            "Edit their details",
            "Customers change their name, address, contact details and language. Which of these "
            "wait for you is set under Reviews.",
            default=True,
        ),
        Switch(
            Feature.CALL_OFF_RENT,
            "Call items off rent",
            "Customers ask for items to be collected, or say that they bring them back.",
            default=True,
        ),
        Switch(
            Feature.MANAGE_METHODS,
            "Manage payment methods",
            "Customers add a card or a bank account to a contract and choose which one is used.",
            default=True,
        ),
        Switch(
            Feature.PAY_NOW,
            "Pay now",
            "Customers pay a missed payment at once instead of waiting for the next attempt.",
        ),
        Switch(
            Feature.CHANGE_DATES,
            "Change payment dates",
            "Customers choose another day for payments to come.",
        ),
        Switch(
            Feature.RESCHEDULE,
            "Reschedule a missed payment",
            "Customers choose when a missed payment is tried again.",
        ),
        Switch(
            Feature.CANCEL,
            "Ask to cancel a contract",
            "Customers ask for a contract to end. You decide.",
        ),
        Switch(
            Feature.EXTEND,
            "Ask to keep items longer",
            "Customers ask for a later return date. You decide.",
            is_built=False,
        ),
        Switch(
            Feature.MANAGE_MEMBERS,
            "Manage household members",
            "Heads of a household ask for members to be added or taken off. Which of these wait "
            "for you is set under Reviews.",
            default=True,
        ),
        Switch(
            Feature.HOUSEHOLDS,
            "Households",
            "Customers see the households they belong to, and whoever heads one acts for its "
            "members. Off, all of it disappears; nothing is deleted.",
            default=True,
        ),
        Switch(
            Feature.CASES,
            "Cases",
            "Customers ask for help and follow the conversation in the portal. Off, they call or "
            "write; cases that were opened stay with you.",
            default=True,
        ),
    )
}


def is_on(kept: Mapping[str, bool], feature: Feature) -> bool:
    """Say whether a capability is on, given what a brand has set."""
    switch = SWITCHES[feature]
    return switch.is_built and kept.get(feature.value, switch.default)
