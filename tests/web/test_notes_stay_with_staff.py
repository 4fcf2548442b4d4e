"""Internal notes of staff are in no frame that any customer's tab is ever sent (S1-16).

Over the bare socket, from a case's first day to its follow-up, in each mode of visibility.
"""

from contextlib import ExitStack

import pytest

from portal_app import models as m
from portal_app.core.ids import new_id
from portal_app.services import cases
from tests import factories as f
from tests.people import database_at, sign_in
from tests.permissions.operations import long_name
from tests.services.cases.conftest import make_home
from tests.tab import Tab, data_of

# One word to search for, which a tab is sent back, and one that no tab may ever hold.
SOUGHT, SECRET = "quokka", "wallaby"
CUSTOMERS = ("head", "member", "child", "representative", "former", "stranger")
SEEING = {
    "everyone": {"head", "member", "child", "representative"},
    "chosen": {"head", "member", "child", "representative"},  # the child was chosen
    "head": {"head", "member", "representative"},
    "none": {"member", "representative"},
}


class Desk:
    """A member of staff before the queue, who writes a note beside everything they do."""

    def __init__(self, tab):
        self.tab, self.notes = tab, []

    def do(self, event, number, **entered):
        form = {"number": number, "key": new_id(), **entered}
        return self.tab.send(long_name(f"case_queue_state.{event}"), {"form": form})

    def note(self, number):
        self.tab.open(f"/staff/cases?open={number}")
        self.notes.append(f"{SOUGHT} {SECRET} {len(self.notes)}")
        frames = self.do("note", number, note_words=self.notes[-1])
        assert self.notes[-1] in str(frames), "the note was written, and staff read it"


def customer_does(tab, event, number, **entered):
    form = {"number": number, "key": new_id(), **entered}
    return tab.send(long_name(f"case_state.{event}"), {"form": form})


def rows_shown(frames):
    """Return the list as these frames leave it: news of an earlier change may come before it."""
    deltas = [delta for frame in data_of(frames) for delta in frame.values()]
    return str([delta["rows_rx_state_"] for delta in deltas if "rows_rx_state_" in delta][-1])


def look_around(tabs, *numbers):
    """Have everybody open each case, their list, a search for what a note says, and notices."""
    for tab in tabs.values():
        for number in numbers:
            tab.open(f"/cases/{number}")
        tab.open("/cases")
        found = rows_shown(tab.send(long_name("cases_state.look_for"), {"words": SOUGHT}))
        assert not [one for one in numbers if one in found], "a note is not searched"
        tab.open("/notifications")


@pytest.mark.requirement("S1-14")
@pytest.mark.requirement("S1-16")
@pytest.mark.asvs("8.2.2")
@pytest.mark.parametrize("mode", SEEING)
def test_no_frame_to_any_customer_holds_a_note(server, mode):
    with database_at(server.database):
        home = make_home()
        home.mode(mode)
        chosen = {"household": home.household.id, "person": home.people["child"].id}
        cases.choose_reader(home.who("head"), **chosen, is_chosen=True, key=new_id())
        number, other = home.open("member"), home.open("member")
        for one in (number, other):
            home.do(cases.take_up, one)
    with ExitStack() as stack:

        def tab_of(who):
            user = home.who(who).user_id
            return stack.enter_context(Tab(server, cookie=sign_in(server.database, user).cookie))

        desk, tabs = Desk(tab_of("agent")), {who: tab_of(who) for who in CUSTOMERS}
        member = tabs["member"]
        desk.note(number)
        look_around(tabs, number, other)

        # Live: everybody has the case open while staff write notes and answers.
        for tab in tabs.values():
            tab.open(f"/cases/{number}")
        desk.note(number)
        desk.do("reply", number, words="Open answer.")
        for who in SEEING[mode]:
            tabs[who].wait_for("Open answer.")

        desk.note(other)
        desk.tab.open(f"/staff/cases?open={other}")
        desk.do("merge", other, into=number)
        desk.note(number)
        desk.do("propose", number, resolution="solved", notes="We paid it back.")
        customer_does(member, "accept", number)
        desk.note(number)
        customer_does(member, "rate", number, rating="5", rating_words="Quick.")
        sent = customer_does(member, "follow_up", number, words="It was taken again.")
        with database_at(server.database):
            follow = f.fetch(m.Case, follow_up_of=home.case(number).id).number
            assert (home.case(other).state, home.case(number).state) == ("closed", "closed")
            assert home.case(number).rating == 5
        assert follow in str(sent)
        desk.note(follow)
        look_around(tabs, number, other, follow)

        holding = {
            who: frame[:400] for who, tab in tabs.items() for frame in tab.frames if SECRET in frame
        }
        assert holding == {}
        told = " ".join(desk.tab.frames)
        assert [note for note in desk.notes if note not in told] == []
        for who in SEEING[mode]:
            assert any("Open answer." in frame for frame in tabs[who].frames), who
        for who in set(CUSTOMERS) - SEEING[mode]:
            assert not any("Open answer." in frame for frame in tabs[who].frames), who
