"""Each setting under which customers must not be served, one at a time."""

import pytest
from pydantic import ValidationError

from portal_app.core import clock
from portal_app.core.fitness import FAULTS, refusals
from portal_app.core.settings import DEVELOPMENT_SECRET, Settings

PG = "postgresql+psycopg://"
SAFE = {
    "env": "production",
    "public_url": "https://portal.example.org",
    "secret_key": "x" * 40,
    "document_key": "y" * 40,
    "scanner": "clamd",
    "mailer": "smtp",
    "mail_from": "portal@example.org",
    "database_url": "postgresql+psycopg://portal:pw@db.example.org/portal?sslmode=verify-full",
    "redis_url": "rediss://:pw@redis.example.org:6379/0",
    "workers": 4,
    "payments": "stripe",
    "stripe_secret_key": "rk_live_51Habc",
    "stripe_webhook_secret": "whsec_abc",
}
EXAMPLE = "db.example.org"
# What is changed, how the reason begins, and which requirements that proves.
CASES = [
    ({"secret_key": DEVELOPMENT_SECRET}, "PORTAL_SECRET_KEY", ["13.2.3"]),
    ({"secret_key": "x" * 31}, "PORTAL_SECRET_KEY", ["13.2.3"]),
    ({"public_url": "http://portal.example.org"}, "PORTAL_PUBLIC_URL", ["4.4.1", "12.2.1"]),
    ({"public_url": ""}, "PORTAL_PUBLIC_URL", ["4.4.1", "12.2.1"]),
    ({"allowed_origins": ["*"]}, "PORTAL_ALLOWED_ORIGINS", ["3.4.2"]),
    ({"allowed_origins": ["https://*.example.org"]}, "PORTAL_ALLOWED_ORIGINS", ["3.4.2"]),
    ({"allowed_origins": ["http://b.example.org"]}, "PORTAL_ALLOWED_ORIGINS", ["3.4.2"]),
    ({"host": "0.0.0.0"}, "PORTAL_HOST", ["12.3.3"]),
    ({"host": "::", "tls_certificate": "/etc/portal.pem"}, "PORTAL_HOST", ["12.3.3"]),
    ({"redis_url": ""}, "Several workers need PORTAL_REDIS_URL", []),
    ({"database_url": "sqlite:///var/portal.db"}, "Several workers need PostgreSQL", []),
    ({"redis_url": "rediss://r.example.org/0"}, "PORTAL_REDIS_URL has no", ["13.2.1"]),
    ({"redis_url": "redis://:pw@r.example.org/0"}, "PORTAL_REDIS_URL reaches", ["12.3.1"]),
    ({"database_url": f"{PG}u:p@{EXAMPLE}/p"}, "PORTAL_DATABASE_URL", ["12.3.1"]),
    ({"database_url": f"{PG}u:p@{EXAMPLE}/p?sslmode=disable"}, "PORTAL_DATABASE_URL", ["12.3.1"]),
    ({"database_url": f"{PG}u:p@10.0.0.7/p?sslmode=prefer"}, "PORTAL_DATABASE_URL", ["12.3.1"]),
    ({"database_url": f"{PG}u:p@/p?host={EXAMPLE}"}, "PORTAL_DATABASE_URL", ["12.3.1"]),
    ({"database_url": f"{PG}u:p@{EXAMPLE}/p?sslmode=require"}, "PORTAL_DATABASE_URL", ["12.3.2"]),
    (
        {"redis_url": "rediss://:pw@r.example.org/0?ssl_cert_reqs=none"},
        "PORTAL_REDIS_URL lets",
        ["12.3.2", "12.3.4"],
    ),
    (
        {"redis_url": "rediss://:pw@r.example.org/0?ssl_check_hostname=False"},
        "PORTAL_REDIS_URL lets",
        ["12.3.2"],
    ),
    (
        {"documents": "s3", "s3_bucket": "b", "s3_endpoint": "https://portal.example.org:9000"},
        "PORTAL_S3_ENDPOINT",
        ["3.5.4"],
    ),
    ({"mailer": "captured"}, "PORTAL_MAILER", []),
    ({"smtp_tls": "none"}, "PORTAL_SMTP_TLS", ["12.3.1"]),
    ({"mail_from": "portal@example.com"}, "PORTAL_MAIL_FROM", []),
    ({"webhooks_to_loopback": True}, "PORTAL_WEBHOOKS_TO_LOOPBACK", ["1.3.6"]),
    ({"payments": "sandbox"}, "PORTAL_PAYMENTS", ["13.4.2"]),
    ({"stripe_secret_key": ""}, "PORTAL_STRIPE_SECRET_KEY", []),
    ({"stripe_secret_key": "sk_test_51Habc"}, "PORTAL_STRIPE_SECRET_KEY", ["13.4.2"]),
    ({"stripe_secret_key": "pk_live_51Habc"}, "PORTAL_STRIPE_SECRET_KEY", []),
    ({"stripe_webhook_secret": ""}, "PORTAL_STRIPE_WEBHOOK_SECRET", []),
    ({"stripe_api": "http://127.0.0.1:8420"}, "PORTAL_STRIPE_API", []),
    ({"stripe_pages": "http://pay.example.org"}, "PORTAL_STRIPE_API", []),
    ({"document_key": DEVELOPMENT_SECRET}, "PORTAL_DOCUMENT_KEY", ["13.2.3"]),
    ({"document_key": "y" * 31}, "PORTAL_DOCUMENT_KEY", ["13.2.3"]),
    ({"scanner": "embedded"}, "PORTAL_SCANNER", ["5.4.3"]),
    ({"documents": "s3"}, "PORTAL_DOCUMENTS", []),
    (
        {"documents": "s3", "s3_bucket": "b", "s3_endpoint": "http://s3.example.org"},
        "PORTAL_DOCUMENTS",
        ["12.3.1"],
    ),
    ({"demo": True}, "PORTAL_DEMO", ["6.3.2"]),
]


