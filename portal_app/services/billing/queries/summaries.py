"""What a customer sees first."""

from datetime import timedelta

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.services import contracts
from portal_app.services.billing import rules
from portal_app.services.billing.policy import require_account
from portal_app.services.billing.queries.figures import standing, totals
from portal_app.services.billing.queries.movements import last_payment, newest_movements
from portal_app.services.billing.queries.statements import statement_rows
from portal_app.services.billing.views import AccountSummary
from portal_app.services.transaction import reading

RECENT_STATEMENTS = 3
RECENT_MOVEMENTS = 5


def account_summary(actor: Actor, *, account: str) -> AccountSummary:
    """Return how an account stands today (S3-02, S3-19); raises NotFound to a stranger."""
    with reading() as session:
        found = require_account(session, actor, account)
        today = clock.today(found.timezone)
        month_end = rules.month_end_before(today + timedelta(days=1))
        sums = totals(session, found.id, until=today, since=month_end + timedelta(days=1))
        return AccountSummary(
            account=contracts.AccountChoice.of(found),
            standing=standing(session, found, as_of=today, sums=sums),
            last_payment=last_payment(session, found, until=today),
            statements=statement_rows(
                session, found, until=month_end, balance=sums.opening, size=RECENT_STATEMENTS
            ),
            movements=tuple(
                newest_movements(
                    session,
                    found,
                    until=today,
                    since=None,
                    balance=sums.balance,
                    most=RECENT_MOVEMENTS,
                )
            ),
        )
