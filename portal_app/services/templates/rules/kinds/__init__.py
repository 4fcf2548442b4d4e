"""The kinds of messages that staff may word themselves, each with the tags it has.

A kind has the topic under which it is sent. Letters about somebody's sign-in stay the portal's
own words: whoever has got hold of a staff login must not be able to calm the people warned.
"""

from collections.abc import Mapping
from types import MappingProxyType

from portal_app.services.templates.rules.kinds.cases import CASES
from portal_app.services.templates.rules.kinds.changes import CHANGES
from portal_app.services.templates.rules.kinds.coming_in import COMING_IN
from portal_app.services.templates.rules.kinds.kept import KEPT
from portal_app.services.templates.rules.kinds.kind import Kind
from portal_app.services.templates.rules.kinds.payments import PAYMENTS
from portal_app.services.templates.rules.kinds.rentals import RENTALS

__all__ = ["KEPT", "KINDS", "Kind"]

_KINDS = (*COMING_IN, *CASES, *PAYMENTS, *CHANGES, *RENTALS)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.key: kind for kind in _KINDS})
