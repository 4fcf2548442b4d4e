"""State behind a proposal as its applicant reads it (S4-14)."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

import reflex as rx

from portal_app.services import consents, proposals
from portal_app.state.access import party
from portal_app.state.applications.words import PATH
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.consents.words import WayRow
from portal_app.state.files import FileRow, UploadRules
from portal_app.state.paragraphs import Paragraph, paragraphs
from portal_app.state.proposals.words import AskedRow, FieldRow
from portal_app.state.talk import Talk

MESSAGE, DOCUMENTS = "message", "documents"


@dataclass(frozen=True)
class ProposalView:
    """A proposal in words; empty until loaded. What its brand does not show is not in it."""

    number: str = ""
    href: str = ""
    key: str = ""
    draft: str = ""
    placeholder: str = ""
    introduction: list[Paragraph] = field(default_factory=list)
    privacy: list[Paragraph] = field(default_factory=list)
    customer: list[FieldRow] = field(default_factory=list)
    vehicle: list[FieldRow] = field(default_factory=list)
    finance: list[FieldRow] = field(default_factory=list)
    ways: list[WayRow] = field(default_factory=list)
    files: list[FileRow] = field(default_factory=list)
    asked: list[AskedRow] = field(default_factory=list)
    said: list[Talk] = field(default_factory=list)
    rules: UploadRules = field(default_factory=UploadRules)

    @classmethod
    def of(
        cls, found: proposals.Proposal, own: consents.Preferences, key: str, *, has_sign_in: bool
    ) -> "ProposalView":
        """Format everything that the page shows."""
        customer = [FieldRow.of(one, is_own=found.is_own and has_sign_in) for one in found.customer]
        return cls(
            number=found.number,
            href=f"{PATH}/{found.number}",
            key=key,
            draft=f"message:{own.person_id[-8:]}:{found.number}",
            placeholder=found.placeholder,
            introduction=paragraphs(found.introduction),
            privacy=paragraphs(found.privacy),
            customer=customer,
            vehicle=[FieldRow.of(one) for one in found.vehicle],
            finance=[FieldRow.of(one) for one in found.finance],
            ways=[WayRow.of(one, own.zone) for one in own.ways],
            files=[FileRow.of(one, found.zone) for one in found.files],
            asked=[AskedRow.of(one) for one in found.asked],
            said=[Talk.of(one, found.zone) for one in found.said],
            rules=UploadRules.of(proposals.DOCUMENT),
        )


class ProposalState(FormMixin, PortalState):
    """One proposal, followed live: its data, its documents, its messages."""

    # The forms on the same page are followed by a state of their own.
    _part: ClassVar[str] = "proposal"
    proposal: ProposalView = ProposalView()
    older: list[Talk] = []
    earlier: str = ""
    dialog: str = ""
    # The last message that was sent: what the browser keeps of it is needed no more.
    sent: str = ""
    # What the documents that are about to be sent prove.
    label: str = ""
    is_loaded: bool = False
    _begins_at: str = ""

    @rx.event
    @party
    async def load(self):
        """Show the proposal whose number stands in the address."""
        self.proposal, self.older, self.is_loaded = ProposalView(), [], False
        self.dialog, self.label, self.sent = "", "", ""
        self.earlier, self._begins_at = "", ""
        self.problem, self.field_problems = "", {}
        with self._opening():
            await self._refresh(self._param("number"), load_key())

    @rx.event
    @party
    async def refresh(self):
        """Follow what staff do and write; what is being typed stays."""
        with self._opening():
            await self._refresh(self.proposal.number, self.proposal.key)
        if self.notice.title:
            self.proposal, self.older, self.dialog = ProposalView(), [], ""

    @rx.event
    @party
    async def open(self, dialog: str):
        """Open a dialog: for a message, or for documents."""
        self.dialog = dialog if dialog in {MESSAGE, DOCUMENTS} else ""
        self.problem, self.field_problems = "", {}

    @rx.event
    @party
    async def close(self, is_open: bool):  # noqa: FBT001 - the dialog says what it becomes
        """Put the dialog away."""
        self.dialog = self.dialog if is_open else ""

    @rx.event
    @party
    async def send(self, form: dict[str, Any]):
        """Send a message: it stands in the log at once, and the dialog closes (S4-25)."""
        with self._reporting():
            given = {name: self._text(form, name) for name in ("words", "key")}
            number = self._text(form, "number")
            await self._ask(proposals.send_message, number=number, **given)
            self.dialog, self.sent = "", given["words"]
            await self._refresh(number, load_key())
            self._say("Your message is sent. We answer here.")

    @rx.event
    @party
    async def choose(self, label: str):
        """Say what the documents prove that are sent next."""
        self.label = label if label in proposals.LABELS else ""

    @rx.event
    @party
    async def all_sent(self):
        """Close the dialog: every document that was chosen has arrived (S4-23)."""
        self.dialog, self.label = "", ""
        self._say("Everything is sent. We check it, and then it appears under your documents.")

    @rx.event
    @party
    async def agree(self, channel: str, key: str):
        """Agree to news by one channel."""
        await self._choose(channel, key, given=True)

    @rx.event
    @party
    async def withdraw(self, channel: str, key: str):
        """Take an agreement back."""
        await self._choose(channel, key, given=False)

    @rx.event
    @party
    async def show_earlier(self):
        """Show what was said before."""
        with self._opening():
            if self.earlier:
                found = await self._ask(
                    proposals.proposal, number=self.proposal.number, before=self.earlier
                )
                said = [Talk.of(one, found.zone) for one in found.said]
                self.older, self.earlier = [*said, *self.older], found.earlier

    async def _choose(self, channel: str, key: str, *, given: bool) -> None:
        with self._reporting():
            await self._ask(consents.choose, channel=channel, given=given, key=key)
            await self._refresh(self.proposal.number, self.proposal.key)
            self._say("Saved. Your receipt stands beside it.")

    async def _refresh(self, number: str, key: str) -> None:
        found = await self._ask(proposals.proposal, number=number)
        own = await self._ask(consents.preferences)
        has_sign_in = self._actor.is_consumer
        self.proposal = ProposalView.of(found, own, key, has_sign_in=has_sign_in)
        self.is_loaded = True
        if found.earlier != self._begins_at:
            self.older, self.earlier, self._begins_at = [], found.earlier, found.earlier
        self._watch(ProposalState.refresh, *found.topics, f"consent:{own.person_id}")
