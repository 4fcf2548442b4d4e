"""Background work as staff see it: what waits, what failed, what comes due."""

from portal_app.services.jobs.commands import cancel, forget_old, retry, set_paused
from portal_app.services.jobs.queries import board, nightly_times
from portal_app.services.jobs.rules import JobStatus
from portal_app.services.jobs.views import JobBoard, JobLine, NightlyTime, Schedule

__all__ = [
    "JobBoard",
    "JobLine",
    "JobStatus",
    "NightlyTime",
    "Schedule",
    "board",
    "cancel",
    "forget_old",
    "nightly_times",
    "retry",
    "set_paused",
]
