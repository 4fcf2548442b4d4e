"""The messages that stay the portal's own words, each with the reason.

Every template that the portal ships is a kind or stands here; a test holds the two together.
"""

from collections.abc import Mapping
from types import MappingProxyType

_WARNS = (
    "Warns somebody about their sign-in, their details or who sees what is theirs. Whoever has "
    "got hold of a staff login must not be able to calm the people warned."
)
_OWN_STAFF = "Goes to your own staff, not to customers."

KEPT: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "identity.registered", "identity.password_reset", "identity.password_changed",
                "identity.email_changed", "identity.mobile_changed", "identity.phone_changed",
                "identity.new_device", "identity.second_factor_on", "identity.second_factor_off",
                "identity.recovery_codes_made", "access.registration_code", "invitation.code",
                "change.made", "change.made_by_us", "payment.method_added",
                "household.grant_made", "household.grant_given", "household.grant_ended",
                "household.joined", "household.left",
            ),
            _WARNS,
        ),
        **dict.fromkeys(
            (
                "case.accepted", "case.refused", "case.replied", "case.withdrawn",
                "rental.received", "rental.withdrawn",
            ),
            _OWN_STAFF,
        ),
        "marketing.message": "Is written anew each time; only the way to end it is the portal's.",
        "notifications.notice": "A text message that only repeats the subject of a letter.",
    }
)  # fmt: skip
