"""Who is asking, and what an operation asks of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal_app.core import clock


class ActorKind(StrEnum):
    """What sort of caller this is, before any account or household is considered."""

    ANONYMOUS = "anonymous"
    CONSUMER = "consumer"
    GUEST = "guest"
    STAFF = "staff"
    SYSTEM = "system"
    INTEGRATION = "integration"


class Role(StrEnum):
    """What a member of staff may do; a manager may do all that an agent may, an admin all."""

    AGENT = "agent"
    MANAGER = "manager"
    ADMIN = "admin"


class Access(StrEnum):
    """What an event handler, a page or a route demands of its caller."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    KNOWN = "known"
    CONSUMER = "consumer"
    PARTY = "party"
    STAFF = "staff"
    MANAGER = "manager"
    ADMIN = "admin"
    API = "api"


_REACH = {
    Role.AGENT: {Access.STAFF},
    Role.MANAGER: {Access.STAFF, Access.MANAGER},
    Role.ADMIN: {Access.STAFF, Access.MANAGER, Access.ADMIN},
}


_KINDS = {
    Access.SIGNED_IN: {ActorKind.CONSUMER, ActorKind.STAFF},
    Access.KNOWN: {ActorKind.CONSUMER, ActorKind.STAFF, ActorKind.GUEST},
    Access.CONSUMER: {ActorKind.CONSUMER},
    Access.PARTY: {ActorKind.CONSUMER, ActorKind.GUEST},
    Access.API: {ActorKind.INTEGRATION},
}


@dataclass(frozen=True, slots=True)
class Trust:
    """How far somebody lets another in, in one area: to see (`view`), or to `act` as well."""

    person_id: str
    area: str
    reach: str


@dataclass(frozen=True, slots=True)
class Actor:
    """The caller on whose behalf a service acts, resolved anew for every event and request.

    A guest came by a link: a person who is nobody anywhere but in the one application that
    `application_id` names (S2-01). `factors` is how many proofs of who they are this session gave.
    """

    kind: ActorKind = ActorKind.ANONYMOUS
    user_id: str = ""
    person_id: str = ""
    name: str = ""
    brand: str = ""
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[str] = frozenset()
    memberships: frozenset[str] = frozenset()
    represents: frozenset[str] = frozenset()
    trusted: frozenset[Trust] = frozenset()
    stepped_up_until: datetime | None = None
    session_id: str = ""
    ip: str = ""
    application_id: str = ""
    factors: int = 0

    @classmethod
    def system(cls, name: str, *, brand: str = "") -> "Actor":
        """Return the portal itself, acting as the named job or command."""
        return cls(kind=ActorKind.SYSTEM, user_id=name, name=name, brand=brand)

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody is signed in."""
        return self.kind is ActorKind.ANONYMOUS

    @property
    def is_consumer(self) -> bool:
        """Whether this is a customer."""
        return self.kind is ActorKind.CONSUMER

    @property
    def is_guest(self) -> bool:
        """Whether this is somebody whom a link let into one application."""
        return self.kind is ActorKind.GUEST

    @property
    def known_as(self) -> str:
        """What stands for this caller in what is kept: a guest has no sign-in, only a person."""
        return self.person_id if self.is_guest else self.user_id

    @property
    def home(self) -> str:
        """The page where this caller begins, and is led back to."""
        if self.is_staff:
            return "/staff"
        return "/applications" if self.is_guest else "/"

    @property
    def is_staff(self) -> bool:
        """Whether this is a member of the operator's staff."""
        return self.kind is ActorKind.STAFF

    @property
    def is_system(self) -> bool:
        """Whether this is the portal itself."""
        return self.kind is ActorKind.SYSTEM

    @property
    def is_integration(self) -> bool:
        """Whether this is one of the operator's own systems, let in by a token."""
        return self.kind is ActorKind.INTEGRATION

    @property
    def is_stepped_up(self) -> bool:
        """Whether the caller has proved who they are again within the last minutes."""
        return self.stepped_up_until is not None and self.stepped_up_until > clock.now()

    def trusted_by(self, area: str, *, to_act: bool = False) -> frozenset[str]:
        """Return the people who let this caller see what is theirs in an area, or act in it."""
        return frozenset(
            one.person_id
            for one in self.trusted
            if one.area == area and (one.reach == "act" or not to_act)
        )

    def has(self, access: Access) -> bool:
        """Say whether this caller meets what an operation demands."""
        if access is Access.PUBLIC or self.is_system:
            return True
        if kinds := _KINDS.get(access):
            return self.kind in kinds
        return self.is_staff and any(access in _REACH[role] for role in self.roles)


ANONYMOUS = Actor()
