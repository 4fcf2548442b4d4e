"""What a person types is kept as it was typed, and made harmless where it leaves, in each way."""

import pytest

from portal_app.integrations import structured_logs
from portal_app.services import cases
from tests.services.cases.conftest import make_home
from tests.services.notifications.test_sending import Carrier, carrier, run  # noqa: F401

MARKUP = 'Rosa\'s <b>lift</b> & "co" <img src=x onerror=alert(1)>'
# Markdown, the tags of staff, the languages of templates: in the words of a customer all are words.
LANGUAGES = (
    "**not bold** [no link](javascript:alert(1)) ![x](https://evil.example/x) {{ brand }} "
    "{{ 7*7 }} {% if x %}{% endif %} ${7*7} <%= 7 %> https://evil.example"
)


@pytest.fixture
def home(db, clock):
    return make_home()


def told(carrier: Carrier, words: str):  # noqa: F811
    """The letters that went out and quote these words, as one text each part."""
    run()
    letters = [letter for letter in carrier.taken if words in letter.text]
    assert letters
    return letters


def is_said(home, number, words):
    return words in [one.body for one in home.thread(number).said]


@pytest.mark.asvs("1.1.2")
def test_a_text_is_kept_raw_and_encoded_by_each_way_out(home, carrier):  # noqa: F811
    number = home.open(subject=MARKUP, description=MARKUP)
    assert (home.case(number).subject, home.case(number).description) == (MARKUP, MARKUP)
    home.do(cases.add_comment, number, "member", words=MARKUP)
    assert is_said(home, number, MARKUP)
    for letter in told(carrier, MARKUP):
        assert "<img" not in letter.html and "<b>lift" not in letter.html
        assert "&lt;b&gt;lift&lt;/b&gt; &amp; " in letter.html
        assert MARKUP in letter.text
    logged = structured_logs.cleaned(f"{MARKUP}\r\nlevel=error")
    assert len(logged.splitlines()) == 1


@pytest.mark.asvs("1.3.5")
def test_the_words_of_a_customer_are_in_no_language(home, carrier):  # noqa: F811
    number = home.open(subject="A lift", description=LANGUAGES)
    assert home.case(number).description == LANGUAGES
    assert is_said(home, number, LANGUAGES)
    for letter in told(carrier, "A lift"):
        # The number of the case is of random letters and figures.
        assert LANGUAGES in letter.text and "49" not in letter.text.replace(number, "")
        assert "<strong>not" not in letter.html and "<em>" not in letter.html
        assert "javascript:alert" in letter.html and 'href="javascript' not in letter.html
        assert 'src="https://evil' not in letter.html and 'href="https://evil' not in letter.html
