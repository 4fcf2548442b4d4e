"""Finding a customer by whatever a caller can name: S0-10."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.models import Account, AccountContact, Asset, Contract, Person
from portal_app.services import contact_details, phones
from portal_app.services.access.views import Match

_VIN_LENGTH = 17
_ESCAPE = "\\"


def matching(session: Session, brand_id: str, words: str) -> ColumnElement[bool]:
    """Return the condition on `Account` for those that these words find.

    They may be a piece of the account's name, the beginning of its number, its phone or email, the
    name, phone (in any format) or email of a contact or of a contract's holder, the whole number of
    a contract, or a vehicle's VIN.
    """
    numbers = phones.readings(session, brand_id, words)
    conditions: list[ColumnElement[bool]] = [
        col(Account.name).ilike(f"%{_literally(words)}%", escape=_ESCAPE),
        col(Account.number).ilike(f"{_literally(words)}%", escape=_ESCAPE),
        col(Account.id).in_(_contracts(brand_id, words)),
    ]
    if numbers:
        conditions.append(col(Account.main_phone_e164).in_(numbers))
    if "@" in words:
        conditions.append(func.lower(col(Account.email)) == contact_details.email(words))
    contacts = (
        select(AccountContact.account_id)
        .join(Person, col(Person.id) == AccountContact.person_id)
        .where(_is_person(brand_id, words, numbers), col(AccountContact.ended_at).is_(None))
    )
    holders = (
        select(Contract.account_id)
        .join(Person, col(Person.id) == Contract.holder_id)
        .where(_is_person(brand_id, words, numbers), col(Contract.ended_at).is_(None))
    )
    conditions += [col(Account.id).in_(contacts), col(Account.id).in_(holders)]
    return or_(*conditions)


def matches(session: Session, accounts: Sequence[Account], words: str) -> dict[str, Match]:
    """Return by what each account was found, where that is not its own name or number."""
    if not words or not accounts:
        return {}
    ids, brand_id = [account.id for account in accounts], accounts[0].brand_id
    numbers = phones.readings(session, brand_id, words)
    found: dict[str, Match] = {}
    contacts = (
        select(AccountContact.account_id, Person)
        .join(Person, col(Person.id) == AccountContact.person_id)
        .where(col(AccountContact.account_id).in_(ids), _is_person(brand_id, words, numbers))
        .where(col(AccountContact.ended_at).is_(None))
    )
    holders = (
        select(Contract.account_id, Person)
        .join(Person, col(Person.id) == Contract.holder_id)
        .where(col(Contract.account_id).in_(ids), _is_person(brand_id, words, numbers))
        .where(col(Contract.ended_at).is_(None))
        .distinct()
    )
    for account_id, person in (*session.exec(holders), *session.exec(contacts)):
        found[account_id] = Match(person.name, person.id)
    named = session.exec(
        select(Contract).where(col(Contract.account_id).in_(ids), _is_contract(brand_id, words))
    )
    for contract in named:
        is_by_number = contract.number.upper() == words.upper()
        what = "Contract" if is_by_number else f"VIN {_vin(words)}, contract"
        found[contract.account_id] = Match(f"{what} {contract.number}", contract.holder_id or "")
    return found


def _contracts(brand_id: str, words: str) -> SelectOfScalar[str]:
    return select(Contract.account_id).where(_is_contract(brand_id, words))


def _is_contract(brand_id: str, words: str) -> ColumnElement[bool]:
    spellings = {words, words.upper(), words.lower()}
    named = col(Contract.number).in_(spellings)
    vin = _vin(words)
    of_brand = and_(col(Contract.brand_id) == brand_id, col(Contract.ended_at).is_(None))
    if not vin:
        return and_(of_brand, named)
    vehicles = select(Asset.id).where(Asset.brand_id == brand_id, Asset.vin == vin)
    return and_(of_brand, or_(named, col(Contract.asset_id).in_(vehicles)))


def _is_person(brand_id: str, words: str, numbers: tuple[str, ...]) -> ColumnElement[bool]:
    of_brand = and_(col(Person.brand_id) == brand_id, col(Person.ended_at).is_(None))
    if "@" in words:
        return and_(of_brand, func.lower(col(Person.email)) == contact_details.email(words))
    if numbers:
        phone = or_(col(Person.mobile_e164).in_(numbers), col(Person.phone_e164).in_(numbers))
        return and_(of_brand, phone)
    named = [
        or_(
            col(Person.given_name).icontains(word, autoescape=True),
            col(Person.family_name).icontains(word, autoescape=True),
        )
        for word in words.split()
    ]
    return and_(of_brand, *named)


def _vin(words: str) -> str:
    joined = "".join(words.replace("-", " ").split()).upper()
    return joined if len(joined) == _VIN_LENGTH and joined.isalnum() else ""


def _literally(words: str) -> str:
    for special in (_ESCAPE, "%", "_"):
        words = words.replace(special, _ESCAPE + special)
    return words
