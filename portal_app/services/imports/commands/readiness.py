"""Whether accounts that a feed changed may still use the portal."""

from collections.abc import Iterator, Sequence

from sqlmodel import col, select

from portal_app.models import Account
from portal_app.services import access
from portal_app.services.imports.commands import runs
from portal_app.services.imports.commands.work import Work
from portal_app.services.transaction import reading, transaction

_SIZE = 200


def look_again(work: Work, *, at_all: bool) -> None:
    """Decide the access of every account that this run touched.

    `at_all` looks at every account of the brand: an import that was cut off wrote rows without
    coming to this step, and those rows are unchanged now.
    """
    for account_ids in _all_accounts(work) if at_all else work.scratch.touched(_SIZE):
        with transaction(work.actor) as tx:
            access.evaluate(tx, *account_ids)
            # Who has bought something is written to once what was imported counts (S0-07).
            key = f"greet:{work.run_id}:{account_ids[0]}"
            tx.enqueue("greet_holders", key=key, brand=work.brand_id)
            runs.beat(tx, work.run_id, work.tally)


def _all_accounts(work: Work) -> Iterator[Sequence[str]]:
    after = ""
    query = select(Account.id).where(col(Account.brand_id) == work.brand_id)
    while True:
        with reading() as session:
            later = query.where(col(Account.id) > after).order_by(col(Account.id)).limit(_SIZE)
            account_ids = session.exec(later).all()
        if not account_ids:
            return
        yield account_ids
        after = account_ids[-1]
