"""Writes the guide to the demo: who is who, for readers and for programs."""

from demo.make.calendar import REFERENCE
from demo.make.source import SOURCE, Brand

PEOPLE_COLUMNS = [
    "key",
    "brand",
    "role",
    "given_name",
    "family_name",
    "account",
    "phone",
    "email",
    "postal_code",
    "shows",
]
NOTHING = "\N{EN DASH}"


def people_rows(brand: Brand) -> list[dict[str, str]]:
    """Return one row per role, with what that person would type to register."""
    return [_person_row(brand, role) for role in brand.roles]


def readme(brand: Brand) -> str:
    """Return the page that explains a feed's folder."""
    text = (SOURCE / "introduction.md").read_text(encoding="utf-8")
    page = text.format(brand=brand.name, reference=REFERENCE.isoformat())
    return page + "".join(_table_row(row) for row in people_rows(brand))


def _table_row(row: dict[str, str]) -> str:
    name = f"{row['given_name']} {row['family_name']}"
    cells = [
        row["role"],
        name,
        row["account"],
        row["phone"],
        row["email"],
        row["postal_code"],
        row["shows"],
    ]
    return f"| {' | '.join(cell or NOTHING for cell in cells)} |\n"


def _person_row(brand: Brand, role: dict[str, str]) -> dict[str, str]:
    person = brand.people[role["person"]]
    accounts = {account.number: account for account in brand.accounts}
    account = accounts.get(role.get("account", ""))
    owns = account is not None and role["person"] == account.owner
    return {
        "key": role["key"],
        "brand": brand.name,
        "role": role["role"],
        "given_name": person["given_name"],
        "family_name": person["family_name"],
        "account": role.get("account", ""),
        "phone": account.phone
        if account and owns
        else person.get("mobile", person.get("phone", "")),
        "email": (account.email if account and owns else "") or person.get("email", ""),
        "postal_code": (account.postal_code if account and owns else "")
        or person.get("postal_code", ""),
        "shows": role["shows"],
    }
