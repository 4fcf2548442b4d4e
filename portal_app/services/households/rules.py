"""Reading what is entered about members and grants, and the days between which they hold."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from portal_app.core.entries import Entries
from portal_app.models import Area, Reach
from portal_app.services import contact_details, wording

# The kinds of change that a head asks for, and what they are about.
ADDED, ENDED, RENAMED = "member_added", "member_ended", "member_relationship"
KINDS = (ADDED, ENDED, RENAMED)
HOUSEHOLD, MEMBERSHIP = "household", "household_membership"
# Instead of a last day: the membership ends as soon as it is decided.
AT_ONCE = "at_once"
# How a context begins that is about a person, or about a household.
ABOUT_PERSON, ABOUT_HOME = "person:", "household:"
LONGEST_NAME = 80
LONGEST_RELATIONSHIP = 60
_FURTHEST = timedelta(days=366 * 10)


def show_day(value: str) -> str:
    """Return a day, or the wish to have no delay, as people read it."""
    if value == AT_ONCE:
        return "As soon as it is decided"
    try:
        return wording.short_day(date.fromisoformat(value))
    except ValueError:
        return value


def read_newcomer(values: object, today: date) -> dict[str, str]:
    """Return who is to be added; raises Invalid naming every field that cannot be accepted."""
    given = _mapping(values)
    entered = Entries()
    read = {
        "given_name": entered.line(
            "given_name", given.get("given_name", ""), limit=LONGEST_NAME,
            missing="Enter the first name.",
        ),
        "family_name": entered.line(
            "family_name", given.get("family_name", ""), limit=LONGEST_NAME,
            missing="Enter the last name.",
        ),
        "relationship": _relationship(entered, given.get("relationship", "")),
        "email": _email(entered, given.get("email", "")),
        "starts_on": _first_day(entered, given.get("starts_on", ""), today).isoformat(),
    }  # fmt: skip
    entered.done()
    return read


def read_last_day(value: object, today: date) -> str:
    """Return the last day of a membership as it is written in feeds, or `at_once`."""
    if isinstance(value, str) and value in {"", AT_ONCE}:
        return AT_ONCE
    entered = Entries()
    last = _day(entered, "ends_on", value, today)
    if last and last < today:
        entered.refuse("ends_on", "Choose today or a later day.")
    entered.done()
    return last.isoformat() if last else AT_ONCE


def read_relationship(value: object) -> str:
    """Return what somebody is to the head of a household."""
    entered = Entries()
    read = _relationship(entered, value)
    entered.done()
    return read


def read_period(
    entered: Entries, starts_on: object, ends_on: object, today: date
) -> tuple[date, date | None]:
    """Return the first and the last day of a grant; without a last day it holds until revoked."""
    first = _first_day(entered, starts_on, today)
    last = _day(entered, "ends_on", ends_on, today)
    if last and last < first:
        entered.refuse("ends_on", "Choose the first day or a later one.")
    return first, last


def read_areas(entered: Entries, areas: object) -> dict[str, str]:
    """Return how far a grant goes in each area; what is not named is not granted."""
    given = _mapping(areas)
    problem = "Choose for each area: nothing, see, or see and act."
    read = {
        area.value: entered.choice(
            "areas", given.get(area.value, Reach.NONE.value), Reach, problem=problem
        )
        or Reach.NONE
        for area in Area
    }
    if not set(read.values()) - {Reach.NONE}:
        entered.refuse("areas", "Choose at least one thing that this person may see or do.")
    return {area: reach.value for area, reach in read.items()}


def day_of(value: object) -> date | None:
    """Return a day that a request holds; None for what is none."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _mapping(values: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", values) if isinstance(values, Mapping) else {}


def _relationship(entered: Entries, value: object) -> str:
    return entered.line(
        "relationship",
        value,
        limit=LONGEST_RELATIONSHIP,
        missing="Say what this person is to you, such as daughter or lodger.",
    )


def _email(entered: Entries, value: object) -> str:
    typed = entered.line("email", value, limit=contact_details.LONGEST_EMAIL, has_numbers=True)
    if typed and not contact_details.looks_like_email(typed):
        entered.refuse("email", "Enter an email address, such as name@example.com, or leave it.")
    return typed


def _first_day(entered: Entries, value: object, today: date) -> date:
    first = _day(entered, "starts_on", value, today)
    if first and first < today:
        entered.refuse("starts_on", "Choose today or a later day.")
    return first or today


def _day(entered: Entries, field: str, value: object, today: date) -> date | None:
    if value == "":
        return None
    found = day_of(value) if isinstance(value, str) else None
    if found is None:
        entered.refuse(field, "Enter a day, such as 2026-12-01.")
    elif found > today + _FURTHEST:
        entered.refuse(field, "Choose a day within the next ten years.")
    return found


def key_of(person: str) -> str:
    """Return the key of the context in which somebody acts for a person."""
    return f"{ABOUT_PERSON}{person}"


def parts_of(context: str) -> tuple[str, str]:
    """Return the person and the household that a session's context names; "" for what it does not.

    The key of a context is what the session remembers of for whom somebody acts.
    """
    person = context.removeprefix(ABOUT_PERSON) if context.startswith(ABOUT_PERSON) else ""
    home = context.removeprefix(ABOUT_HOME) if context.startswith(ABOUT_HOME) else ""
    return person, home
