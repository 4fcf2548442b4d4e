"""What the staff's page of an application shows."""

from dataclasses import dataclass, field

from portal_app.core import clock
from portal_app.services.applications import ApplicationDesk, FormLine, PartyLine
from portal_app.state.applications.words import (
    LINKS,
    LIVE,
    MISSING,
    Fact,
    Option,
    rate_words,
)
from portal_app.state.base import load_key
from portal_app.state.formats import day, moment, money, phone, plural

_LETTERS = {
    "queued": "Email on its way",
    "sent": "Email sent",
    "failed": "Email could not be sent",
    "suppressed": "Email not sent: check the address",
}
_FORMS = {
    "shared": ("Not begun", "neutral"),
    "in_progress": ("Being filled in", "info"),
    "complete": ("Handed in", "good"),
    "reopened": ("Open again", "warn"),
}


@dataclass(frozen=True)
class PartyRow:
    """A party, with whether they are let in, or why they cannot be."""

    id: str
    name: str
    href: str
    role: str
    email: str
    mobile: str
    missing: list[str]
    may_be_invited: bool
    is_enabled: bool
    is_ended: bool
    status: str
    tone: str
    note: str
    until: str
    asks: bool
    copy_verb: str

    @classmethod
    def of(cls, line: PartyLine, zone: str) -> "PartyRow":
        """Format a party."""
        status, tone = _link(line)
        is_live = line.link in LIVE and line.is_enabled
        return cls(
            id=line.id,
            name=line.name,
            href=f"/staff/people/{line.person_id}",
            role=line.role_words,
            email=line.email or "No email address",
            mobile=phone(line.mobile) if line.mobile else "No mobile number",
            missing=[MISSING[need] for need in line.missing],
            may_be_invited=not line.missing,
            is_enabled=line.is_enabled,
            is_ended=line.is_ended,
            status=status,
            tone=tone,
            note=_note(line, zone),
            until=line.expires_at.isoformat() if is_live and line.expires_at else "",
            asks=line.asked_at is not None,
            copy_verb="Make a new link and copy it" if is_live else "Copy link",
        )


def _link(line: PartyLine) -> tuple[str, str]:
    if line.asked_at is not None:
        return "Asks for a new link", "warn"
    if line.missing:
        return "Cannot be invited", "neutral"
    if line.sent in ("failed", "suppressed") and line.link in LIVE:
        return _LETTERS[line.sent], "bad"
    if line.last_in_at is not None and line.link in LIVE:
        return "Has come in", "good"
    if line.link == "issued" and line.method == "copied_link":
        return "Link copied", "info"
    return LINKS.get(line.link, LINKS[""])


def _note(line: PartyLine, zone: str) -> str:
    words: list[str] = []
    if line.sent and line.link in LIVE:
        words.append(_LETTERS.get(line.sent, ""))
    if line.last_in_at is not None:
        words.append(f"last came in {moment(line.last_in_at, zone)}")
    elif line.issued_at is not None:
        words.append(f"link made {moment(line.issued_at, zone)}")
    text = ", ".join(word for word in words if word)
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class FormRow:
    """A form of the application: whether customers see it, and how far it is."""

    key: str
    title: str
    is_shared: bool
    is_complete: bool
    status: str
    tone: str
    progress: str

    @classmethod
    def of(cls, line: FormLine) -> "FormRow":
        """Format a form."""
        state = line.state.value if line.state and line.is_shared else ""
        status, tone = _FORMS.get(state, ("Not available", "neutral"))
        return cls(
            key=line.key,
            title=line.title,
            is_shared=line.is_shared,
            is_complete=state == "complete",
            status=status,
            tone=tone,
            progress=f"{line.done} of {line.asked} answered" if line.is_shared else "",
        )


@dataclass(frozen=True)
class DeskView:
    """The whole page; empty until loaded."""

    id: str = ""
    number: str = ""
    title: str = ""
    sub: str = ""
    status: str = ""
    tone: str = "neutral"
    sharing: str = "shared"
    sharing_note: str = ""
    submitted: str = ""
    key: str = ""
    facts: list[Fact] = field(default_factory=list)
    vehicle: list[Fact] = field(default_factory=list)
    finance: list[Fact] = field(default_factory=list)
    parties: list[PartyRow] = field(default_factory=list)
    sections: list[FormRow] = field(default_factory=list)
    questionnaires: list[FormRow] = field(default_factory=list)
    invitable: list[Option] = field(default_factory=list)

    @classmethod
    def of(cls, found: ApplicationDesk) -> "DeskView":
        """Format everything that staff need of an application."""
        forms = [(line, FormRow.of(line)) for line in found.forms]
        parties = [PartyRow.of(one, found.zone) for one in found.parties]
        is_in = found.submitted_at is not None
        return cls(
            id=found.id,
            number=found.number,
            title=f"{found.kind} application",
            sub=" · ".join(part for part in (found.number, found.account_name) if part),
            status="Ended" if found.is_ended else "Handed in" if is_in else found.stage or "Open",
            tone="neutral" if found.is_ended else "good" if is_in else "info",
            sharing=found.sharing.value,
            sharing_note=_SHARING[found.sharing.value],
            submitted=_submitted(found),
            key=load_key(),
            facts=_facts(found),
            vehicle=_vehicle(found),
            finance=_finance(found),
            parties=parties,
            sections=[row for line, row in forms if line.is_section],
            questionnaires=[row for line, row in forms if not line.is_section],
            invitable=[Option(one.id, one.name) for one in parties if one.may_be_invited],
        )


_SHARING = {
    "shared": "Everybody you let in sees all answers of this application and can change each of "
    "them. Every change says who made it.",
    "own_sections": "Everybody you let in sees and changes their own answers alone. Questionnaires "
    "about the whole application are seen by all.",
}


def _submitted(found: ApplicationDesk) -> str:
    if found.submitted_at is None:
        return ""
    return f"Handed in by {found.submitted_by}, {moment(found.submitted_at, found.zone)}."


def _facts(found: ApplicationDesk) -> list[Fact]:
    since = clock.today(found.zone) - found.introduced_on
    ago = plural(since.days, "day") if since.days else "today"
    account = f"{found.account_number} {found.account_name}".strip()
    rows = [
        ("Number", found.number),
        ("What for", found.kind),
        ("Stage", found.stage),
        ("Account", account),
        ("With us since", f"{day(found.introduced_on)} ({ago})"),
    ]
    return [Fact(name, value) for name, value in rows if value]


def _vehicle(found: ApplicationDesk) -> list[Fact]:
    car = found.vehicle
    if car is None:
        return []
    rows = [
        ("Make and model", car.title),
        ("Model variant", car.variant),
        ("Fuel type", car.fuel),
        ("Colour", car.colour),
        ("Doors", str(car.doors or "")),
        ("Transmission type", car.transmission),
        ("Engine size", car.engine_size),
        ("Mileage", f"{car.mileage:,}" if car.mileage is not None else ""),
        ("Registration number", car.registration),
    ]
    return [Fact(name, value) for name, value in rows if value]


def _finance(found: ApplicationDesk) -> list[Fact]:
    terms = found.finance
    rows = [
        ("Finance type", terms.finance_type),
        ("Rate", rate_words(terms.rate_milli)),
        ("Finance term", plural(terms.term_months, "month") if terms.term_months else ""),
        *((words, money(amount)) for words, amount in terms.amounts),
    ]
    return [Fact(name, value) for name, value in rows if value]
