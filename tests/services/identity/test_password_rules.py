import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.services.identity.rules import hashing, passwords
from portal_app.services.identity.rules.passwords import common, problem

pytestmark = [pytest.mark.requirement("S3-12"), pytest.mark.usefixtures("production_hashing")]


@pytest.mark.asvs("6.2.1")
@pytest.mark.parametrize(("is_alone", "shortest"), [(False, 12), (True, 15)])
def test_a_password_has_twelve_characters_or_fifteen_where_it_stands_alone(is_alone, shortest):
    letters = "quRtz Bvnd Glyph wax"
    assert problem(letters[: shortest - 1], is_alone=is_alone)
    assert not problem(letters[:shortest], is_alone=is_alone)


@pytest.mark.asvs("6.2.9")
def test_a_password_may_have_128_characters_and_no_more():
    words = "plinth fjord vexed nymph " * 6
    assert not problem(words[:128], is_alone=True)
    assert problem(words[:129], is_alone=True)


@pytest.mark.asvs("6.2.4")
@pytest.mark.asvs("6.2.12")
def test_every_listed_password_is_refused_and_three_thousand_are_long_enough_to_choose():
    assert all(problem(listed, is_alone=False) for listed in common())
    assert all(problem(listed.upper(), is_alone=False) for listed in common())
    assert sum(len(listed) >= passwords.SHORTEST for listed in common()) >= 3000


@pytest.mark.parametrize(
    "guessable",
    [
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "1234567890123456",
        "zyxwvutsrqponmlkj",
        "qwertyuiopasdfgh",
        "MNBVCXZLKJHGFDSA",
        "dragondragondragon",
        "Password12345!!",
        "!!sunshine!!123",
    ],
)
def test_repetitions_runs_and_common_words_with_a_tail_are_refused(guessable):
    assert problem(guessable, is_alone=False) == problem("password1234", is_alone=False)


@pytest.mark.asvs("6.2.5")
@pytest.mark.asvs("6.2.8")
@given(
    st.text(
        st.characters(categories=["Lo", "Lu", "Ll", "Sm", "So", "Nd", "Zs"]),
        min_size=15,
        max_size=40,
    ).filter(lambda t: len(set(unicodedata.normalize("NFC", t))) > 12)
)
def test_any_characters_will_do(text):
    if len(hashing.canonical(text)) >= passwords.SHORTEST_ALONE:
        assert problem(text, is_alone=True) == ""


@pytest.mark.asvs("6.2.11")
@pytest.mark.asvs("6.1.2")
@pytest.mark.parametrize(
    "made_of_context",
    [
        "Harbourline-2026",
        "rosa.lindqvist.1",
        "(813) 555-1234 x",
        "+1 813 555 1234 ab",
        "33602 Lindqvist!",
        "roofing@example.com",
        "813-555-1234-813",
    ],
)
def test_what_others_know_about_a_person_makes_no_password(made_of_context):
    known = ["Harbourline", "+18135551234", "roofing@example.com", "Rosa Lindqvist", "33602"]
    assert "not made of your name" in problem(made_of_context, is_alone=False, context=known)
    assert not problem("rosa walks to nine lighthouses", is_alone=True, context=known)


@pytest.mark.asvs("6.2.8")
@pytest.mark.parametrize("changed", ["{} ", " {}", "{}x"])
def test_nothing_is_cut_off_or_changed_before_comparing(changed):
    whole = "Nine Lighthouses, " * 6
    kept = hashing.keep(whole)
    assert hashing.matches(whole, kept)
    assert not hashing.matches(changed.format(whole), kept)
    assert not hashing.matches(whole.lower(), kept)
    assert not hashing.matches(whole[:-1], kept)


def test_the_same_letters_composed_differently_are_the_same_password():
    kept = hashing.keep(unicodedata.normalize("NFD", "Überraschung für Zoë"))
    assert hashing.matches(unicodedata.normalize("NFC", "Überraschung für Zoë"), kept)


@pytest.mark.asvs("11.4.2")
def test_passwords_are_kept_as_argon2id_with_the_chosen_cost():
    assert hashing.keep("seven green kettles").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashing.keep("same words") != hashing.keep("same words")


def test_nobodys_password_is_right_for_nobody():
    assert not hashing.matches("nobody has this password", None)


@pytest.mark.parametrize(
    "first_use", ["hashing.matches('x', None)", "hashing.keep_code('1')", "hashing.keep('x')"]
)
def test_the_first_hashes_of_a_process_may_be_asked_for_at_once(first_use):
    script = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from portal_app.services.identity.rules import hashing\n"
        "with ThreadPoolExecutor(4) as pool:\n"
        f"    [done.result() for done in [pool.submit(lambda: {first_use}) for _ in range(4)]]\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
