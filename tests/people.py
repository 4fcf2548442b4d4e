"""People as browsers: sessions made in the server's own database, without typing a password."""

from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.models import database
from portal_app.services import identity
from portal_app.services.identity.commands.step_up import LASTS
from portal_app.services.transaction import transaction


@dataclass(frozen=True)
class SignedIn:
    """A browser of somebody's, and who it is."""

    cookie: str
    user_id: str
    session_id: str


@contextmanager
def database_at(url: str):
    """Use another database than the test's own inside the block."""
    engine = database.build_engine(url)
    before = database.engine, database.writing_engine
    writing = engine.execution_options(begin="BEGIN IMMEDIATE")
    database.engine, database.writing_engine = (lambda: engine), (lambda: writing)
    try:
        yield engine
    finally:
        database.engine, database.writing_engine = before
        engine.dispose()


def sign_in(url: str, user_id: str, *, is_sure: bool = False) -> SignedIn:
    """Open a full session for a user in the database at `url`, as after every factor.

    `is_sure`: they have just proved once more who they are.
    """
    with database_at(url), transaction(Actor.system("tests")) as tx:
        user = tx.session.get_one(m.PortalUser, user_id)
        made, token = identity.open_session(
            tx,
            brand_id=user.brand_id,
            user_id=user.id,
            stage=m.SessionStage.FULL,
            factors=2,
            account_id=_account_of(tx.session, user),
        )
        if is_sure:
            made.stepped_up_until = clock.now() + LASTS
        return SignedIn(token, user.id, made.id)


def _account_of(session: Session, user: m.PortalUser) -> str | None:
    if user.person_id is None:
        return None
    contact = select(m.AccountContact).where(m.AccountContact.person_id == user.person_id)
    found = session.exec(contact.order_by(col(m.AccountContact.id))).first()
    return found.account_id if found else None


def user_called(url: str, given_name: str, family_name: str) -> str:
    """Return the id of a person's sign-in."""
    with database_at(url) as engine, Session(engine) as session:
        where = (m.Person.given_name == given_name, m.Person.family_name == family_name)
        users = select(m.PortalUser.id).join(m.Person, col(m.Person.id) == m.PortalUser.person_id)
        return session.exec(users.where(*where)).one()


def staff_with(url: str, role: str) -> str:
    """Return the id of the sign-in of a member of staff of the first brand with this role."""
    with database_at(url) as engine, Session(engine) as session:
        return (
            session.exec(
                select(m.StaffUser.user_id).where(m.StaffUser.role == role).order_by(m.StaffUser.id)
            ).first()
            or ""
        )
