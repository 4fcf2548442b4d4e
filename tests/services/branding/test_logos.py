"""Logos: pictures drawn anew, drawings without anything that could run or load (S4-06)."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from portal_app import models as m
from portal_app.core.actor import ANONYMOUS, Role
from portal_app.core.errors import Invalid, NotAllowed, NotFound
from portal_app.services import branding
from portal_app.services.branding.rules.logos import read_logo
from tests import factories as f

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">{}'
    '<rect width="120" height="40" fill="#0b3954"/></svg>'
)
# Seven lines that a browser would unfold into a hundred million shapes.
UNFOLDING = '<g id="a0"><path d="M0 0h1"/></g>' + "".join(
    f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)
)
HARMFUL = (
    "<script>alert(1)</script>",
    "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    "<rect onload='alert(1)'/>",
    "<rect ONCLICK='alert(1)'/>",
    "<a href='javascript:alert(1)'><rect/></a>",
    "<image href='http://example.com/x.png'/>",
    "<use href='http://example.com/x.svg#a'/>",
    "<use xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='data:image/svg+xml,x'/>",
    "<style>@import url(http://example.com/x.css)</style>",
    "<style>rect{fill:url(http://example.com/x)}</style>",
    "<rect style='fill:url(//example.com/x)'/>",
    "<rect fill='url(http://example.com/#a)'/>",
    "<animate attributeName='href' values='javascript:alert(1)'/>",
    "<set attributeName='onload' to='alert(1)'/>",
    "<iframe src='http://example.com'/>",
)


def logo(text, **encoding):
    return read_logo(io.BytesIO(text.encode(**encoding)))


def photo(kind="PNG", size=(2400, 600)):
    made = io.BytesIO()
    Image.new("RGB", size, "#0b3954").save(made, format=kind)
    return io.BytesIO(made.getvalue())


@pytest.mark.requirement("S4-06")
@pytest.mark.asvs("1.3.4")
@pytest.mark.parametrize("harm", HARMFUL)
def test_drawing_that_could_run_or_load_anything_is_refused(harm):
    with pytest.raises(Invalid, match="could do harm"):
        logo(DRAWING.format(harm))


@pytest.mark.asvs("1.3.4")
@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + DRAWING.format("&a;"),
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd" [ ]>' + DRAWING.format(""),
        '<?xml-stylesheet href="http://example.com/x.css"?>' + DRAWING.format(""),
        "<html><body>no</body></html>",
        DRAWING.replace("http://www.w3.org/2000/svg", "urn:x").format(""),
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        DRAWING.format("<g>" * 4_000),
        DRAWING.format("<g/>" * 2_500),
        DRAWING.format(UNFOLDING),
        "GIF89a", "%PDF-1.4", "", " ", "\x00",
    ],
    ids=range(14),
)  # fmt: skip
def test_what_is_no_plain_drawing_is_refused(text):
    with pytest.raises(Invalid) as refused:
        logo(text)
    assert set(refused.value.fields) == {"logo"}


@pytest.mark.asvs("1.3.4")
def test_drawing_in_another_encoding_is_refused():
    with pytest.raises(Invalid):
        logo(DRAWING.format("<script>alert(1)</script>"), encoding="utf-16")


@pytest.mark.requirement("S4-06")
def test_plain_drawing_loses_what_programs_note_down_and_keeps_its_shapes():
    made = logo(
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        + DRAWING.format(
            "<metadata>me</metadata><style>.a{fill:#fff}</style><g class='a' data-x='1'/>"
            "<x:view xmlns:x='urn:x'/><linearGradient id='b'/><rect fill='url(#b)'/>"
        )
    )
    assert (made.width, made.height, made.media_type) == (120, 40, "image/svg+xml")
    text = made.content.decode()
    for gone in ("metadata", "data-x", "DOCTYPE", "urn:x"):
        assert gone not in text
    for kept in (".a{fill:#fff}", 'class="a"', "url(#b)"):
        assert kept in text


@pytest.mark.requirement("S4-06")
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_picture_is_drawn_anew_and_made_small(kind):
    made = read_logo(photo(kind))
    assert (made.width, made.height) == (800, 200)
    assert made.media_type == f"image/{kind.lower()}"
    assert Image.open(io.BytesIO(made.content)).size == (800, 200)


@pytest.mark.requirement("S4-06")
def test_picture_that_is_too_large_or_broken_is_refused():
    for content in (b"\x89PNG" + b"\x00" * 100, b"\xff\xd8\xff" * 10, b"x" * 1_000_001):
        with pytest.raises(Invalid):
            read_logo(io.BytesIO(content))


@pytest.fixture
def admin(any_db, clock):
    return f.sure(f.staff_actor(Role.ADMIN))


def put(actor, content=None, alt="Harbourline", seen=0, key="click"):
    return branding.set_logo(actor, content=content, alt=alt, seen=seen, key=key)


@pytest.mark.requirement("S4-06")
def test_logo_is_shown_at_once_kept_without_a_new_file_and_rolled_back(admin, clock):
    put(admin, photo())
    shown = branding.brand_for_host(ANONYMOUS, host="").logo
    assert (shown.alt, shown.width) == ("Harbourline", 800)
    served = branding.logo_file(ANONYMOUS, brand=admin.brand, fingerprint=shown.fingerprint)
    assert served.content.startswith(b"\x89PNG")
    put(admin, alt="Harbourline Rentals", seen=1, key="words")
    again = branding.brand_for_host(ANONYMOUS, host="").logo
    assert (again.fingerprint, again.alt) == (shown.fingerprint, "Harbourline Rentals")
    put(admin, photo(size=(100, 100)), seen=2, key="second")
    branding.roll_back(admin, part="logo", number=1, seen=3, key="back")
    assert branding.brand_for_host(ANONYMOUS, host="").logo == shown
    branding.roll_back(admin, part="logo", number=0, seen=4, key="none")
    assert branding.brand_for_host(ANONYMOUS, host="").logo is None
    assert len(f.fetch_all(m.BrandLogo)) == 2


def test_logo_needs_a_file_and_words(admin):
    for given in ({}, {"content": photo(), "alt": ""}):
        with pytest.raises(Invalid):
            put(admin, **given)
    with pytest.raises(NotAllowed):
        put(f.staff_actor(Role.MANAGER), photo())
    assert f.fetch_all(m.BrandLogo) == f.fetch_all(m.BrandRevision) == []


def test_logo_of_another_brand_is_not_served(admin):
    other = f.brand(name="Beacon", key="beacon", hosts=["beacon.example"])
    put(admin, photo())
    shown = branding.brand_for_host(ANONYMOUS, host="").logo
    with pytest.raises(NotFound):
        branding.logo_file(ANONYMOUS, brand=other.id, fingerprint=shown.fingerprint)
    assert branding.brand_for_host(ANONYMOUS, host="beacon.example").logo is None


@pytest.mark.asvs("7.5.1")
def test_logo_is_shown_only_once_somebody_has_confirmed_who_they_are(admin):
    with pytest.raises(NotAllowed, match="Confirm that it is you first"):
        put(replace(admin, stepped_up_until=None), photo())
    assert f.fetch_all(m.BrandLogo) == []
