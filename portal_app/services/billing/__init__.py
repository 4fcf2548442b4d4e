"""What customers owe and have paid: balance, statements, invoices."""

from portal_app.services.billing.commands.documents import invoice_document, statement_document
from portal_app.services.billing.commands.letters import mail_statement
from portal_app.services.billing.queries.invoices import (
    Settled,
    invoice_by_id,
    invoice_detail,
    invoice_list,
)
from portal_app.services.billing.queries.statements import (
    statement,
    statement_day,
    statement_list,
)
from portal_app.services.billing.queries.summaries import account_summary
from portal_app.services.billing.views import (
    AccountSummary,
    AgedPart,
    InvoiceDetail,
    InvoiceItem,
    InvoicePage,
    InvoiceRow,
    LastPayment,
    Movement,
    Standing,
    Statement,
    StatementPage,
    StatementRow,
)

__all__ = [
    "AccountSummary",
    "AgedPart",
    "InvoiceDetail",
    "InvoiceItem",
    "InvoicePage",
    "InvoiceRow",
    "LastPayment",
    "Movement",
    "Settled",
    "Standing",
    "Statement",
    "StatementPage",
    "StatementRow",
    "account_summary",
    "invoice_by_id",
    "invoice_detail",
    "invoice_document",
    "invoice_list",
    "mail_statement",
    "statement",
    "statement_day",
    "statement_document",
    "statement_list",
]