def of(**changes):
    return Settings(_env_file=None, **SAFE | changes)


def test_safe_settings_are_accepted():
    assert refusals(of()) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [pytest.param(*case, marks=list(map(pytest.mark.asvs, ids))) for *case, ids in CASES],
)
def test_one_unsafe_setting_is_refused_by_its_name_and_nothing_else_is(changes, reason):
    assert [found.startswith(reason) for found in refusals(of(**changes))] == [True]


def test_a_clock_that_can_be_moved_is_refused(monkeypatch):
    monkeypatch.setattr(clock, "CLOCK_FILE", "/tmp/clock")
    assert [reason[:17] for reason in refusals(of())] == ["PORTAL_CLOCK_FILE"]


def test_every_fault_has_a_test_of_its_own():
    named = {reason for _, begins, _ in CASES for reason in FAULTS if reason.startswith(begins)}
    assert set(FAULTS) - named == {"PORTAL_CLOCK_FILE moves the clock: for tests only."}


@pytest.mark.parametrize(
    "changes",
    [
        {"workers": 1, "redis_url": "", "database_url": "sqlite:///var/portal.db"},
        {"redis_url": "redis://:pw@127.0.0.1:6379/0"},
        {"database_url": "postgresql+psycopg://portal:pw@localhost/portal"},
        {"database_url": "postgresql+psycopg:///portal?host=/run/postgresql"},
        {"database_url": f"{PG}u:p@{EXAMPLE}/p?sslmode=verify-ca&sslrootcert=/etc/own-ca.pem"},
        {"redis_url": "rediss://:pw@r.example.org/0?ssl_ca_certs=/etc/own-ca.pem"},
        {"documents": "s3", "s3_bucket": "b", "s3_endpoint": "https://files.example.org"},
        {"allowed_origins": ["https://second.example.org"]},
        {"documents": "s3", "s3_bucket": "portal-documents"},
        {"host": "0.0.0.0", "tls_certificate": "/etc/portal.pem", "tls_key": "/etc/portal.key"},
        {"host": "::1"},
        {"payments": "none", "stripe_secret_key": "", "stripe_webhook_secret": ""},
        {"stripe_secret_key": "sk_live_51Habc", "stripe_pages": "https://pay.example.org"},
    ],
)
def test_what_stays_on_the_machine_or_is_not_used_is_refused_nothing(changes):
    assert refusals(of(**changes)) == []


@pytest.mark.parametrize("env", ["dev", "test"])
def test_a_laptop_is_refused_nothing(env):
    assert refusals(Settings(_env_file=None, env=env, demo=True)) == []


@pytest.mark.asvs("13.2.3")
def test_no_fault_can_be_silenced_by_another():
    worst = Settings(_env_file=None, env="production", workers=2, demo=True, smtp_tls="none",
        allowed_origins=["*"], redis_url="")  # fmt: skip
    assert len(refusals(worst)) == 11


@pytest.mark.asvs("3.4.2")
def test_in_production_only_the_portals_own_addresses_may_open_a_socket():
    assert of().origins == ["https://portal.example.org"]
    two = of(allowed_origins=["https://b.example.org"])
    assert two.origins == ["https://portal.example.org", "https://b.example.org"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"env": "prod"}, {"port": 0}, {"port": 70000}, {"workers": 0}, {"currency": "usd"},
        {"country": "USA"}, {"consumer_idle_minutes": 1}, {"staff_hours": 13},
        {"publish_at": "24:00"}, {"publish_at": "2:00"}, {"mailer": "sendmail"},
        {"trusted_proxy_hops": -1}, {"licence_public_keys": ["x"]}, {"payments": "cash"},
        {"stripe_pages": "https://pay.example.org/x; script-src *"}, {"stripe_api": "ftp://x"},
    ],
)  # fmt: skip
def test_a_value_that_makes_no_sense_stops_the_start(wrong):
    with pytest.raises(ValidationError):
        of(**wrong)


def test_secrets_do_not_show_when_settings_are_printed():
    shown = repr(of(smtp_password="hunter2-hunter2"))
    assert "hunter2" not in shown
    assert "rk_live" not in shown
    assert "whsec_abc" not in shown
    assert "x" * 40 not in shown
    assert "pw@redis" not in shown


def test_settings_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("PORTAL_PORT", "8555")
    monkeypatch.setenv("PORTAL_ALLOWED_ORIGINS", '["https://b.example.org"]')
    chosen = Settings(_env_file=None)
    assert (chosen.port, chosen.allowed_origins) == (8555, ["https://b.example.org"])
    assert chosen.address == "http://localhost:8555"
