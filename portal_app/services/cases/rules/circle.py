"""Whose cases a person may see and act on: worked out by the policy, asked of rows and of SQL."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import col

from portal_app.models import Case, CaseVisibility
from portal_app.services import households

Homes = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Circle:
    """Whose cases a person may see and act on today.

    `seen` and `led` are households with the people who belong to them: those whose cases the
    brand's choice lets this person see, and those that this person heads.
    """

    person_id: str
    views: frozenset[str]
    acts: frozenset[str]
    seen: Homes = ()
    led: Homes = ()
    homes: tuple[households.Standing, ...] = ()
    members: tuple[households.Member, ...] = ()
    mode: CaseVisibility = CaseVisibility.EVERYONE

    @property
    def may_choose(self) -> bool:
        """Whether this person heads a household whose readers are chosen."""
        return self.mode is CaseVisibility.CHOSEN and bool(self.led)

    @property
    def people(self) -> frozenset[str]:
        """Everybody whom a case that this person may see can be about."""
        return self.views.union(*(members for _, members in (*self.seen, *self.led)))

    def may_see(self, case: Case) -> bool:
        """Say whether this person may see a case."""
        return (
            case.consumer_id in self.views
            or _is_of(case, self.seen)
            or (case.opener_id == self.person_id and _is_of(case, self.led))
        )

    def may_act(self, case: Case) -> bool:
        """Say whether this person may write, accept, reject and close."""
        return case.consumer_id in self.acts or (self.may_see(case) and _is_of(case, self.led))

    def visible(self, *, act: bool = False) -> ColumnElement[bool]:
        """Return the condition for the cases that this person may see, or act on."""
        led = [_of(home) for home in self.led]
        opened = and_(col(Case.opener_id) == self.person_id, or_(false(), *led))
        if act:
            both = [_of(home) for home in self.led if home in self.seen]
            return or_(col(Case.consumer_id).in_(self.acts), opened, *both)
        return or_(
            col(Case.consumer_id).in_(self.views), opened, *(_of(home) for home in self.seen)
        )


def _is_of(case: Case, homes: Homes) -> bool:
    return any(case.household_id == home and case.consumer_id in who for home, who in homes)


def _of(home: tuple[str, frozenset[str]]) -> ColumnElement[bool]:
    return and_(col(Case.household_id) == home[0], col(Case.consumer_id).in_(home[1]))
