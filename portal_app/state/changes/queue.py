"""State behind the staff's queue of changes and the sheet of one of them."""

from typing import Any, ClassVar

import reflex as rx

from portal_app.services import changes
from portal_app.state.access import staff
from portal_app.state.base import PortalState
from portal_app.state.changes.queue_views import PATH, ChangeCounts, ChangeRow, ChangeSheet
from portal_app.state.changes.words import KINDS
from portal_app.state.listing import Page
from portal_app.state.queueing import QueueMixin

_TOLD = {
    changes.ChangeState.PENDING_REVIEW: "Done. The next step follows.",
    changes.ChangeState.APPLIED: "Approved and in force. The customer has been told.",
    changes.ChangeState.APPLY_FAILED: "Approved, but it could not be applied. Look why below.",
}


class ChangeQueueState(QueueMixin, PortalState):
    """The changes of the brand: saved views, search, and one open in a sheet."""

    rows: list[ChangeRow] = []
    counts: ChangeCounts = ChangeCounts()
    sheet: ChangeSheet = ChangeSheet()
    _noun = ("change",)
    _views: ClassVar = tuple(view.value for view in changes.QueueView)
    _kinds: ClassVar = tuple(kind for kind, _ in KINDS)
    _path: ClassVar = PATH
    _topic: ClassVar = "changes"
    _closed: ClassVar = ChangeSheet()

    @rx.event
    @staff
    async def approve(self, form: dict[str, Any]):
        """Take the next step; the last one puts the change in force."""
        await self._decide(changes.approve, form, "note", version=self._version(form))

    @rx.event
    @staff
    async def reject(self, form: dict[str, Any]):
        """Refuse the change, saying why."""
        await self._decide(changes.reject, form, "reason", version=self._version(form))

    @rx.event
    @staff
    async def retry(self, form: dict[str, Any]):
        """Try once more to apply what could not be applied."""
        await self._decide(changes.retry, form)

    async def _decide(self, command: Any, form: Any, *fields: str, **given: Any) -> None:
        """Carry out one decision about the change that the form names."""
        with self._reporting():
            state = await self._ask(command, **self._entered(form, *fields), **given)
            await self._show_outcome(_TOLD.get(state, "Rejected. The customer reads your reason."))

    async def _sheet(self, number: str) -> ChangeSheet:
        return ChangeSheet.of(await self._ask(changes.queue_item, number=number))

    async def _page(self, after: str) -> Page:
        page = await self._ask(
            changes.queue, view=self.view, search=self.search, kind=self.kind, after=after
        )
        self.counts = ChangeCounts.of(page)
        return Page([ChangeRow.of(row) for row in page.rows], page.after)
