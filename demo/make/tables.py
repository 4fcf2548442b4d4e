"""The feed's files: their columns, their cells and how they are written."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

COLUMNS = {
    "people": "external_id given_name family_name email mobile phone address_line1 address_line2"
    " city region postal_code country date_of_birth locale timezone",
    "accounts": "external_id number name account_type main_phone email postal_code country"
    " currency timezone web_portal_enabled store",
    "account_contacts": "external_id account person role starts_on ends_on",
    "stores": "external_id name email phone address timezone",
    "assets": "external_id kind description make model variant fuel colour doors transmission"
    " engine_size mileage registration vin serial",
    "contracts": "external_id number kind status account holder store asset purchased_on"
    " starts_on ends_on po_number missed_payment_fee currency",
    "contract_lines": "external_id contract asset description quantity quantity_returned rate"
    " rate_period out_at due_back_at site",
    "invoices": "external_id number account contract issued_on due_on total open_amount currency",
    "invoice_lines": "external_id invoice description quantity unit_price amount",
    "instalments": "external_id contract sequence due_on amount state fee retry_on",
    "payment_methods": "external_id contract kind brand last4 exp_month exp_year holder"
    " gateway_token is_default",
    "ledger": "external_id account contract kind amount effective_on reference method_label",
    "households": "external_id name address timezone",
    "household_memberships": "external_id household person role relationship starts_on ends_on"
    " is_primary",
    "grants": "external_id grantor grantee responsibility starts_on ends_on",
    "applications": "external_id number kind stage account asset finance_type rate term_months"
    " total_cash_price deposit part_exchange cash settlement balance_to_finance registration_fee"
    " balloon currency",
    "application_parties": "external_id application person role",
}

# A hire house without agreements, families and loans has none of these: no files either.
SELDOM = {
    "instalments",
    "payment_methods",
    "households",
    "household_memberships",
    "grants",
    "applications",
    "application_parties",
}

Cell = str | int | bool | date | None


class Feed:
    """The rows of one brand's feed, by record type."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, str]]] = {record: [] for record in COLUMNS}

    def add(self, record: str, **cells: Cell) -> None:
        """Add a record; columns that are not named stay empty."""
        columns = COLUMNS[record].split()
        unknown = set(cells) - set(columns)
        if unknown:
            raise ValueError(f"{record} has no column {', '.join(sorted(unknown))}.")
        self.rows[record].append({column: _text(cells.get(column)) for column in columns})

    def write(self, folder: Path) -> None:
        """Write one CSV file per record type."""
        folder.mkdir(parents=True, exist_ok=True)
        for record, rows in self.rows.items():
            if not rows and record in SELDOM:
                continue
            write_csv(folder / f"{record}.csv", COLUMNS[record].split(), rows)


def write_csv(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    """Write rows under a header, in UTF-8 with plain line ends."""
    page = StringIO()
    writer = csv.DictWriter(page, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(page.getvalue(), encoding="utf-8", newline="\n")


def money(minor: int) -> str:
    """Write minor units as a decimal with a dot."""
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100}.{abs(minor) % 100:02d}"


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
