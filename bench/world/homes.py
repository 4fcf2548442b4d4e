"""Households with their cases, written in bulk."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from bench.world.bulk import NOW, TODAY, Bulk
from bench.world.customers import Customer
from portal_app import models as m

_CASE, _MOMENT, _MESSAGE = "ca000000", "cb000000", "cc000000"
HOMES, MEMBERS = 3, 4
# The newest case of each watched customer has this much said about it.
SAID = 120
_STATES = (m.CaseState.CLOSED,) * 7 + (m.CaseState.OPEN, m.CaseState.AWAITING_INFO, m.CaseState.NEW)


def number_of(place: int) -> str:
    """Return the number of a case by its place in the database."""
    return f"CS-{place:09d}"


class Homes:
    """Writes households of customers, and cases about the people in them."""

    def __init__(self, bulk: Bulk, brand_id: str, staff_id: str) -> None:
        self._bulk, self._brand_id, self._staff_id = bulk, brand_id, staff_id
        self._places, self._people = count(1), count(1)

    def of(self, customer: Customer, cases: int) -> str:
        """Put a customer into three households, one as its head; return their newest case.

        Half of the cases are their own, the others are about the members of these households.
        """
        homes = [self._home(customer, is_head=not place) for place in range(HOMES)]
        about = [
            pair
            for home, members in homes
            for member in members
            for pair in ((home, customer.person_id), (home, member))
        ]
        newest = next(self._places)
        self._places = count(newest + cases)
        self._write(newest, cases, about, opener=customer.person_id)
        self._talk(newest, customer)
        return number_of(newest)

    def strangers(self, cases: int, people: int) -> None:
        """Write cases about people whom nobody watches."""
        about = [("", self._person()) for _ in range(people)]
        first = next(self._places)
        self._places = count(first + cases)
        self._write(first, cases, about, opener=None)

    def _home(self, customer: Customer, *, is_head: bool) -> tuple[str, list[str]]:
        home = self._bulk.add(
            m.Household(brand_id=self._brand_id, external_id=self._id(), name="Solberg household")
        )
        members = [self._person() for _ in range(MEMBERS)]
        head = customer.person_id if is_head else members[0]
        for person in (customer.person_id, *members):
            self._bulk.add(
                m.HouseholdMembership(
                    brand_id=self._brand_id,
                    external_id=self._id(),
                    household_id=home.id,
                    person_id=person,
                    role=m.MemberRole.HEAD if person == head else m.MemberRole.MEMBER,
                    starts_on=TODAY - timedelta(days=900),
                    is_primary=is_head,
                )
            )
        return home.id, members

    def _id(self) -> str:
        return f"H-{next(self._people)}"

    def _person(self) -> str:
        one = m.Person(
            brand_id=self._brand_id,
            external_id=self._id(),
            given_name="Ingrid",
            family_name="Solberg",
        )
        return self._bulk.add(one).id

    def _write(
        self, first: int, cases: int, about: Sequence[tuple[str, str]], *, opener: str | None
    ) -> None:
        self._bulk.add_many(self._case(opener), _dated(first, cases, about))
        self._bulk.add_many(self._moment(), _opened(range(first, first + cases)))

    def _case(self, opener: str | None) -> m.Case:
        return m.Case(
            brand_id=self._brand_id,
            number="",
            consumer_id="",
            opener_id=opener,
            opener_name="Renata Solberg",
            topic=m.CaseTopic.PAYMENT,
            subject="A payment was taken twice",
            description="My statement shows the same payment on two days.",
            created_at=NOW,
            changed_at=NOW,
        )

    def _moment(self) -> m.CaseMoment:
        return m.CaseMoment(case_id="", at=NOW, what="opened", by_name="Renata Solberg")

    def _talk(self, place: int, customer: Customer) -> None:
        pattern = m.Message(
            owner_type="case",
            owner_id=_id(_CASE, place),
            at=NOW,
            author_id=customer.user_id,
            person_id=customer.person_id,
            by_name=customer.name,
            body="Is there any news about this? The second payment is still on my statement.",
        )
        ours = {"author_id": self._staff_id, "by_staff": True, "by_name": "Dana Okafor"}
        self._bulk.add_many(
            pattern,
            (
                {
                    "id": _id(_MESSAGE, place * 1_000 + n),
                    # Long ago: nobody writes more than so much in an hour.
                    "at": _text(60 * (n - SAID)),
                    **(ours | {"person_id": None} if n % 2 else {}),
                }
                for n in range(SAID)
            ),
        )


def _id(kind: str, number: int) -> str:
    return f"{kind}-0000-7000-8000-{number:012x}"


def _text(minutes: int) -> str:
    return (NOW + timedelta(minutes=minutes)).strftime("%Y-%m-%d %H:%M:%S.%f")


def _dated(first: int, cases: int, about: Sequence[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """The newest first, half an hour apart; the newest is open, of the others most are closed."""
    for n in range(cases):
        home, person = about[n % len(about)]
        when = _text(-30 * n)
        yield {
            "id": _id(_CASE, first + n),
            "number": number_of(first + n),
            "household_id": home or None,
            "consumer_id": person,
            "state": _STATES[(n + 7) % len(_STATES)].value,
            "created_at": when,
            "changed_at": when,
        }


def _opened(places: Iterable[int]) -> Iterator[dict[str, Any]]:
    for place in places:
        yield {"id": _id(_MOMENT, place), "case_id": _id(_CASE, place)}
