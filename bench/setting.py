"""What every measure is handed: the running sites, the people, how often to repeat."""

from dataclasses import dataclass

from bench.contenders import ALL, Contender
from bench.servers import Server
from bench.sessions import Cookies
from bench.world.customers import Customer
from bench.world.million import World


@dataclass(frozen=True)
class Setting:
    """One run."""

    world: World
    servers: dict[str, Server]
    cookies: Cookies
    rounds: int
    slow_rounds: int

    @property
    def contenders(self) -> tuple[Contender, ...]:
        """In the order in which each round visits them."""
        return ALL

    @property
    def customer(self) -> Customer:
        """The one whose pages the browser looks at."""
        return self.world.watched[1]

    def signed_in(
        self, contender: Contender, customer: Customer | None = None, *, is_slow: bool = False
    ) -> tuple[str, str, str]:
        """Return the cookie that makes a browser this customer's."""
        value = self.cookies.of(contender, customer or self.customer)
        return address(contender, is_slow=is_slow), contender.cookie, value


def address(contender: Contender, *, is_slow: bool) -> str:
    """Return where a contender is reached, quickly or slowly."""
    return contender.slow_address if is_slow else contender.address
