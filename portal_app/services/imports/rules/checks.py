"""What must hold between the fields of a record, and what follows from them."""

from portal_app.models import PHASE_OF
from portal_app.services import contact_details
from portal_app.services.imports.rules import schedules
from portal_app.services.imports.rules.cells import Surroundings
from portal_app.services.imports.rules.fields import Check, Draft, Fault


def in_order(earlier: str, later: str) -> Check:
    """Return a check that one day or moment does not lie after another."""

    def check(draft: Draft) -> Fault | None:
        begins, ends = draft.merged[earlier], draft.merged[later]
        if begins is None or ends is None or begins <= ends:
            return None
        return Fault(later, f"This lies before {earlier}. Correct one of the two.")

    return check


def not_more_returned_than_went_out(draft: Draft) -> Fault | None:
    """Refuse more items back than there were."""
    returned, quantity = draft.merged["quantity_returned"], draft.merged["quantity"]
    if returned <= quantity:
        return None
    sentence = f"{returned} came back of {quantity}. Correct quantity or quantity_returned."
    return Fault("quantity_returned", sentence)


def one_currency(reference: str) -> Check:
    """Return a check that a record is in the currency of what it belongs to."""

    def check(draft: Draft) -> Fault | None:
        given, owner = draft.given.get("currency", "").upper(), draft.known.get(reference)
        if not given or owner is None or given == owner.currency:
            return None
        sentence = f"The {reference} is kept in {owner.currency}: give the amounts in that."
        return Fault("currency", sentence)

    return check


def contract_of_the_same_account(draft: Draft) -> Fault | None:
    """Refuse a contract that is another customer's."""
    contract, account = draft.known.get("contract"), draft.known.get("account")
    if contract is None or account is None or contract.account_id == account.id:
        return None
    return Fault("contract", "This contract is another account's. Correct account or contract.")


def derive_main_phone(draft: Draft, _around: Surroundings) -> None:
    """Keep the main phone in the one form in which it is compared (S3-05)."""
    merged = draft.merged
    merged["main_phone_e164"] = contact_details.phone(merged["main_phone"], merged["country"])


def derive_contract(draft: Draft, around: Surroundings) -> None:
    """Settle in which list a contract stands, at which day, and in which currency."""
    schedules.keep_standing(draft)
    merged = draft.merged
    merged["phase"] = PHASE_OF[merged["status"]]
    held = draft.held["listed_on"] if draft.held else around.today
    merged["listed_on"] = merged["starts_on"] or merged["purchased_on"] or held
    merged["currency"] = draft.known["account"].currency


def derive_currency(draft: Draft, _around: Surroundings) -> None:
    """Keep the account's currency beside the amounts."""
    draft.merged["currency"] = draft.known["account"].currency
