import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.web.branding import css_text

ESCAPE = re.compile(r"\\([0-9a-f]{1,6}) ")


def read(css):
    """Read a CSS string as a browser does: the quotes off, the escapes back."""
    assert css[0] == css[-1] == '"'
    inside = css[1:-1]
    assert '"' not in inside
    assert not any(character in inside for character in "\n\r\f")
    left = ESCAPE.sub("", inside)
    assert "\\" not in left
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), inside)


@pytest.mark.asvs("1.2.3")
@given(st.text(max_size=80))
def test_a_brands_words_come_back_as_they_were_and_end_nothing(words):
    printable = "".join(character for character in words if character >= " ")
    assert read(css_text(words)) == printable


@pytest.mark.asvs("1.2.3")
@pytest.mark.parametrize(
    "attack",
    [
        '";}body{display:none}',
        '\\";}body{display:none}',
        "</style><script>alert(1)</script>",
        "a\nb\r\fc",
        "\\",
        '\u2028"',
    ],
)
def test_no_name_can_carry_a_rule_or_an_element(attack):
    css = css_text(attack)
    assert read(css)
    assert "<" not in css
