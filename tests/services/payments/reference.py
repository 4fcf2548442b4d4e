"""The operator's missed-payment policy as it was handed over, word for word where it decides;
only what is done about one payment stands in a method of its own, to carry on after an outage.

It is kept apart from the product on purpose: the product is measured against it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date


class Away(Exception):
    """The gateway did not answer: the run ends here, and nothing has changed."""


@dataclass
class Inst:
    n: int
    due: date
    amount: int
    state: str = "scheduled"
    fee: int = 0
    retry_on: date | None = None


@dataclass
class Contract:
    insts: list[Inst]
    fee: int = 25_00
    retry_first: bool = True
    hold_next_on_default: bool = True
    status: str = "active"
    log: list[tuple[date, int, int, bool]] = field(default_factory=list)
    cancellation_request: bool = False

    def attempt(self, i: Inst, amount: int, day: date, pay: Callable) -> bool:
        ok = pay(day, amount)
        self.log.append((day, i.n, amount, ok))
        return ok

    def run(self, day: date, pay: Callable) -> None:
        """One daily payment run. pay(day, amount)->bool is the gateway."""
        due = [i for i in self.insts if i.state == "scheduled" and i.due <= day]
        retry = [i for i in self.insts if i.state == "missed" and i.retry_on <= day]
        order = (retry + due) if self.retry_first else (due + retry)
        for i in order:
            self.take(i, day, pay)

    def take(self, i: Inst, day: date, pay: Callable) -> None:
        """What the run does about one payment."""
        if i.state == "missed":
            if self.attempt(i, i.amount + i.fee, day, pay):
                i.state = "paid_late"
                self._cure()
            else:
                i.state = "defaulted"
                self.status = "pending_cancellation"
                self.cancellation_request = True
                if self.hold_next_on_default:
                    for k in self.insts:
                        if k.state == "scheduled":
                            k.state = "on_hold"
        elif i.state == "scheduled":
            if self.attempt(i, i.amount, day, pay):
                i.state = "paid"
            else:
                i.state = "missed"
                i.fee = self.fee
                self.status = "past_due"
                later = [k.due for k in self.insts if k.due > day]
                i.retry_on = (
                    min(later)
                    if later
                    else date(day.year + day.month // 12, day.month % 12 + 1, min(day.day, 28))
                )

    def _cure(self) -> None:
        if not any(i.state in ("missed", "defaulted") for i in self.insts):
            self.status = "active"

    @property
    def standing(self) -> str:
        """The status as a contract has it whose cancellation is asked for: it waits for that."""
        return "pending_cancellation" if self.cancellation_request else self.status
