"""Rate limits kept in this process, or in Redis when several processes share them."""

from limits import RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

from portal_app.core.secrets import fingerprint
from portal_app.ports import PortUnavailable


class LimitsLimiter:
    """Fulfils `RateLimiter`. Moving windows: sixty seconds are sixty, wherever a minute begins."""

    def __init__(self, redis_url: str = "") -> None:
        # A failing Redis is reported as StorageError, whichever client error it was.
        self._storage = (
            RedisStorage(redis_url, wrap_exceptions=True) if redis_url else MemoryStorage()
        )
        self._windows = MovingWindowRateLimiter(self._storage)

    def hit(self, name: str, amount: int, seconds: int, key: str) -> bool:
        """Count one try; say whether it was among the `amount` allowed in any `seconds`."""
        try:
            return self._windows.hit(_item(amount, seconds), name, fingerprint(key))
        except StorageError as failure:
            raise PortUnavailable from failure

    def allows(self, name: str, amount: int, seconds: int, key: str) -> bool:
        """Say whether one more would be allowed, without counting it."""
        try:
            return self._windows.test(_item(amount, seconds), name, fingerprint(key))
        except StorageError as failure:
            raise PortUnavailable from failure

    def clear(self, name: str, amount: int, seconds: int, key: str) -> None:
        """Forget the tries counted for this key."""
        try:
            self._windows.clear(_item(amount, seconds), name, fingerprint(key))
        except StorageError as failure:
            raise PortUnavailable from failure


def _item(amount: int, seconds: int) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(amount, seconds, namespace="portal")
