"""What a reader of households and grants gets back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal_app.models import MemberRole


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is in one household today; `zone` is where its days begin."""

    household_id: str
    name: str
    zone: str
    role: MemberRole
    is_primary: bool


@dataclass(frozen=True, slots=True)
class Member:
    """One person who is in a household today."""

    household_id: str
    person_id: str
    name: str
    role: MemberRole


@dataclass(frozen=True, slots=True)
class Home:
    """One household that a person is in today, or was (S1-03); the days are its own."""

    household_id: str
    name: str
    address: str
    role: MemberRole
    relationship: str
    is_primary: bool
    starts_on: date | None
    ends_on: date | None
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request about a household that staff have not settled; `lines` say what it asks for."""

    number: str
    kind: str
    title: str
    lines: tuple[tuple[str, str], ...]
    asked_at: datetime
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member as the head sees them (S1-05)."""

    membership_id: str
    name: str
    role: MemberRole
    relationship: str
    starts_on: date | None
    ends_on: date | None
    is_self: bool
    waiting: tuple[Waiting, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadedHome:
    """A household with its members of today, and who is to be added."""

    household_id: str
    name: str
    address: str
    today: date
    members: tuple[MemberRow, ...]
    waiting: tuple[Waiting, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadedHomes:
    """What a head of households sees; `waits` says whether staff decide about each kind."""

    homes: tuple[HeadedHome, ...]
    may_ask: bool
    waits: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Context:
    """Somebody, or a household, for whom a customer may look at cases in place of themselves.

    `key` is what the session remembers; `may_act` says whether they may do more than look.
    """

    key: str
    name: str
    is_household: bool
    may_act: bool


class Why(StrEnum):
    """Why somebody may see what is a person's, or act for them."""

    GRANT = "grant"
    HEAD = "head"
    CONTACT = "contact"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody who may see or act for a person, or for whom a person may; the other's name.

    `through` names the household or the account; `as_` what they are to it; `areas` how far a
    grant goes. `grant_id` is empty where it cannot be ended in the portal.
    """

    why: Why
    name: str
    through: str = ""
    as_: str = ""
    areas: Mapping[str, str] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    is_to_come: bool = False
    grant_id: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Openness:
    """Who may see or act for a person, and for whom that person may."""

    seen_by: tuple[Reached, ...]
    acts_for: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant as staff see it: who to whom, how far, and what became of it."""

    grant_id: str
    giver: str
    receiver: str
    areas: Mapping[str, str]
    starts_on: date | None
    ends_on: date | None
    revoked_at: datetime | None
    revoked_by: str
    evidence: str
    is_in_force: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Affairs:
    """A person's households, past and present, and grants from and to them, for staff."""

    person_id: str
    is_on: bool
    homes: tuple[Home, ...]
    given: tuple[GrantRow, ...]
    held: tuple[GrantRow, ...]
