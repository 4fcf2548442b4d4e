"""Which jobs there are: what each is called, how often it is tried, and when it comes due."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from portal_app.jobs.timetable import Timetable

Work = TypeVar("Work", bound=Callable[..., object])
Timetables = Callable[[], Iterable[Timetable]]
CatchUp = Literal["latest", "each"]


class Discard(Exception):
    """Raised by a job to give up at once: trying again would change nothing."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One kind of job.

    It is tried `max_attempts` times, after `backoff` seconds, then twice that, up to `cap`. With
    `in_tx` its services join the transaction that marks it done: exactly once, but database work
    only. Without, it runs at least once: make it idempotent. `on_dead` gets the same arguments and
    a `reason` when it is given up.
    """

    name: str
    work: Callable[..., object]
    max_attempts: int = 8
    backoff: float = 10.0
    cap: float = 3600.0
    in_tx: bool = False
    on_dead: Callable[..., object] | None = None
    timetables: Timetables | None = None
    catch_up: CatchUp = "latest"


REGISTRY: dict[str, Spec] = {}


def job(name: str, **options: Any) -> Callable[[Work], Work]:
    """Register a function as the job `name`; `options` are those of `Spec`."""

    def register(work: Work) -> Work:
        if name in REGISTRY:
            message = f"two jobs are called {name}"
            raise ValueError(message)
        REGISTRY[name] = Spec(name, work, **options)
        return work

    return register


def periodic(
    times: str | Timetables, *, name: str, tz: str = "UTC", **options: Any
) -> Callable[[Work], Work]:
    """Register a job that comes due by itself and is called with its `slot`, an ISO wall time.

    `times` is a cron line in the zone `tz`, or a function that says the timetables anew each time
    it is asked, so that a setting takes effect without a restart; a job of a brand's timetable also
    gets the `brand_id`. After a pause `catch_up` runs the "latest" missed time or "each".
    """
    if isinstance(times, str):
        fixed = [Timetable(times, tz)]
        return job(name, timetables=lambda: fixed, **options)
    return job(name, timetables=times, **options)
