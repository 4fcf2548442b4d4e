"""The PDF of a contract, a quote or a reservation (S3-03, S3-23)."""

from portal_app.core.actor import Actor
from portal_app.ports import PdfRenderer
from portal_app.services import documents, wording
from portal_app.services.contracts.queries.details import contract_by_id
from portal_app.services.contracts.rules import contract_facts, shortened
from portal_app.services.contracts.views import ContractDetail, ContractItem
from portal_app.services.documents import Document, Printed


def contract_document(actor: Actor, *, contract: str, renderer: PdfRenderer) -> Document:
    """Return the PDF of a contract by its id; raises NotFound to a stranger."""
    found = contract_by_id(actor, contract=contract)
    printed = Printed(
        template="contract",
        title=f"{found.row.kind_label} {found.row.number}",
        values=_values(found),
        object_type="contract",
        object_id=found.row.id,
        brand_id=found.brand_id,
        zone=found.zone,
    )
    return documents.hand_out(actor, printed=printed, renderer=renderer)


def _values(found: ContractDetail) -> dict[str, object]:
    row = found.row
    return {
        "number": row.number,
        "kind_label": row.kind_label,
        "status_label": row.status_label,
        "status_tone": row.status_tone,
        "account": {"number": found.account.number, "name": found.account.name},
        "store": {"name": row.store.name, "phone": row.store.phone},
        "facts": [{"label": label, "value": value} for label, value in contract_facts(found)],
        "lines": [_line(item, found.zone) for item in found.items],
        "what_happens_next": row.next_step,
        "note": shortened(found),
    }


def _line(item: ContractItem, zone: str) -> dict[str, str]:
    return {
        "description": item.description,
        "quantity": f"{item.quantity:,}",
        "returned": f"{item.returned:,}",
        "out": f"{item.out:,}",
        "rate": wording.rate(item.rate, item.rate_period),
        "out_at": wording.short_day(wording.local_day(item.out_at, zone)),
        "due_back_at": wording.short_day(wording.local_day(item.due_back_at, zone)),
        "site": item.site,
        "flag": "Overdue" if item.is_overdue else "",
    }
