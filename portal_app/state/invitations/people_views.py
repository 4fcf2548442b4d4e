"""What staff see of the people of a customer, and of inviting one of them."""

from dataclasses import dataclass, field

from portal_app.services.invitations import InvitationLine, InvitedPerson, Inviting
from portal_app.state.base import load_key
from portal_app.state.customers.words import FIXES, ROLES
from portal_app.state.formats import moment, phone
from portal_app.state.invitations.words import (
    ASKS,
    MISSING,
    NEEDS,
    NOT_INVITED,
    SIGNS_IN,
    STATES,
    since,
    told,
)

MOST_CONTRACTS = 3
# What is missing and can be mended by the click that the customer's own checklist offers.
_MENDED_BY = {"switch": "switch_on"}


def look_of(person: InvitedPerson) -> tuple[str, str]:
    """Say in one word and one tone how far somebody is."""
    if person.newest is not None and person.newest.asked_at:
        return ASKS
    if person.has_sign_in:
        return SIGNS_IN
    if person.newest is None:
        return NOT_INVITED
    return STATES.get(person.newest.state, NOT_INVITED)


@dataclass(frozen=True)
class PersonRow:
    """One person of the customer."""

    id: str
    name: str
    href: str
    what: str
    reach: str
    label: str
    tone: str
    note: str

    @classmethod
    def of(cls, person: InvitedPerson, zone: str) -> "PersonRow":
        """Format one person."""
        label, tone = look_of(person)
        return cls(
            id=person.person_id,
            name=person.name,
            href=f"/staff/people/{person.person_id}",
            what=_what(person),
            reach="\n".join(part for part in (person.email, phone(person.phone)) if part),
            label=label,
            tone=tone,
            note=_seen(person, zone),
        )


def _what(person: InvitedPerson) -> str:
    roles = [ROLES.get(role, role) for role in person.roles]
    held = person.contracts[:MOST_CONTRACTS]
    more = len(person.contracts) - len(held)
    others = f" and {more} more" if more else ""
    holds = [f"holds {', '.join(held)}{others}"] if held else []
    acts = [f"acts for {', '.join(person.acts_for)}"] if person.acts_for else []
    words = ", ".join([*roles, *holds, *acts])
    return words[:1].upper() + words[1:] if words else "Has nothing here today"


def _seen(person: InvitedPerson, zone: str) -> str:
    if not person.has_sign_in:
        return ""
    return (
        f"Last signed in {moment(person.last_login_at, zone)}"
        if person.last_login_at
        else "Has not signed in yet"
    )


@dataclass(frozen=True)
class NeedRow:
    """One thing that somebody needs to be invited."""

    label: str
    is_met: bool
    hint: str
    fix: str
    fix_label: str
    key: str


@dataclass(frozen=True)
class Past:
    """One link, as a timeline shows it."""

    title: str
    when: str
    iso: str
    text: str
    tone: str
    icon: str

    @classmethod
    def of(cls, line: InvitationLine, zone: str) -> "Past":
        """Format one link."""
        label, _ = STATES.get(line.state, NOT_INVITED)
        note = f"Verified: {line.note}" if line.note else ""
        asked = "A new link was asked for." if line.asked_at else ""
        words = [f"{since(line, zone)}.", note, asked]
        tone = {"activated": "good", "issued": "now", "opened": "now", "expired": "warn"}
        return cls(
            title=label,
            when=told(line, zone),
            iso=line.created_at.isoformat(),
            text=" ".join(part for part in words if part),
            tone=tone.get(line.state, "info"),
            icon="",
        )


@dataclass(frozen=True)
class InvitingView:
    """The sheet of one person; empty while none is open."""

    person: str = ""
    name: str = ""
    sub: str = ""
    label: str = ""
    tone: str = "neutral"
    reach: str = ""
    key: str = ""
    is_ready: bool = False
    is_live: bool = False
    asks: bool = False
    advice: str = ""
    needs: list[NeedRow] = field(default_factory=list)
    history: list[Past] = field(default_factory=list)

    @classmethod
    def of(cls, found: Inviting) -> "InvitingView":
        """Format everything that inviting somebody needs."""
        row = PersonRow.of(found.person, found.zone)
        newest = found.person.newest
        return cls(
            person=row.id,
            name=row.name,
            sub=f"{row.what} · account {found.account_number}",
            label=row.label,
            tone=row.tone,
            reach=row.reach,
            key=load_key(),
            is_ready=found.is_ready,
            is_live=found.is_live,
            asks=newest is not None and newest.asked_at is not None,
            advice=_advice(found),
            needs=[
                NeedRow(
                    NEEDS[check.need],
                    check.is_met,
                    "" if check.is_met else MISSING[check.need],
                    fix := "" if check.is_met else _MENDED_BY.get(check.need.value, ""),
                    FIXES.get(fix, ""),
                    load_key() if fix else "",
                )
                for check in found.checks
            ],
            history=[Past.of(line, found.zone) for line in found.history],
        )


def _advice(found: Inviting) -> str:
    if found.person.has_sign_in:
        return "They sign in already. There is nothing to send."
    if not found.is_ready:
        return "They cannot be invited yet: see what is missing below."
    if found.is_live:
        return "They have a link that works. A new one replaces it, and the old one says so."
    return "They get a link that works for seven days, and a code to what we hold for them."
