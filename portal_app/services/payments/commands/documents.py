"""The receipt of a payment, to take away (S0-26)."""

from sqlmodel import col, select

from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import AttemptState, Instalment, PaymentAttempt
from portal_app.ports import PdfRenderer
from portal_app.services import documents
from portal_app.services.documents import Document, Printed
from portal_app.services.payments import policy
from portal_app.services.payments.policy import Deal
from portal_app.services.payments.rules.receipts import receipt_words
from portal_app.services.transaction import reading


def receipt_document(actor: Actor, *, instalment: str, renderer: PdfRenderer) -> Document:
    """Return the PDF of what the portal has taken for a payment of a schedule.

    Raises NotFound to a stranger, and where the portal has taken nothing: what was paid elsewhere
    is receipted there.
    """
    with reading() as session:
        row, deal = policy.require_instalment(session, actor, instalment, lock=False)
        taken = select(PaymentAttempt).where(
            PaymentAttempt.instalment_id == row.id,
            PaymentAttempt.state == AttemptState.SUCCEEDED,
        )
        attempt = session.exec(taken.order_by(col(PaymentAttempt.number).desc())).first()
    if attempt is None:
        raise NotFound
    printed = Printed(
        template="receipt",
        title=f"Receipt {deal.contract.number}-{row.sequence}",
        values=_values(row, deal, attempt),
        object_type="instalment",
        object_id=row.id,
        brand_id=row.brand_id,
        zone=deal.zone,
    )
    return documents.hand_out(actor, printed=printed, renderer=renderer)


def _values(row: Instalment, deal: Deal, attempt: PaymentAttempt) -> dict[str, object]:
    words = receipt_words(row, attempt)
    lines = [{"description": f"Payment {words['number']}", "amount": words["without_fee"]}]
    if words["fee"]:
        lines.append({"description": "Fee for the missed payment", "amount": words["fee"]})
    return {
        "account": {"number": deal.account.number, "name": deal.account.name},
        "number": f"{deal.contract.number}-{row.sequence}",
        "contract_number": deal.contract.number,
        "paid_on": words["on"],
        "method": words["method"],
        "lines": lines,
        "total": words["amount"],
    }
