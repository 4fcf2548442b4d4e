"""What happens next on a contract, in sentences (S0-27): built from the forecast alone."""

from dataclasses import dataclass
from datetime import date

from portal_app.core.money import Money
from portal_app.models import AttemptKind, ContractStatus
from portal_app.models import InstalmentState as State
from portal_app.services.payments.rules.dunning import Charge, Slip, Standing
from portal_app.services.payments.rules.forecast import Forecast
from portal_app.services.wording import day as in_words
from portal_app.services.wording import money

KIND_WORDS = {
    AttemptKind.DUE: "normal payment",
    AttemptKind.RETRY: "missed payment with its fee",
    AttemptKind.PAY_NOW: "payment by you",
}


@dataclass(frozen=True, slots=True)
class Means:
    """What the next charge is taken from; `problem` says why that cannot work, "" if it can.

    `has_failed` is true for what was declined the last time: it may well be declined again.
    """

    label: str = ""
    problem: str = ""
    has_failed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody reads about the next run."""

    tone: str
    headline: str
    consequence: str = ""
    if_nothing: tuple[str, ...] = ()
    if_fixed: tuple[str, ...] = ()


def tell(standing: Standing, ahead: Forecast | None, means: Means, currency: str) -> Told:
    """Say what happens next, what comes of doing nothing, and what of adding a valid method."""
    if ahead is None:
        return _quiet(standing)
    wish = _Wording(standing, ahead, means, currency)
    if ahead.first.kind is AttemptKind.RETRY:
        return wish.missed()
    if any(charge.kind is AttemptKind.RETRY for charge in ahead.if_paid.charges):
        return wish.missed_later()
    return wish.expected()


def _quiet(standing: Standing) -> Told:
    held = sum(one.state is State.ON_HOLD for one in standing.slips)
    if any(one.state in (State.PROCESSING, State.RETRYING) for one in standing.slips):
        line = "Your bank has not answered yet. Nothing else is taken until it has."
        return Told("info", "A payment is on its way", "", (line,))
    if standing.status is ContractStatus.PENDING_CANCELLATION:
        lines = ("We decide whether this contract goes on, and write to you.",)
        if held:
            lines += (f"{_payments(held)} on hold until then: nothing is taken.",)
        return Told("warn", "A request to cancel this contract is open", lines[0], lines)
    if any(one.state is State.DEFAULTED for one in standing.slips):
        return Told("bad", "A payment was not made", "", ("Nothing more is tried by itself.",))
    return Told("neutral", "Nothing is to be taken", "", ("No payment is planned.",))


def _payments(count: int) -> str:
    return "1 payment is" if count == 1 else f"{count} payments are"


@dataclass(frozen=True, slots=True)
class _Wording:
    standing: Standing
    ahead: Forecast
    means: Means
    currency: str

    def missed(self) -> Told:
        """Return the words while a missed payment waits to be tried again."""
        first, on = self.ahead.first, in_words(self.ahead.on)
        again = f"On {on} we try again to take {self._total(first)}: {self._parts(first)}."
        fails = self._second_failure()
        if self.means.problem:
            nothing = (again, f"That cannot work. {self.means.problem}", f"So {fails}.")
        else:
            nothing = (again, f"If that works, {self._rest()}.", f"If it fails, {fails}.")
        fixed = (f"On {on} we take {self._total(first)}, then {self._rest()}.",)
        asks = self.means.problem or self.means.has_failed
        told = "A payment was missed", f"If the next try fails, {fails}.", nothing
        return Told("bad" if asks else "warn", *told, fixed if asks else ())

    def missed_later(self) -> Told:
        """Return the words where what is due is taken before what was missed (S0-24)."""
        on, charges = in_words(self.ahead.on), self.ahead.if_paid.charges
        due = [self._total(one) for one in charges if one.kind is AttemptKind.DUE]
        missed = [one for one in charges if one.kind is AttemptKind.RETRY]
        retried = " and ".join(f"{self._total(one)}: {self._parts(one)}" for one in missed)
        taken = f"On {on} we take {' and '.join(due)}, then try again to take {retried}."
        fails = self._second_failure()
        if self.means.problem:
            nothing = (taken, f"That cannot work: {self.means.problem}", f"So {fails}.")
        else:
            works = f"If all of it works, {self._standing_after()}."
            nothing = (taken, works, f"If the second attempt fails, {fails}.")
        asks = self.means.problem or self.means.has_failed
        fixed = (taken, f"Then {self._standing_after()}.") if asks else ()
        told = "A payment was missed", f"If the second attempt fails, {fails}.", nothing
        return Told("bad" if asks else "warn", *told, fixed)

    def expected(self) -> Told:
        """Return the words while nothing is missed: the next payment on its day."""
        on, rest = in_words(self.ahead.on), self.ahead.if_paid.charges
        sums = " and ".join(self._total(charge) for charge in rest)
        fails = self._first_failure()
        taken = f"On {on} we take {sums}"
        if not self.means.problem:
            line = f"{taken} from {self.means.label}." if self.means.label else f"{taken}."
            return Told(
                self._tone(), "The next payment is planned", f"If it fails, {fails}.", (line,)
            )
        nothing = (
            f"On {on} we try to take {sums}.",
            f"That cannot work. {self.means.problem}",
            f"So {fails}.",
        )
        fixed = (f"{taken}, and there is no fee.",)
        return Told("warn", "The next payment cannot be taken", f"So {fails}.", nothing, fixed)

    def _tone(self) -> str:
        return "good" if self.standing.status is ContractStatus.ACTIVE else "warn"

    def _rest(self) -> str:
        after = self.ahead.if_paid.charges[1:]
        end = self._standing_after()
        if not after:
            return end
        sums = " and ".join(f"the {KIND_WORDS[one.kind]} of {self._total(one)}" for one in after)
        verb = "is" if len(after) == 1 else "are"
        return f"{sums} {verb} taken the same day and {end}"

    def _standing_after(self) -> str:
        then = self.ahead.if_paid.then
        if then.status is not ContractStatus.ACTIVE:
            return "the rest of what is open stays open"
        is_done = not any(one.state is State.SCHEDULED for one in then.slips)
        return "your contract is fully paid" if is_done else "your contract is in good standing"

    def _second_failure(self) -> str:
        failed = self.ahead.if_failed.then
        held = sum(one.state is State.ON_HOLD for one in failed.slips)
        asks = (
            "the request to cancel this contract stays open"
            if self.standing.has_request
            else "a request to cancel this contract is opened"
        )
        return f"{asks} and further payments are put on hold" if held else asks

    def _first_failure(self) -> str:
        charge = self.ahead.if_failed.charges[0]
        slip = self._slip(charge.sequence)
        fee, on = Money(slip.fee, self.currency), slip.retry_on
        again = f"we try again on {in_words(on)}"
        return f"{again} with a fee of {money(fee)}" if fee else again

    def _slip(self, sequence: int) -> Slip:
        return next(one for one in self.ahead.if_failed.then.slips if one.sequence == sequence)

    def _total(self, charge: Charge) -> str:
        return money(Money(charge.total, self.currency))

    def _parts(self, charge: Charge) -> str:
        amount, fee = Money(charge.amount, self.currency), Money(charge.fee, self.currency)
        return (
            f"{money(amount)} missed and a {money(fee)} fee" if fee else f"{money(amount)} missed"
        )


def fee_owed(sequence: int, fee: Money) -> str:
    """Say that a fee is still owed, why, and what to do about it: no run takes it by itself."""
    return (
        f"A fee of {money(fee)} is still owed. Payment {sequence} was missed and then made "
        "elsewhere, without the fee. We do not take it by itself: pay it where you paid that one, "
        "or ask us."
    )


def owed_after_end(owed: Money) -> str:
    """Say what an ended contract still owes, and what to do about it."""
    return (
        f"{money(owed)} is still owed. This contract has ended, so we do not take it by ourselves: "
        "ask us how to pay it."
    )


def fix_before(ahead: Forecast | None) -> date | None:
    """Return the day before which a valid method has to be there for the next run."""
    return ahead.on if ahead else None
