"""What customers see of their applications: the list of them, and the forms of one."""

from dataclasses import dataclass, field

from portal_app.services import applications
from portal_app.services.applications import Task, TaskList
from portal_app.state.applications.words import PATH, address, by_words, questions_left
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
    """The forms of one person, or those about the whole application; one group is open at first."""

    title: str
    left: str
    status: str
    tone: str
    is_open: bool
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
    go_on: str = ""
    go_on_href: str = ""
    submitted: str = ""
    may_submit: bool = False
    is_open: bool = False
    key: str = ""
    groups: list[TaskGroup] = field(default_factory=list)

    @classmethod
    def of(cls, found: TaskList, *, key: str, opened: str = "") -> "TasksView":
        """Format the list of forms; the group `opened` stands open, else the first with a gap."""
        everything = (*found.sections, *found.questionnaires)
        is_whole = found.is_open and all(one.is_complete for one in everything)
        is_ready = is_whole and not found.others_to_go
        gap = next((one for one in everything if found.is_open and not one.is_complete), None)
        group = opened or _group_of(gap or everything[0]) if everything else ""
        return cls(
            number=found.number,
            title=f"Your {found.kind.lower()} application",
            sub=found.number,
            done=found.done,
            asked=found.asked,
            progress=f"{_percent(found.done, found.asked)}% · "
            f"{questions_left(found.done, found.asked)}",
            until=f"Your link works until {moment(found.until, found.zone)}."
            if found.until
            else "",
            next=_next(found, is_whole=is_whole),
            go_on=gap.title if gap else "",
            go_on_href=_href(found, gap) if gap else "",
            submitted=_submitted(found),
            may_submit=is_ready,
            is_open=found.is_open,
            key=key,
            groups=_groups(found, group),
        )

    @property
    def opened(self) -> str:
        """Which group stands open at first."""
        return next((one.title for one in self.groups if one.is_open), "")


def _percent(done: int, asked: int) -> int:
    return done * 100 // asked if asked else 100


def _next(found: TaskList, *, is_whole: bool) -> str:
    if not found.is_open:
        return "We look at what you gave us, and tell you if anything is missing."
    if is_whole and found.others_to_go:
        return applications.OTHERS_TO_GO
    if is_whole:
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


def _groups(found: TaskList, opened: str) -> list[TaskGroup]:
    groups: dict[str, list[Task]] = {}
    for task in (*found.sections, *found.questionnaires):
        groups.setdefault(_group_of(task), []).append(task)
    return [_group(found, title, tasks, opened) for title, tasks in groups.items()]


def _group_of(task: Task) -> str:
    own = "About you" if task.is_own else f"About {task.person}"
    return own if task.party else "About the application"


def _group(found: TaskList, title: str, tasks: list[Task], opened: str) -> TaskGroup:
    whole = sum(task.is_complete for task in tasks)
    is_whole = whole == len(tasks)
    return TaskGroup(
        title=title,
        left=questions_left(sum(task.done for task in tasks), sum(task.asked for task in tasks)),
        status="Complete" if is_whole else f"{whole} of {len(tasks)} complete",
        tone="good" if is_whole else "info" if whole else "neutral",
        is_open=title == opened,
        tasks=[_row(found, task) for task in tasks],
    )


def _href(found: TaskList, task: Task) -> str:
    return f"{address(PATH, found.number)}/{task.form}/{task.party or _EVERYBODY}"


def _row(found: TaskList, task: Task) -> TaskRow:
    status, tone = look(task)
    return TaskRow(
        title=task.title,
        href=_href(found, task),
        status=status,
        tone=tone,
        progress=questions_left(task.done, task.asked),
        changed=by_words(task.changed_by, task.changed_at, found.zone),
    )


def look(task: Task) -> tuple[str, str]:
    """Return in what state a form is, with its tone."""
    if task.state.value in _STATES:
        return _STATES[task.state.value]
    if task.changed_at is None:
        return "Not begun", "neutral"
    return ("Complete", "good") if task.is_complete else ("Begun", "info")


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
        status = ("Handed in", "good") if found.is_submitted else (f"{percent}% filled in", "info")
        return cls(f"{found.kind} application", found.number, address(PATH, found.number), *status)
