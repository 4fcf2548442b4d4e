"""What the documentation says is what the code does."""

import dataclasses
import inspect

import pytest
from sqlmodel import SQLModel
from starlette.routing import Route

from docs.make import PAGES, ROOT, addresses, connections, cryptography, data, fields, validation
from docs.make.classes import class_of
from docs.make.markdown import code, first_sentence, span
from docs.make.permissions import short
from portal_app.core.fitness import FAULTS
from portal_app.core.settings import Settings
from portal_app.models.audit import Action
from portal_app.routes import ROUTES
from portal_app.services import limit_table
from portal_app.services.identity.commands.sessions import MOST_SESSIONS
from portal_app.services.imports.rules.types import TYPES
from portal_app.web.endpoints import ENDPOINTS
from tests.doors import operations


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def opens_a_session(route):
    """Say whether the module behind an address can give the browser a token."""
    module = inspect.getmodule(getattr(route, "endpoint", None))
    return module is not None and "set_token" in inspect.getsource(module)


@pytest.mark.parametrize("name", PAGES)
def test_page_is_what_the_code_says(name):
    assert text(name) == PAGES[name](), "run: python -m docs.make"


def test_every_setting_is_described_with_its_own_default():
    page, example = text("docs/configuration.md"), text(".env.example")
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert f"| `PORTAL_{name.upper()}` |" in page
        assert f"\n#PORTAL_{name.upper()}=" in example
    for reason in FAULTS:
        assert f"- {reason}" in page


def test_the_example_read_as_it_stands_gives_the_defaults(tmp_path, monkeypatch):
    lines = [line for line in text(".env.example").splitlines() if line.startswith("#PORTAL_")]
    (tmp_path / ".env").write_text("\n".join(line[1:] for line in lines))
    for name in Settings.model_fields:
        monkeypatch.delenv(f"PORTAL_{name.upper()}", raising=False)
    assert Settings(_env_file=tmp_path / ".env") == Settings(_env_file=None)


@pytest.mark.asvs("6.1.1")
def test_every_limit_on_tries_is_written_down_and_none_lasts_for_good():
    page = text("docs/limits.md")
    for limit in limit_table.ALL_LIMITS:
        assert f"| {limit.counts} | {limit.amount:,} | {span(limit.seconds)} |" in page
    assert max(limit.seconds for limit in limit_table.ALL_LIMITS) <= 24 * 3600
    assert "Nobody can lock somebody else out for good" in page


@pytest.mark.asvs("2.1.3")
@pytest.mark.asvs("7.1.1")
@pytest.mark.asvs("7.1.2")
def test_limits_on_business_and_sessions_are_written_down():
    page = text("docs/limits.md")
    for name in ("consumer_idle_minutes", "staff_idle_minutes", "consumer_hours", "staff_hours"):
        assert f"{Settings.model_fields[name].default} " in page.partition("## Sessions")[2]
    assert f"signed in {MOST_SESSIONS} times at once; one more ends the oldest" in page
    assert "from one item to what is out" in page


@pytest.mark.asvs("8.1.1")
def test_every_page_event_and_address_stands_with_who_may_use_it():
    from reflex_base.registry import RegistrationContext

    from portal_app.web.guard import INTERNAL, needed_access

    page = text("docs/permissions.md")
    for route in ROUTES:
        assert f"| {code(route.path)} | {route.title} | {route.access.value} |" in page
    for name in RegistrationContext.get().event_handlers:
        if "portal_app" in name and name not in INTERNAL and not name.endswith(".setvar"):
            assert f"| {code(short(name))} | {needed_access(name).value} |" in page
    assert all(code(route.path) in page for route in ENDPOINTS if isinstance(route, Route))


@pytest.mark.asvs("8.1.2")
def test_every_field_that_leaves_stands_with_who_is_sent_it():
    page = text("docs/fields.md")
    views = {view for service in operations().values() for view in fields.views_of(service)}
    assert len(views) > 100
    for view in views:
        (line,) = {
            line for line in page.splitlines() if line.startswith(f"| `{fields.name_of(view)}`: ")
        }
        assert all(f"`{one.name}`" in line for one in dataclasses.fields(view)), view
    sent = {one.name for view in views for one in dataclasses.fields(view)}
    secret = {
        column.name
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if class_of(table.name, column.name) == "secret"
    }
    assert sent & (secret | {"gateway_token"}) == set()
    (licence,) = [row for row in fields.rows() if row[0].startswith("`licensing.LicenceState`: ")]
    assert licence[2] == "manager, admin"


