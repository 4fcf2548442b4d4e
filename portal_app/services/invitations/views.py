"""What a reader of invitations gets back."""

from dataclasses import dataclass
from datetime import datetime

from portal_app.services.invitations.rules import Need, Standing


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One link, as staff see it; `state` is an `InvitationState` as it is now.

    `invited_by` is "" where the portal did it by itself; `note` says how the person was verified.
    """

    id: str
    state: str
    method: str
    invited_by: str
    is_verified: bool
    note: str
    created_at: datetime
    expires_at: datetime | None
    opened_at: datetime | None
    activated_at: datetime | None
    ended_at: datetime | None
    asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class InvitedPerson:
    """A contact of an account, the holder of a contract on it, or who represents one of these.

    `roles` are `ContactRole`s that hold today, `contracts` numbers of contracts in force that they
    hold, `acts_for` names of whom they represent; `newest` is their newest link, if there ever was
    one.
    """

    person_id: str
    name: str
    roles: tuple[str, ...]
    contracts: tuple[str, ...]
    email: str
    phone: str
    has_sign_in: bool
    last_login_at: datetime | None
    may_be_invited: bool
    newest: InvitationLine | None
    acts_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    """The people of an account by name, and whether there are more of them."""

    account_id: str
    zone: str
    rows: tuple[InvitedPerson, ...]
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class NeedCheck:
    """One thing that somebody needs to be invited."""

    need: Need
    is_met: bool


@dataclass(frozen=True, slots=True)
class Inviting:
    """Everything that staff need to invite somebody, or to see why they cannot."""

    person: InvitedPerson
    account_number: str
    zone: str
    checks: tuple[NeedCheck, ...]
    history: tuple[InvitationLine, ...]
    is_live: bool

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return all(check.is_met for check in self.checks)


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation in the list of all, with whom it is for."""

    line: InvitationLine
    person_id: str
    person: str
    account_number: str
    account: str
    zone: str


@dataclass(frozen=True, slots=True)
class InvitationList:
    """A page of invitations; `after` is where the next one begins, "" for nowhere."""

    rows: tuple[InvitationRow, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class LinkPage:
    """What the page of a link may say: no more than the letter that brought it.

    `subject` is what it is for, "" unless the link is good; `until` is when it ends.
    """

    standing: Standing
    brand: str
    subject: str = ""
    until: datetime | None = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Greeted:
    """What one look at new contracts did: how many links, and how many were told instead."""

    invited: int = 0
    told: int = 0
