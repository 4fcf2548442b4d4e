"""Whether the portal can do its work."""

from sqlmodel import select

from portal_app.services.transaction import reading


def check() -> None:
    """Raise what the database raises when it does not answer."""
    with reading() as session:
        session.exec(select(1)).one()
