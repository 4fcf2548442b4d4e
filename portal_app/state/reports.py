"""State behind the report on what customers do by themselves (S3-26)."""

from dataclasses import dataclass

import reflex as rx

from portal_app.services import reports
from portal_app.services.reports import SelfServiceMonth
from portal_app.state.access import manager
from portal_app.state.base import PortalState
from portal_app.state.formats import long_month


@dataclass(frozen=True)
class MonthRow:
    """One month in figures."""

    month: str
    registrations: str
    sign_ins: str
    off_rents: str
    changes: str
    statements: str
    documents: str


@dataclass(frozen=True)
class ReportsView:
    """The figures of the year."""

    calls_saved: str = ""
    sign_ins: str = ""
    registrations: str = ""


class ReportsState(PortalState):
    """What customers did without a telephone, month by month."""

    view: ReportsView = ReportsView()
    rows: list[MonthRow] = []
    is_loaded: bool = False

    @rx.event
    @manager
    async def load(self):
        """Fill the page."""
        self.view, self.rows, self.is_loaded = ReportsView(), [], False
        with self._opening():
            found = await self._ask(reports.self_service)
            self.rows = [_row(month) for month in found.months]
            total = found.total
            self.view = ReportsView(
                f"{total.calls_saved:,}", f"{total.sign_ins:,}", f"{total.registrations:,}"
            )
            self.is_loaded = True


def _row(one: SelfServiceMonth) -> MonthRow:
    names = ("registrations", "sign_ins", "off_rents", "changes", "statements", "documents")
    figures = {name: f"{getattr(one, name):,}" for name in names}
    return MonthRow(long_month(one.month), **figures)
