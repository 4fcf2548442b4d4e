"""One application, for staff: the facts, who is party, and how far the forms are."""

from dataclasses import replace

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.money import Money
from portal_app.core.settings import settings
from portal_app.models import (
    Account,
    Application,
    ApplicationParty,
    Asset,
    FormKind,
    FormTemplate,
    Invitation,
    Person,
    ShareState,
)
from portal_app.services import forms, invitations
from portal_app.services.applications import policy
from portal_app.services.applications.queries.answers import Book, book_of, parties_of
from portal_app.services.applications.queries.links import facts_of, letters_of, newest_links
from portal_app.services.applications.rules.needs import unmet
from portal_app.services.applications.rules.words import ORDER, ROLES, kind_words
from portal_app.services.applications.views import (
    ApplicationDesk,
    Finance,
    FormLine,
    PartyLine,
    Vehicle,
)
from portal_app.services.transaction import reading

AMOUNTS = (
    ("total_cash_price", "Total cash price"),
    ("deposit", "Deposit"),
    ("part_exchange", "Part exchange"),
    ("cash", "Cash"),
    ("settlement", "Settlement"),
    ("balance_to_finance", "Balance to finance"),
    ("registration_fee", "Registration fee"),
    ("balloon", "Balloon"),
)


def application_desk(actor: Actor, *, number: str) -> ApplicationDesk:
    """Return one application with everything that staff need to work on it (S2-11)."""
    with reading() as session:
        found = policy.require_for_staff(session, actor, number)
        account = session.get(Account, found.account_id) if found.account_id else None
        return ApplicationDesk(
            id=found.id,
            number=found.number,
            kind=kind_words(found.kind),
            stage=found.stage,
            account_number=account.number if account else "",
            account_name=account.name if account else "",
            introduced_on=found.introduced_on,
            is_ended=found.ended_at is not None,
            sharing=found.sharing_mode,
            submitted_at=found.submitted_at,
            submitted_by=found.submitted_by_name,
            zone=zone_of(account),
            vehicle=vehicle_of(session, found),
            finance=finance_of(found),
            parties=party_lines(session, found),
            forms=form_lines(session, found),
        )


def zone_of(account: Account | None) -> str:
    """Return the time zone in which staff read what happened to an application."""
    return account.timezone if account else settings().timezone


def vehicle_of(session: Session, application: Application) -> Vehicle | None:
    """Return what an application is about, None where nothing is named."""
    asset = session.get(Asset, application.asset_id) if application.asset_id else None
    if asset is None:
        return None
    return Vehicle(
        title=" ".join(part for part in (asset.make, asset.model) if part) or asset.description,
        variant=asset.variant,
        fuel=asset.fuel,
        colour=asset.colour,
        doors=asset.doors,
        transmission=asset.transmission,
        engine_size=asset.engine_size,
        mileage=asset.mileage,
        registration=asset.registration,
    )


def finance_of(application: Application) -> Finance:
    """Return the terms of an application; amounts that nobody has said are left out."""
    kept = ((words, getattr(application, f"{name}_minor")) for name, words in AMOUNTS)
    amounts = tuple(
        (words, Money(amount, application.currency)) for words, amount in kept if amount is not None
    )
    return Finance(
        application.finance_type, application.rate_milli, application.term_months, amounts
    )


def party_lines(session: Session, application: Application) -> tuple[PartyLine, ...]:
    """Return the parties in the order of their roles, with their newest link; who left last."""
    found = session.exec(
        select(ApplicationParty, Person)
        .join(Person, col(Person.id) == col(ApplicationParty.person_id))
        .where(col(ApplicationParty.application_id) == application.id)
        .order_by(col(ApplicationParty.id))
    ).all()
    links = newest_links(session, application)
    letters = letters_of(session, links.values())
    ordered = sorted(found, key=lambda row: (row[0].ended_at is not None, ORDER[row[0].role]))
    return tuple(
        _party(application, party, person, links.get(person.id), letters)
        for party, person in ordered
    )


def _party(
    application: Application,
    party: ApplicationParty,
    person: Person,
    link: Invitation | None,
    letters: dict[str, str],
) -> PartyLine:
    line = PartyLine(
        id=party.id,
        person_id=person.id,
        name=person.name,
        role=party.role,
        role_words=ROLES[party.role],
        email=person.email,
        mobile=person.mobile_e164,
        missing=unmet(facts_of(application, party, person)),
        is_enabled=party.portal_enabled,
        is_ended=party.ended_at is not None,
    )
    if link is None:
        return line
    sent = letters.get(link.id)
    return replace(
        line,
        link=invitations.state_at(link.state, link.expires_at, clock.now()).value,
        method=link.method.value,
        sent=sent or "",
        issued_at=link.issued_at,
        expires_at=link.expires_at,
        last_in_at=link.activated_at,
        asked_at=link.renewal_asked_at,
    )


def form_lines(session: Session, application: Application) -> tuple[FormLine, ...]:
    """Return every form that is or could be shared: sections, then questionnaires."""
    book = book_of(session, application, hidden=True)
    parties = policy.parties_answering(session, application)
    shared = {one.share.template_key: one for one in book.forms}
    lines = [_form_line(book, key, parties) for key in shared]
    others = (one for one in forms.in_use(session, application.brand_id) if one.key not in shared)
    return tuple(
        sorted((*lines, *(_unshared(one) for one in others)), key=lambda one: not one.is_section)
    )


def _form_line(book: Book, key: str, parties: list[ApplicationParty]) -> FormLine:
    shared = next(one for one in book.forms if one.share.template_key == key)
    figures = [book.progress(shared, party) for party in parties_of(shared, parties)]
    return FormLine(
        key=key,
        title=shared.template.title,
        is_section=shared.template.kind is FormKind.SECTION,
        is_shared=shared.share.state is not ShareState.HIDDEN,
        state=shared.share.state,
        done=sum(done for done, _ in figures),
        asked=sum(asked for _, asked in figures),
    )


def _unshared(template: FormTemplate) -> FormLine:
    is_section = template.kind is FormKind.SECTION
    return FormLine(template.key, template.title, is_section, is_shared=False, state=None)
