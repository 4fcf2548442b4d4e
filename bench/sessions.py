"""Sessions for the people of the world, made as after every factor, without typing."""

from bench.contenders import PORTAL, Contender
from bench.world.customers import Customer
from bench.world.million import World
from tests.people import sign_in


class Cookies:
    """What each contender's cookie must hold so that it knows a customer."""

    def __init__(self, world: World) -> None:
        self._world = world

    def of(self, contender: Contender, customer: Customer) -> str:
        """Return the cookie's value, at the portal that of a new session.

        None is kept: people hold ten sessions at most, and the journeys sign in more often.
        """
        if contender is not PORTAL:
            return customer.account_id
        return sign_in(self._world.url, customer.user_id).cookie

    def of_staff(self) -> str:
        """Return the cookie's value for the store's member of staff."""
        return sign_in(self._world.url, self._world.staff_id).cookie
