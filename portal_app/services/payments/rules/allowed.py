"""What a reader of a contract's payments may do, for pages to hide the rest; commands ask again."""

from dataclasses import dataclass

from portal_app.models import ContractStatus, Feature
from portal_app.models import InstalmentState as State
from portal_app.services.payments.rules.dunning import COLLECTED

# By which switch a customer may move a payment in this state; staff need none (S0-04, S0-20).
MOVABLE = {State.SCHEDULED: Feature.CHANGE_DATES, State.MISSED: Feature.RESCHEDULE}


@dataclass(frozen=True, slots=True)
class Leave:
    """What somebody may do; `movable` are the states in which a payment may be rescheduled.

    `staff` is for what only a contract that goes on needs; to `forgive` what is owed is possible
    for good.
    """

    is_own: bool = False
    staff: bool = False
    forgive: bool = False
    manage: bool = False
    change_methods: bool = False
    pay_now: bool = False
    ask_to_cancel: bool = False
    movable: frozenset[State] = frozenset()

    def may_reschedule(self, state: State) -> bool:
        """Say whether a payment in this state may be moved to another day."""
        return state in self.movable


def leave_for(
    *,
    is_staff: bool,
    is_manager: bool,
    features: frozenset[Feature],
    status: ContractStatus,
    takes_payments: bool,
    has_request: bool,
    is_own: bool = False,
) -> Leave:
    """Return what somebody may do on a contract that stands like this.

    `is_own` is for staff who hold it themselves: they decide nothing about it.
    """
    is_live = status in COLLECTED
    is_active = status is ContractStatus.ACTIVE and not has_request
    if is_staff:
        movable = frozenset(MOVABLE) if is_live and not is_own else frozenset[State]()
        return Leave(
            is_own=is_own,
            staff=is_live and not is_own,
            forgive=not is_own,
            manage=True,
            change_methods=is_live,
            pay_now=takes_payments and is_live,
            ask_to_cancel=is_active,
            movable=movable,
        )
    if not is_manager:
        return Leave()
    return Leave(
        manage=True,
        change_methods=is_live and Feature.MANAGE_METHODS in features,
        pay_now=takes_payments and is_live and Feature.PAY_NOW in features,
        ask_to_cancel=is_active and Feature.CANCEL in features,
        movable=frozenset(
            state for state, feature in MOVABLE.items() if is_live and feature in features
        ),
    )
