import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.services.documents import rules


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Contract R-20418", "Contract R-20418.pdf"),
        ("Invoice ../../etc/passwd", "Invoice .. .. etc passwd.pdf"),
        ('a"b\r\nSet-Cookie: x', "a b Set-Cookie x.pdf"),
        ("Déménagement №7", "Déménagement №7.pdf"),
        ("...", "Document.pdf"),
        ("", "Document.pdf"),
    ],
)
def test_a_file_gets_a_name_that_every_system_keeps(title, name):
    assert rules.file_name(title) == name


@given(st.text(max_size=400))
def test_no_title_makes_a_dangerous_name(title):
    name = rules.file_name(title)
    assert name.endswith(".pdf")
    assert len(name) <= 104
    assert not set(name) & set('<>:"/\\|?*\r\n\x00')
    assert not name.startswith(".")
    name.encode()


@pytest.mark.parametrize(
    ("colour", "ink"),
    [
        ("#000000", "#ffffff"),
        ("#3d4fd6", "#ffffff"),
        ("#ffff00", "#111111"),
        ("#ffffff", "#111111"),
        ("red", "#ffffff"),
        ("", "#ffffff"),
    ],
)
def test_words_on_a_brands_colour_stay_readable(colour, ink):
    assert rules.ink_on(colour) == ink
