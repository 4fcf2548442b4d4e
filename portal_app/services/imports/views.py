"""What an import tells: its progress, its report, and what it refused."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RunState(StrEnum):
    """What became of a run."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TypeCounts:
    """What happened to the records of one type."""

    name: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    stale: int = 0
    ended: int = 0
    refused: int = 0

    @property
    def written(self) -> int:
        """How many records the run wrote (or, on a dry run, would have written)."""
        return self.new + self.changed + self.ended


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row or a whole file that was not accepted, or a warning beside one that was.

    `line` 0 means the whole file.
    """

    file: str
    line: int
    field: str
    value: str
    sentence: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far a run has come, counted in bytes because rows are not known beforehand."""

    file: str
    bytes_done: int
    bytes_total: int
    rows_read: int


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One line of the list of runs; `opened` is how many accounts a publication let in."""

    id: str
    kind: str
    trigger: str
    source: str
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    state: RunState
    is_dry_run: bool
    percent: int
    rows_read: int
    written: int
    refused: int
    opened: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """The accounts that the next publication lets in: how many, and the names of the first."""

    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    """Some runs, newest first; `after` asks for the ones before them, "" when there are none."""

    rows: tuple[RunSummary, ...]
    after: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Everything that one run has to say.

    `refused` counts rows, `files_refused` files; of the refusals and warnings the first ones are
    kept, and `not_kept` says how many more there were. `may_import_now`: this was a dry run of an
    upload that is still here. `total_listed` is how many refusals and warnings were kept.
    """

    run: RunSummary
    counts: tuple[TypeCounts, ...]
    files_refused: int
    warnings: int
    not_kept: int
    fault: str
    may_import_now: bool
    total_listed: int
    refusals: tuple[Refusal, ...]

    @property
    def is_clean(self) -> bool:
        """Whether the run ended and everything went in."""
        return (
            self.run.state is RunState.FINISHED and not self.run.refused and not self.files_refused
        )
