"""`demo load`: two brands with believable customers, staff, help pages and a licence."""

import csv
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from pyotp.totp import TOTP

from portal_app.cli import database, demo_brands, demo_cases, demo_licence, demo_payments
from portal_app.cli.demo_feed import moved
from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.services import access, branding, demo, identity, imports
from portal_app.services.imports import ImportReport, RunState

app = typer.Typer(help="The demonstration: people to try the portal with.")
SOURCE = Path(__file__).parents[2] / "demo"
SYSTEM = Actor.system("demo")
_TRIGGER = "demo"
_SIGN_IN_BY_EMAIL = {
    "rental_authorised",
    "rental_billing",
    "orchard_authorised",
    "representative",
}
Echo = Callable[[str], object]


@app.callback()
def _commands() -> None:
    """Try the portal with people who do not exist."""


@app.command()
def load(
    *,
    refresh: Annotated[
        bool, typer.Option(help="Read the feeds again, with their dates moved to today.")
    ] = False,
) -> None:
    """Load the demonstration; what is there already stays as it is."""
    if settings().is_production:
        typer.echo("The demo is never loaded in production.", err=True)
        raise typer.Exit(2)
    database.migrate()
    load_all(typer.echo, refresh=refresh)
    typer.echo(sign_ins())


def load_once(echo: Echo) -> None:
    """Load the demonstration if it is not there yet; its licence is put in force either way."""
    demo_licence.use_licence()
    brands = _brands()
    ids = {brand.key: brand.id for brand in branding.brands(SYSTEM)}
    if all(brand["key"] in ids and _is_loaded(ids[brand["key"]]) for brand in brands):
        return
    load_all(echo)


def load_all(echo: Echo, *, refresh: bool = False) -> None:
    """Load everything that is not there yet, in steps that may each be repeated."""
    demo_licence.use_licence()
    customers = tomllib.loads((SOURCE / "staff.toml").read_text(encoding="utf-8"))["customers"]
    for brand in _brands():
        actor = demo_brands.set_up(brand)
        if refresh or not _is_loaded(actor.brand):
            echo(f"Loading the demo people of {brand['name']}.")
            _load_people(actor, brand, customers, echo)


def _load_people(actor: Actor, brand: dict[str, Any], customers: Any, echo: Echo) -> None:
    """Import, publish, register; what is held back arrives after the publication."""
    people = _people(brand["name"])
    later = {person["account"] for person in people if person["key"] in customers["held_back"]}
    today = clock.today(settings().timezone)
    with moved(SOURCE / brand["feed"], to=today, held_back=later) as folder:
        _expect_clean(imports.import_folder(actor, path=folder, trigger=_TRIGGER), echo)
    access.publish(actor, trigger=_TRIGGER)
    password_hash = identity.hash_new_password(actor, password=customers["password"], context=[])
    for person in people:
        if person["key"] in customers["registered"]:
            demo.give_sign_in(
                actor,
                account=person["account"],
                given_name=person["given_name"],
                family_name=person["family_name"],
                password_hash=password_hash,
            )
    with moved(SOURCE / brand["feed"], to=today) as folder:
        whole = imports.import_folder(actor, path=folder / "accounts.csv", trigger=_TRIGGER)
        _expect_clean(whole, echo)
    if "payments" in brand:
        demo_payments.bring_about(actor, brand["payments"])
    demo_cases.bring_about(actor, brand["key"])


def _expect_clean(report: ImportReport, echo: Echo) -> None:
    for one in report.refusals:
        if not one.is_warning:
            echo(f"Refused  {one.file}:{one.line} {one.field}  {one.sentence}")


def _is_loaded(brand_id: str) -> bool:
    """Whether the last step, the second import, has been done."""
    runs = imports.runs(Actor.system("demo", brand=brand_id), size=100).rows
    done = [r for r in runs if r.trigger == _TRIGGER and r.state is RunState.FINISHED]
    return any(run.source == "accounts.csv" for run in done)


def sign_ins() -> str:
    """Return how to sign in, brand by brand, with the codes that count at this moment."""
    chosen = tomllib.loads((SOURCE / "staff.toml").read_text(encoding="utf-8"))
    lines = [line for brand in _brands() for line in _sign_ins_of(brand, chosen)]
    lines += [
        f"Not registered yet, to try the first sign-in: {_first_registration()}",
        "An application by link and code: as staff open Applications, MA-60412, Contacts, Customer",
        "Centre, and copy somebody's link into a private window. The code is in the outbox.",
        "Captured letters and texts: /staff/outbox, or .venv/bin/python -m portal_app outbox",
    ]
    return "\n".join(lines)


def _sign_ins_of(brand: dict[str, Any], chosen: dict[str, Any]) -> list[str]:
    """Return those of one brand, which is met at an address of its own."""
    lines = [f"{brand['name']}, at {_address(brand)}/sign-in", ""]
    for one in (one for one in chosen["staff"] if one["brand"] == brand["key"]):
        code = TOTP(one["secret"]).at(clock.now())
        lines.append(f"  {one['role']:8} {one['email']:36} {one['password']}   code now {code}")
        lines.append(f"  {'':8} its secret, for an authenticator app: {one['secret']}")
    lines += ["", f"  Customers, all with the password  {chosen['customers']['password']}"]
    for person in _people(brand["name"]):
        if person["key"] in chosen["customers"]["registered"]:
            name = f"{person['given_name']} {person['family_name']}"
            lines.append(f"  {_sign_in_name(person):34} {name:28} {person['role']}")
    return [*lines, ""]


def _address(brand: dict[str, Any]) -> str:
    """Return where a brand is met: the first at the portal's address, others by their host."""
    own = urlsplit(settings().address)
    if brand["key"] == _brands()[0]["key"]:
        return settings().address
    port = f":{own.port}" if own.port else ""
    return f"{own.scheme}://{brand['hosts'][0]}{port}"


def _sign_in_name(person: dict[str, str]) -> str:
    is_owner = person["key"] not in _SIGN_IN_BY_EMAIL
    return person["phone"] if is_owner else person["email"]


def _first_registration() -> str:
    someone = next(one for one in _people() if one["key"] == "unregistered")
    return f"{someone['phone']}, {someone['email']}, ZIP {someone['postal_code']}"


def _brands() -> list[dict[str, Any]]:
    return tomllib.loads((SOURCE / "brands.toml").read_text(encoding="utf-8"))["brand"]


def _people(brand: str = "") -> list[dict[str, str]]:
    with (SOURCE / "people.csv").open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if brand in ("", row["brand"])]