@pytest.mark.asvs("2.1.1")
@pytest.mark.parametrize("domain", validation.domains())
def test_every_command_stands_with_what_it_takes(domain):
    page = text("docs/validation.md")
    for name, function in validation.commands(domain):
        assert f"| {code(name)} | " in page
        for argument in list(inspect.signature(function).parameters)[1:]:
            assert f"`{argument}: " in page
    assert all(first_sentence(inspect.getdoc(f)) for _, f in validation.commands(domain))


@pytest.mark.asvs("2.1.2")
def test_rules_between_fields_are_written_down():
    assert "A pickup needs a place; a drop-off does not." in text("docs/validation.md")
    feeds = text("docs/feeds.md")
    for kind in TYPES.values():
        section = feeds.partition(f"### {kind.name}\n")[2].partition("\n##")[0]
        assert section.count("\n- ") == len(kind.checks) + bool(kind.unique) + bool(kind.shared)


@pytest.mark.asvs("5.1.1")
def test_what_may_be_uploaded_is_written_down():
    page = text("docs/feeds.md")
    for words in ("`.csv`", "`.jsonl`", "at most 50 MB", "at most 500 MB", "1,000 such files"):
        assert words in page


@pytest.mark.asvs("16.1.1")
def test_every_action_and_every_logger_is_written_down():
    page = text("docs/audit.md")
    assert all(f"| {code(action.value)} |" in page for action in Action)
    assert "`portal.door`" in page


@pytest.mark.asvs("6.1.3")
@pytest.mark.asvs("6.3.4")
def test_every_way_in_is_written_down_and_there_is_no_other():
    page = text("docs/sign-in.md")
    ways = {route.path for route in ENDPOINTS if getattr(route, "path", "").startswith("/auth")}
    assert {"/auth/sign-in", "/auth/second-factor", "/auth/register", "/auth/reset"} <= ways
    written = [line.split(" | ")[1] for line in page.splitlines() if "| `/auth/" in line]
    assert sorted(written) == sorted(code(way) for way in ways)
    does = [row[3] for row in addresses.rows("/auth")]
    assert all(does)
    assert not [words for words in does if "Return a page of" in words]
    assert [r.path for r in ENDPOINTS if opens_a_session(r) and r.path not in ways] == []


@pytest.mark.asvs("6.1.2")
@pytest.mark.asvs("6.2.10")
@pytest.mark.asvs("6.4.2")
def test_what_is_asked_of_passwords_and_what_is_not_is_written_down():
    page = text("docs/sign-in.md")
    for words in (
        "name, phone number, email address and postal code, and the name of the brand",
        "No password expires",
        "No secret questions",
    ):
        assert words in page


@pytest.mark.asvs("14.1.1")
@pytest.mark.asvs("14.1.2")
def test_every_column_has_a_class_and_every_class_its_protection():
    assert data.untagged() == []
    assert text("docs/data.md").count("argon2id") == 1


@pytest.mark.asvs("11.1.1")
@pytest.mark.asvs("11.1.2")
def test_the_inventory_of_cryptography_is_what_the_code_imports():
    assert set(cryptography.used()) == set(cryptography.INVENTORY)
    assert "## Keys" in text("docs/cryptography.md")


@pytest.mark.asvs("11.2.1")
def test_cryptography_comes_from_vetted_libraries_only():
    roots = {name.split(".")[0] for name in cryptography.used()}
    assert roots <= {"cryptography", "passlib", "pyotp", "hashlib", "hmac", "secrets", "ssl"}


@pytest.mark.asvs("13.1.1")
def test_every_adapter_to_the_outside_is_written_down():
    page = text("docs/connections.md")
    assert all(f"| {name} |" in page and words for name, words in connections.adapters())
