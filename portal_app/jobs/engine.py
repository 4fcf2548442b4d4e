"""The engine's front: what a job module and a process that runs jobs need of it."""

from portal_app.jobs.registry import REGISTRY, Discard, Spec, job, periodic
from portal_app.jobs.timetable import Timetable
from portal_app.jobs.worker import Worker

__all__ = ["REGISTRY", "Discard", "Spec", "Timetable", "Worker", "job", "periodic"]
