"""Codes that are sent, under everything that may be done with them in any order."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from portal_app import models as m
from portal_app.core.actor import Actor
from portal_app.services import identity
from portal_app.services.identity import CodeResult
from portal_app.services.identity.rules import hashing
from portal_app.services.transaction import transaction
from tests import factories as f

SYSTEM = Actor.system("tests")
SIGN_IN = m.ChallengePurpose.SIGN_IN
WINDOW = timedelta(minutes=10)


class Codes(RuleBasedStateMachine):
    """Two browsers; a code of either may be typed into both."""

    clock = None  # the fixture's, set by the test

    @initialize()
    def open_browsers(self):
        brand = f.brand()
        self.sessions, self.newest, self.sent, self.accepted = [], {}, [], set()
        for _ in range(2):
            with transaction(SYSTEM) as tx:
                made, _ = identity.open_session(
                    tx, brand_id=brand.id, user_id=None, stage=m.SessionStage.SECOND_FACTOR
                )
                self.sessions.append(made.id)

    def session(self, tx, which):
        return tx.session.get(m.PortalSession, self.sessions[which])

    @rule(which=st.integers(0, 1))
    def send(self, which):
        with transaction(SYSTEM) as tx:
            _, code = identity.open_challenge(tx, self.session(tx, which), SIGN_IN)
        self.newest[which] = {"code": code, "at": self.clock(), "tries": 0, "is_open": True}
        self.sent.append((which, code))

    @rule(seconds=st.sampled_from([1, 59, 299, 300, 599, 600, 601]))
    def wait(self, seconds):
        self.clock.advance(seconds=seconds)

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 1), data=st.data(), is_guess=st.booleans())
    def type_code(self, which, data, is_guess):
        typed = "no code" if is_guess else data.draw(st.sampled_from(self.sent))[1]
        newest = self.newest.get(which)
        with transaction(SYSTEM) as tx:
            result, used = identity.try_code(tx, self.session(tx, which), SIGN_IN, typed)
        assert result is self.expected(newest, typed)
        assert (used is not None) == (result is CodeResult.RIGHT)
        if result is CodeResult.RIGHT:
            assert (which, typed) not in self.accepted
            self.accepted.add((which, typed))

    def expected(self, newest, typed):
        if newest is None or not newest["is_open"]:
            is_used_up = newest is not None and newest["tries"] >= 5
            return CodeResult.USED_UP if is_used_up else CodeResult.RUN_OUT
        if self.clock() >= newest["at"] + WINDOW:
            newest["is_open"] = False
            return CodeResult.RUN_OUT
        newest["tries"] += 1
        if typed == newest["code"]:
            newest["is_open"] = False
            return CodeResult.RIGHT
        if newest["tries"] >= 5:
            newest["is_open"] = False
            return CodeResult.USED_UP
        return CodeResult.WRONG

    @invariant()
    def one_code_at_most_is_open_in_each_browser(self):
        for session_id in getattr(self, "sessions", ()):
            still_open = f.fetch_all(
                m.OtpChallenge, session_id=session_id, state=m.ChallengeState.OPEN
            )
            assert len(still_open) <= 1


@pytest.mark.asvs("6.5.1")
@pytest.mark.asvs("6.5.5")
@pytest.mark.asvs("6.6.2")
@pytest.mark.asvs("6.6.3")
@pytest.mark.asvs("2.3.1")
def test_a_code_opens_its_own_browser_once_within_ten_minutes_and_five_tries(
    db, clock, monkeypatch
):
    # The machine is about when a code counts, not about how slowly it is compared.
    monkeypatch.setattr(hashing, "keep_code", lambda code: code)
    monkeypatch.setattr(hashing, "matches_code", lambda code, kept: code == kept)
    Codes.clock = clock
    run_state_machine_as_test(
        Codes,
        settings=settings(
            max_examples=60,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
