"""Marks that say who may call an event handler. A handler without one is refused to everybody."""

from collections.abc import Callable
from typing import Any, TypeVar

from portal_app.core.actor import Access

MARK = "__portal_access__"
MODULE = "__portal_module__"
Handler = TypeVar("Handler", bound=Callable[..., Any])


def access(needed: Access, *, module: str = "") -> Callable[[Handler], Handler]:
    """Mark a handler or a route with what it demands; stands under `@rx.event`.

    With a `module` it works only while the installation is licensed for that module.
    """

    def mark(function: Handler) -> Handler:
        setattr(function, MARK, needed)
        setattr(function, MODULE, module)
        return function

    return mark


public = access(Access.PUBLIC)
signed_in = access(Access.SIGNED_IN)
# Whoever is signed in, or came by a link: for files, whose owner says who may see them.
known = access(Access.KNOWN)
consumer = access(Access.CONSUMER)
# A customer who signs in, or somebody whom a link let into one application.
party = access(Access.PARTY)
rental_customer = access(Access.CONSUMER, module="rental")
# For pages that rentals share with service contracts and loans, which need no licence.
contract_customer = access(Access.CONSUMER, module="contracts")
staff = access(Access.STAFF)
manager = access(Access.MANAGER)
admin = access(Access.ADMIN)
