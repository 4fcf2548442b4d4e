"""The PDFs of statements and invoices. Their figures are those of the views that pages show."""

from datetime import date

from portal_app.core.actor import Actor
from portal_app.ports import PdfRenderer
from portal_app.services import documents, wording
from portal_app.services.billing.queries.invoices import invoice_by_id
from portal_app.services.billing.queries.statements import statement
from portal_app.services.billing.views import InvoiceDetail, Movement, Statement
from portal_app.services.contracts import AccountChoice, StoreContact
from portal_app.services.documents import Document, Printed


def statement_document(
    actor: Actor, *, account: str, as_of: str | date, renderer: PdfRenderer
) -> Document:
    """Return the PDF of a statement (S3-20); refuses what `statement` refuses."""
    found = statement(actor, account=account, as_of=as_of)
    printed = Printed(
        template="statement",
        title=f"Statement {found.account.number} as of {wording.day(found.as_of)}",
        values=_statement(found),
        object_type="account",
        object_id=found.account.id,
        brand_id=found.brand_id,
        zone=found.zone,
    )
    return documents.hand_out(actor, printed=printed, renderer=renderer)


def invoice_document(actor: Actor, *, invoice: str, renderer: PdfRenderer) -> Document:
    """Return the PDF of an invoice by its id (S3-03); raises NotFound to a stranger."""
    found = invoice_by_id(actor, invoice=invoice)
    printed = Printed(
        template="invoice",
        title=f"Invoice {found.row.number}",
        values=_invoice(found),
        object_type="invoice",
        object_id=found.row.id,
        brand_id=found.brand_id,
        zone=found.zone,
    )
    return documents.hand_out(actor, printed=printed, renderer=renderer)


def _parties(account: AccountChoice, store: StoreContact) -> dict[str, object]:
    return {
        "account": {"number": account.number, "name": account.name},
        "store": {"name": store.name, "phone": store.phone},
    }


def _statement(found: Statement) -> dict[str, object]:
    standing = found.standing
    ageing = [
        {"label": part.label, "amount": wording.money(part.amount)} for part in standing.ageing
    ]
    return {
        **_parties(found.account, found.store),
        "as_of": wording.day(found.as_of),
        "period": wording.period(found.starts_on, found.as_of),
        "opening": wording.money(found.opening),
        "closing": wording.money(standing.amount),
        "closing_label": standing.label,
        "owed": wording.money(standing.owed),
        "movements": [*_earlier(found), *map(_movement, found.movements)],
        "ageing": [] if standing.is_in_credit else ageing,
        "note": found.explanation,
    }


def _earlier(found: Statement) -> list[dict[str, str]]:
    if not found.is_shortened:
        return []
    return [
        {
            "date": "",
            "kind": "Earlier this month",
            "amount": wording.money(found.earlier),
            "balance": wording.money(found.opening + found.earlier),
        }
    ]


def _movement(movement: Movement) -> dict[str, str]:
    return {
        "date": wording.short_day(movement.on),
        "kind": movement.label,
        "reference": movement.reference,
        "contract": movement.contract_number,
        "method": movement.method,
        "amount": wording.money(movement.amount),
        "balance": wording.money(movement.balance),
    }


def _invoice(found: InvoiceDetail) -> dict[str, object]:
    row = found.row
    return {
        **_parties(found.account, found.store),
        "number": row.number,
        "issued_on": wording.day(row.issued_on),
        "due_on": wording.day(row.due_on),
        "contract_number": row.contract_number,
        "status_label": row.status_label,
        "status_tone": row.status_tone,
        "lines": [
            {
                "description": item.description,
                "quantity": item.quantity,
                "unit_price": "" if item.unit_price is None else wording.money(item.unit_price),
                "amount": wording.money(item.amount),
            }
            for item in found.items
        ],
        "total": wording.money(row.total),
        "open": wording.money(row.open) if row.open is not None else wording.NOT_PROVIDED,
        "note": row.next_step,
    }
