"""What customers see of their applications: the list of them, and the forms of one."""

from dataclasses import dataclass, field

from portal_app.services import applications
from portal_app.services.applications import Task, TaskList
from portal_app.state.applications.words import PATH, address, by_words
from portal_app.state.formats import moment

_EVERYBODY = "all"
_STATES = {
    "complete": ("Handed in", "good"),
    "reopened": ("Open again", "warn"),
    "hidden": ("Put away", "neutral"),
}


@dataclass(frozen=True)
class TaskRow:
    """One form in the list."""

    title: str
    href: str
    status: str
    tone: str
    progress: str
    changed: str


@dataclass(frozen=True)
class TaskGroup:
    """The forms of one person, or those about the whole application."""

    title: str
    tasks: list[TaskRow]


@dataclass(frozen=True)
class TasksView:
    """The application; empty until loaded."""

    number: str = ""
    title: str = ""
    sub: str = ""
    done: int = 0
    asked: int = 0
    progress: str = ""
    until: str = ""
    next: str = ""
    submitted: str = ""
    may_submit: bool = False
    is_open: bool = False
    key: str = ""
    groups: list[TaskGroup] = field(default_factory=list)

    @classmethod
    def of(cls, found: TaskList, *, key: str) -> "TasksView":
        """Format the list of forms."""
        everything = (*found.sections, *found.questionnaires)
        is_ready = found.is_open and all(one.is_complete for one in everything)
        return cls(
            number=found.number,
            title=f"Your {found.kind.lower()} application",
            sub=found.number,
            done=found.done,
            asked=found.asked,
            progress=f"{_percent(found.done, found.asked)} %: {found.done} of {found.asked} "
            "questions that must be answered",
            until=f"Your link works until {moment(found.until, found.zone)}."
            if found.until
            else "",
            next=_next(found, is_ready=is_ready),
            submitted=_submitted(found),
            may_submit=is_ready,
            is_open=found.is_open,
            key=key,
            groups=_groups(found),
        )


def _percent(done: int, asked: int) -> int:
    return done * 100 // asked if asked else 100


def _next(found: TaskList, *, is_ready: bool) -> str:
    if not found.is_open:
        return "We look at what you gave us, and tell you if anything is missing."
    if is_ready:
        return "Everything that must be answered is. Look it over, then hand it in."
    shared = "You and the others on this application see and change the same answers. "
    return (
        f"{shared if found.sharing == 'shared' else ''}"
        "Everything is saved as you type. You can stop at any time and go on later."
    )


def _submitted(found: TaskList) -> str:
    if found.submitted_at is None:
        return ""
    return f"Handed in by {found.submitted_by}, {moment(found.submitted_at, found.zone)}."


def _groups(found: TaskList) -> list[TaskGroup]:
    groups: dict[str, list[TaskRow]] = {}
    for task in (*found.sections, *found.questionnaires):
        own = "About you" if task.is_own else f"About {task.person}"
        name = own if task.party else "About the application"
        groups.setdefault(name, []).append(_row(found, task))
    return [TaskGroup(title, rows) for title, rows in groups.items()]


def _row(found: TaskList, task: Task) -> TaskRow:
    status, tone = look(task)
    return TaskRow(
        title=task.title,
        href=f"{address(PATH, found.number)}/{task.form}/{task.party or _EVERYBODY}",
        status=status,
        tone=tone,
        progress=progress(task),
        changed=by_words(task.changed_by, task.changed_at, found.zone),
    )


def look(task: Task) -> tuple[str, str]:
    """Return in what state a form is, with its tone."""
    if task.state.value in _STATES:
        return _STATES[task.state.value]
    if task.changed_at is None:
        return "Not begun", "neutral"
    return ("Complete", "good") if task.is_complete else ("Begun", "info")


def progress(task: Task) -> str:
    """Say how many of the questions that must be answered are."""
    return f"{task.done} of {task.asked}" if task.asked else "Nothing has to be answered"


@dataclass(frozen=True)
class OwnRow:
    """An application of somebody who signs in."""

    title: str
    number: str
    href: str
    status: str
    tone: str

    @classmethod
    def of(cls, found: applications.MyApplication) -> "OwnRow":
        """Format one application."""
        percent = _percent(found.done, found.asked)
        status = ("Handed in", "good") if found.is_submitted else (f"{percent} % filled in", "info")
        return cls(f"{found.kind} application", found.number, address(PATH, found.number), *status)
