import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.integrations import structured_logs


@pytest.fixture
def logged(capsys):
    root, factory = logging.getLogger(), logging.getLogRecordFactory()
    before = root.handlers, root.level

    def lines(*calls):
        structured_logs.configure()
        for call in calls:
            call()
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    yield lines
    root.handlers, root.level = before
    logging.setLogRecordFactory(factory)


@pytest.mark.asvs("14.2.4")
@pytest.mark.asvs("16.2.5")
def test_no_secret_reaches_a_log_not_even_through_a_library(logged):
    event = {"password": "hunter2-secret", "cookie": "__Host-portal=tok-1; a=b"}
    text = json.dumps(
        logged(
            lambda: logging.getLogger("reflex.app").warning("event %s", event),
            lambda: logging.getLogger("other").error("from rosa@example.com, +1 (813) 555-0100"),
            lambda: logging.getLogger("portal").info("made", extra={"token": "abc", "note": "ok"}),
        )
    )
    for secret in ("hunter2", "tok-1", "rosa@", "555-0100", "abc"):
        assert secret not in text
    assert "ok" in text


@pytest.mark.asvs("16.2.2")
@pytest.mark.asvs("16.2.4")
def test_each_line_is_json_with_a_utc_moment(logged):
    (line,) = logged(lambda: logging.getLogger("portal").info("made"))
    assert line["timestamp"].endswith("Z")
    assert (line["level"], line["logger"], line["event"]) == ("info", "portal", "made")


@pytest.mark.asvs("16.4.1")
@given(st.text())
def test_no_text_can_begin_a_line_of_its_own(text):
    assert len(structured_logs.cleaned(f"a{text}b\r\nlevel=error\x1b[31m").splitlines()) == 1
