"""Rate limits kept in this process, or in Redis when several processes share them."""

from functools import lru_cache

from limits import RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import (
    MovingWindowRateLimiter,
    RateLimiter,
    SlidingWindowCounterRateLimiter,
)

from portal_app.core.secrets import fingerprint
from portal_app.ports import PortUnavailable

# Few tries are kept one by one. Of many only two counts are: a list of each person's last hundreds
# of events would be moved in memory at every one of them.
_MOST_KEPT = 60


class LimitsLimiter:
    """Fulfils `RateLimiter`. Windows move: sixty seconds are sixty, wherever a minute begins."""

    def __init__(self, redis_url: str = "") -> None:
        # A failing Redis is reported as StorageError, whichever client error it was.
        storage = RedisStorage(redis_url, wrap_exceptions=True) if redis_url else MemoryStorage()
        self._few: RateLimiter = MovingWindowRateLimiter(storage)
        self._many: RateLimiter = SlidingWindowCounterRateLimiter(storage)

    def hit(self, name: str, amount: int, seconds: int, key: str) -> bool:
        """Count one try; say whether it was among the `amount` allowed in any `seconds`."""
        try:
            return self._windows(amount).hit(_item(amount, seconds), name, fingerprint(key))
        except StorageError as failure:
            raise PortUnavailable from failure

    def allows(self, name: str, amount: int, seconds: int, key: str) -> bool:
        """Say whether one more would be allowed, without counting it."""
        try:
            return self._windows(amount).test(_item(amount, seconds), name, fingerprint(key))
        except StorageError as failure:
            raise PortUnavailable from failure

    def clear(self, name: str, amount: int, seconds: int, key: str) -> None:
        """Forget the tries counted for this key."""
        try:
            self._windows(amount).clear(_item(amount, seconds), name, fingerprint(key))
        except StorageError as failure:
            raise PortUnavailable from failure

    def _windows(self, amount: int) -> RateLimiter:
        return self._few if amount <= _MOST_KEPT else self._many


@lru_cache(maxsize=256)
def _item(amount: int, seconds: int) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(amount, seconds, namespace="portal")
