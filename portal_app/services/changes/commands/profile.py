"""The kinds of change of a person's own details, carried out by whoever owns people."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from portal_app.models import ChangePolicy, ChangeRequest
from portal_app.services import identity, wording
from portal_app.services.changes.rules import profile
from portal_app.services.changes.rules.kinds import ChangeField, Kind, Subject, register
from portal_app.services.transaction import Transaction

PERSON = "person"
_AT_ONCE = (ChangePolicy.AUTO, ChangePolicy.REVIEW)
_REVIEWED = (ChangePolicy.REVIEW, ChangePolicy.AUTO)
# Both ask for proof that the address or number is theirs; the second waits for staff as well.
_PROVED = (ChangePolicy.PROOF, ChangePolicy.REVIEW)


@dataclass(frozen=True, slots=True)
class Own:
    """A kind of change that people ask for about themselves.

    `channel` is how it is proved that an address or a number is theirs, "" where nothing is.
    """

    kind: Kind
    read: profile.Reader
    channel: str = ""


OWN: dict[str, Own] = {}


def _held_by(fields: tuple[ChangeField, ...]) -> Callable[[Session, str], Subject | None]:
    def held(session: Session, person_id: str) -> Subject | None:
        person = identity.person_held(session, person_id)
        if person is None:
            return None
        values = {one.name: str(getattr(person, one.held_in)) for one in fields}
        return Subject(person.name, person.external_id, values)

    return held


def _applied_to(fields: tuple[ChangeField, ...]) -> Callable[[Transaction, ChangeRequest], None]:
    columns = {one.name: one.held_in for one in fields}

    def apply(tx: Transaction, request: ChangeRequest) -> None:
        values = {columns[name]: str(value) for name, value in request.after.items()}
        identity.change_person(tx, request.subject_id, values=values)

    return apply


def _move_email(tx: Transaction, request: ChangeRequest) -> None:
    identity.move_email(tx, request.subject_id, email=str(request.after["email"]))


def _move_mobile(tx: Transaction, request: ChangeRequest) -> None:
    identity.move_mobile(tx, request.subject_id, mobile=str(request.after["mobile"]))


def _own(
    key: str,
    title: str,
    *fields: ChangeField,
    policies: tuple[ChangePolicy, ...],
    read: profile.Reader,
    apply: Callable[[Transaction, ChangeRequest], None] | None = None,
    channel: str = "",
) -> None:
    kind = Kind(
        key=key,
        title=title,
        event=f"person.{key}_changed",
        subject_type=PERSON,
        fields=fields,
        policies=policies,
        held=_held_by(fields),
        apply=apply or _applied_to(fields),
    )
    OWN[key] = Own(register(kind), read, channel)


_own(
    "name",
    "Name",
    ChangeField("given_name", "First name"),
    ChangeField("family_name", "Last name"),
    policies=_REVIEWED,
    read=profile.read_name,
)
_own(
    "address",
    "Address",
    ChangeField("address_line1", "Street and number"),
    ChangeField("address_line2", "Apartment or unit"),
    ChangeField("city", "Town or city"),
    ChangeField("region", "State or region"),
    ChangeField("postal_code", "ZIP or postal code"),
    ChangeField("country", "Country", show=wording.country),
    policies=_AT_ONCE,
    read=profile.read_address,
)
_own(
    "email",
    "Email address",
    ChangeField("email", "Email address"),
    policies=_PROVED,
    read=profile.read_email,
    apply=_move_email,
    channel="email",
)
_own(
    "phone",
    "Mobile number",
    ChangeField("mobile", "Mobile number", column="mobile_e164", show=profile.phone),
    policies=_PROVED,
    read=profile.read_mobile,
    apply=_move_mobile,
    channel="text",
)
_own(
    "language",
    "Language",
    ChangeField("locale", "Language", show=profile.language),
    policies=_AT_ONCE,
    read=profile.read_language,
)
