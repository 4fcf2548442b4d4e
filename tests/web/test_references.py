"""Whatever stands in place of a page carries a reference, by which the log says what happened."""

import json
import re

import pytest

from portal_app import models as m
from portal_app.state.base import Notice
from tests import factories as f
from tests.asking import ask
from tests.people import database_at, sign_in
from tests.tab import Tab, data_of

REFERENCE = re.compile(r"E-[0-9A-HJKMNP-TV-Z]{6}")


@pytest.fixture(scope="module")
def stranger(server):
    """A customer with an account of their own, in a portal where somebody else has a contract."""
    with database_at(server.database):
        f.contract(f.account(), number="R-20418")
        account = f.account()
        actor = f.consumer_actor(account)
        user = f.fetch(m.PortalUser, id=actor.user_id)
    return sign_in(server.database, user.id).cookie, actor.user_id


def logged(server, number: str) -> dict[str, str]:
    """Return the one line of the log about a reference."""
    (line,) = [one for one in server.logged().splitlines() if number in one]
    return json.loads(line)


def shown(frames) -> dict[str, str]:
    """Return the last notice that a tab was sent."""
    notices = [
        values
        for sent in data_of(frames)
        for state in sent.values()
        for name, values in state.items()
        if name.startswith("notice") and values["title"]
    ]
    return notices[-1]


@pytest.mark.requirement("S0-02")
@pytest.mark.asvs("8.2.2")
def test_a_page_that_is_not_there_says_a_reference_and_nothing_about_what_is(server, stranger):
    cookie, actor = stranger
    notices = []
    for number in ("R-20418", "R-NOBODYS"):
        with Tab(server, cookie=cookie) as tab:
            notices.append(shown(tab.open(f"/contracts/{number}?from=me@example.com")))
        line = logged(server, notices[-1]["reference"])
        assert (line["actor"], line["path"]) == (actor, f"/contracts/{number}")
        assert (line["refusal"], line["level"]) == ("NotFound", "info")
        assert "example.com" not in str(line)
    references = [notice.pop("reference") for notice in notices]
    assert all(map(REFERENCE.fullmatch, references)) and len(set(references)) == 2
    assert notices[0] == notices[1]
    assert set(notices[0]) == {"title", "body"} < set(Notice.__dataclass_fields__)


@pytest.mark.requirement("S0-02")
def test_an_address_that_the_portal_does_not_have_says_a_reference(server):
    with Tab(server) as tab:
        said = REFERENCE.findall(json.dumps(data_of(tab.open("/no/such/page"))))
    line = logged(server, said[-1])
    assert (line["path"], line["refusal"]) == ("/no/such/page", "NotFound")


@pytest.mark.requirement("S0-02")
@pytest.mark.asvs("8.2.2")
def test_a_paper_that_is_not_there_says_a_reference_over_http(server, stranger):
    cookie, actor = stranger
    with database_at(server.database):
        theirs = f.fetch(m.Contract, number="R-20418").id
    pages = []
    for contract in (theirs, "nothing"):
        path = f"/files/contracts/{contract}"
        answer = ask(server, "GET", path, headers={"cookie": f"__Host-portal={cookie}"})
        (number,) = REFERENCE.findall(answer.text)
        assert f"give this reference: {number}." in answer.text
        line = logged(server, number)
        assert (line["actor"], line["path"], line["refusal"]) == (actor, path, "NotFound")
        pages.append((answer.status_code, answer.text.replace(number, "")))
    assert pages[0] == pages[1]
