"""Reads the hand-written part of the demo: depots, catalogue, people, accounts and roles."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent.parent / "source"


@dataclass(frozen=True)
class Store:
    """A depot, with the zone of its clock and the tax of its town."""

    key: str
    name: str
    email: str
    phone: str
    address: str
    timezone: str
    tax_name: str = ""
    tax_basis_points: int = 0


@dataclass(frozen=True)
class Model:
    """Something for hire: a numbered fleet (`units`), or pieces hired by the dozen (`dozens`)."""

    key: str
    name: str
    day: int
    week: int
    month: int
    kind: str = "rental_item"
    make: str = ""
    model: str = ""
    fuel: str = ""
    colour: str = ""
    doors: int | None = None
    transmission: str = ""
    units: int = 0
    dozens: int = 0


@dataclass(frozen=True)
class Account:
    """A customer's account as it is written by hand, with what it hires and how it pays."""

    number: str
    name: str
    store: str
    owner: str = ""
    former_owner: str = ""
    authorised: list[str] = field(default_factory=list)
    billing: list[str] = field(default_factory=list)
    type: str = "account"
    phone: str = ""
    email: str = ""
    postal_code: str = ""
    country: str = "US"
    currency: str = "USD"
    timezone: str = ""
    portal: bool = True
    since: int = 0
    terms: int = 30
    trade: str = ""
    sites: list[str] = field(default_factory=list)
    po: str = ""
    past: int = 0
    span: int = 420
    active: int = 0
    past_due: int = 0
    quotes: int = 0
    reservations: int = 0
    hires: list[dict[str, Any]] = field(default_factory=list)
    agreements: list[dict[str, Any]] = field(default_factory=list)
    weekly_invoices: int = 0
    methods: list[str] = field(default_factory=list)
    pays: dict[str, int] = field(default_factory=dict)
    openings: list[dict[str, Any]] = field(default_factory=list)
    payments: list[dict[str, Any]] = field(default_factory=list)
    credits: list[dict[str, Any]] = field(default_factory=list)
    fees: list[dict[str, Any]] = field(default_factory=list)
    refunds: list[dict[str, Any]] = field(default_factory=list)

    @property
    def ref(self) -> str:
        """The account's id in the feed."""
        return f"A-{self.number}"


@dataclass(frozen=True)
class Brand:
    """One hire house: everything that its feed is made of."""

    name: str
    folder: str
    first_person: int
    numbers: dict[str, tuple[int, int]]
    stores: dict[str, Store]
    models: dict[str, Model]
    trades: dict[str, list[str]]
    vehicles: dict[str, dict[str, Any]]
    people: dict[str, dict[str, Any]]
    accounts: list[Account]
    roles: list[dict[str, str]]
    households: dict[str, dict[str, Any]] = field(default_factory=dict)
    grants: dict[str, dict[str, Any]] = field(default_factory=dict)
    applications: dict[str, dict[str, Any]] = field(default_factory=dict)

    def person_ref(self, slug: str) -> str:
        """Return the id in the feed of a person known here by a readable name."""
        return f"P-{self.first_person + list(self.people).index(slug)}" if slug else ""


def load_brand(key: str) -> Brand:
    """Read one brand's folder under `demo/source`."""
    folder = SOURCE / key
    catalogue = _read(folder / "catalogue.toml")
    return Brand(
        **_read(folder / "brand.toml"),
        stores={ref: Store(ref, **cells) for ref, cells in _read(folder / "stores.toml").items()},
        models={ref: Model(ref, **cells) for ref, cells in catalogue["models"].items()},
        trades=catalogue["trades"],
        vehicles=catalogue.get("vehicles", {}),
        people=_read(folder / "people.toml"),
        accounts=sorted(_accounts(folder), key=lambda account: account.number),
        roles=_read(folder / "roles.toml")["role"],
        **_homes(folder),
        applications=_applications(folder),
    )


def _homes(folder: Path) -> dict[str, Any]:
    homes = folder / "households.toml"
    return _read(homes) if homes.exists() else {}


def _applications(folder: Path) -> dict[str, Any]:
    applied = folder / "applications.toml"
    return _read(applied) if applied.exists() else {}


def _accounts(folder: Path) -> list[Account]:
    pages = [_read(path) for path in sorted(folder.glob("accounts-*.toml"))]
    return [Account(store=page["store"], **cells) for page in pages for cells in page["account"]]


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
