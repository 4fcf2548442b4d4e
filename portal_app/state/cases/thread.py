"""State behind one case: its conversation, what happens next, and what the reader may do."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from portal_app.services import cases
from portal_app.state.access import consumer
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.cases.words import PATH, Fact, Talk, facts, link_of, renamed, talk
from portal_app.state.files import FileRow, UploadRules
from portal_app.state.formats import day
from portal_app.state.identity.contexts import ContextMixin

READ_ONLY = "You can read this case. Whoever it is about, and the head of the household, can reply."


@dataclass(frozen=True)
class Other:
    """Another case to which this one leads."""

    what: str
    href: str
    words: str


@dataclass(frozen=True)
class ThreadView:
    """One case as its page shows it; empty until loaded."""

    number: str = ""
    title: str = ""
    sub: str = ""
    status: str = ""
    tone: str = "neutral"
    next: str = ""
    key: str = ""
    solution: str = ""
    note: str = ""
    may_comment: bool = False
    may_answer: bool = False
    may_close: bool = False
    may_follow_up: bool = False
    may_rate: bool = False
    may_attach: bool = False
    rules: UploadRules = field(default_factory=UploadRules)
    files: list[FileRow] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    said: list[Talk] = field(default_factory=list)
    earlier: str = ""

    @classmethod
    def of(cls, thread: cases.CaseThread, key: str, reader: str) -> "ThreadView":
        """Format a case for its page; `reader` is the person who reads it."""
        row, moves = thread.row, thread.moves
        is_closed = row.state is cases.CaseState.CLOSED
        return cls(
            number=row.number,
            title=row.subject,
            sub=f"Case {row.number}{_on_behalf(thread, reader)}",
            status=row.look.label,
            tone=row.look.tone,
            next=_next(thread),
            key=key,
            solution=thread.outcome.notes if cases.Move.ACCEPT_SOLUTION in moves else "",
            others=_others(thread),
            note=_note(thread),
            may_comment=cases.Move.COMMENT in moves,
            may_answer=cases.Move.ACCEPT_SOLUTION in moves,
            may_close=cases.Move.CLOSE in moves,
            may_follow_up=is_closed and thread.may_act and not thread.merged_into,
            may_rate=thread.outcome.may_rate,
            may_attach=thread.may_attach,
            rules=UploadRules.of(cases.ATTACHMENT),
            files=[FileRow.of(one, thread.zone) for one in thread.files],
            facts=facts(thread),
            said=talk(thread),
            earlier=thread.earlier,
        )


def _others(thread: cases.CaseThread) -> list[Other]:
    around = (
        ("This follows up", thread.follow_up_of),
        ("It goes on in", thread.merged_into),
        ("Followed up by", thread.follow_ups[-1] if thread.follow_ups else None),
    )
    return [Other(what, *link_of(link)) for what, link in around if link]


def _note(thread: cases.CaseThread) -> str:
    if not thread.may_act:
        return READ_ONLY
    return f"You gave {thread.outcome.rating} of 5." if thread.outcome.rating else ""


def _on_behalf(thread: cases.CaseThread, reader: str) -> str:
    """Say for whom somebody writes here, unless it is their own case (S1-20)."""
    row = thread.row
    is_for_another = thread.may_act and row.consumer_id != reader
    return f" · you are acting for {row.consumer_name}" if is_for_another else ""


def _next(thread: cases.CaseThread) -> str:
    """Say what happens next, and by when it does so by itself."""
    if thread.merged_into:
        return f"This is about the same as case {thread.merged_into.number}, and goes on there."
    closes = thread.outcome.closes_at
    if closes is None:
        return thread.row.look.next
    until = day(closes.date())
    return f"{thread.row.look.next} Without an answer it counts as accepted on {until}."


class CaseState(FormMixin, ContextMixin, PortalState):
    """One case, followed live."""

    case: ThreadView = ThreadView()
    older: list[Talk] = []
    earlier: str = ""
    is_sent: bool = False
    _begins_at: str = ""
    is_loaded: bool = False
    # Fresh whenever staff begin to write; shown for a while, until their answer is there.
    replying: str = ""

    @rx.event
    @consumer
    async def load(self):
        """Fill the page for the case in the address; `sent` says that it was just opened."""
        self.case, self.older, self.is_loaded = ThreadView(), [], False
        self.problem, self.field_problems, self.earlier, self._begins_at = "", {}, "", ""
        self.is_sent, self.replying = self._param("sent") == "yes", ""
        with self._opening():
            thread = await self._refresh(self._param("number"), load_key())
            await self._act_for(thread.row.consumer_id, thread.row.household_id)

    @rx.event
    @consumer
    async def refresh(self):
        """Follow what others write and do."""
        before = self.case.status
        with self._opening():
            await self._refresh(self.case.number, self.case.key)
        if self.notice.title:
            # What one may not see any more is not kept, nor heard of.
            self.case, self.older = ThreadView(), []
            self._watch(CaseState.hear_reply, part="presence")
        elif before and self.case.status != before:
            self._say(f"{self.case.status}. {self.case.next}")

    @rx.event
    @consumer
    async def hear_reply(self):
        """Say that our team writes an answer."""
        self.replying = load_key() if self.case.number else ""

    @rx.event
    @consumer
    async def show_earlier(self):
        """Show what was said before."""
        with self._opening():
            if self.earlier:
                found = await self._ask(
                    cases.case_thread, number=self.case.number, before=self.earlier
                )
                self.older, self.earlier = [*talk(found), *self.older], found.earlier

    @rx.event
    @consumer
    async def comment(self, form: dict[str, Any]):
        """Write into the case."""
        await self._do(cases.add_comment, form, "Sent.", "words")

    @rx.event
    @consumer
    async def accept(self, form: dict[str, Any]):
        """Accept the solution: the case is closed."""
        await self._do(cases.accept_solution, form, "Thank you. The case is closed.")

    @rx.event
    @consumer
    async def reject(self, form: dict[str, Any]):
        """Reject the solution, saying why."""
        await self._do(cases.reject_solution, form, "We look at it again.", "reason")

    @rx.event
    @consumer
    async def close(self, number: str, key: str):
        """Close the case."""
        await self._do(cases.close_case, {"number": number, "key": key}, "The case is closed.")

    @rx.event
    @consumer
    async def rate(self, form: dict[str, Any]):
        """Say how it went."""
        given = self._entered(form, "rating") | {"words": self._text(form, "rating_words")}
        with self._reporting():
            with renamed("words", "rating_words"):
                number = await self._ask(cases.rate, **given)
            await self._refresh(number, load_key())
            self._say("Thank you for telling us.")

    @rx.event
    @consumer
    async def follow_up(self, form: dict[str, Any]):
        """Open a case that goes on from this one."""
        with self._reporting():
            number = await self._ask(cases.follow_up, **self._entered(form, "words"))
            return self._go(f"{PATH}/{number}?sent=yes")
        return None

    async def _do(self, command: Any, form: Any, told: str, *fields: str) -> None:
        """Carry out one thing; where somebody was faster, show what they did as well."""
        with self._reporting():
            number = await self._ask(command, **self._entered(form, *fields))
            await self._refresh(number, load_key())
            self._say(told)
        if self.problem:
            with self._opening():  # what was typed stays: the key does
                await self._refresh(self._entered(form)["number"], self.case.key or load_key())

    def _entered(self, form: Any, *fields: str) -> dict[str, str]:
        return {name: self._text(form, name) for name in ("number", "key", *fields)}

    async def _refresh(self, number: str, key: str) -> cases.CaseThread:
        thread = await self._ask(cases.case_thread, number=number)
        self.case, self.is_loaded = ThreadView.of(thread, key, self._actor.person_id), True
        if thread.earlier != self._begins_at:
            # What is shown last begins elsewhere now: nothing may be missing in between.
            self.older, self.earlier, self._begins_at = [], thread.earlier, thread.earlier
        self.replying = ""
        self._watch(CaseState.refresh, *thread.topics)
        self._watch(CaseState.hear_reply, f"case-reply:{thread.row.id}", part="presence")
        return thread
