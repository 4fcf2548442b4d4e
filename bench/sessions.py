"""Sessions for the people of the world, made as after every factor, without typing."""

from bench.contenders import PORTAL, Contender
from bench.world.customers import Customer
from bench.world.million import World
from tests.people import sign_in


class Cookies:
    """What each contender's cookie must hold so that it knows a customer."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[str, str] = {}

    def of(self, contender: Contender, customer: Customer) -> str:
        """Return the cookie's value; the portal's session is made on first use."""
        if contender is not PORTAL:
            return customer.account_id
        if customer.user_id not in self._known:
            self._known[customer.user_id] = sign_in(self._world.url, customer.user_id).cookie
        return self._known[customer.user_id]

    def of_staff(self) -> str:
        """Return the cookie's value for the store's member of staff."""
        return sign_in(self._world.url, self._world.staff_id).cookie
