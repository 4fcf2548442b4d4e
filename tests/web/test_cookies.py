import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import Response

from portal_app.web import cookies


def set_cookie(response):
    (header,) = [value.decode() for name, value in response.raw_headers if name == b"set-cookie"]
    return header


@pytest.mark.asvs("3.3.1")
@pytest.mark.asvs("3.3.2")
@pytest.mark.asvs("3.3.3")
@pytest.mark.asvs("3.3.4")
def test_the_token_is_for_this_host_and_this_site_and_no_script():
    response = Response()
    cookies.set_token(response, "abc")
    pair, *attributes = [part.strip() for part in set_cookie(response).split(";")]
    assert pair == "__Host-portal=abc"
    assert {attribute.lower() for attribute in attributes} == {
        "secure", "httponly", "samesite=lax", "path=/",
    }  # fmt: skip


@pytest.mark.asvs("14.3.1")
def test_taking_the_token_back_has_the_browser_forget_us():
    response = Response()
    cookies.clear_token(response)
    header = set_cookie(response).lower()
    assert header.startswith('__host-portal=""')
    assert "max-age=0" in header
    assert "secure" in header
    assert response.headers["clear-site-data"] == '"cache", "storage"'


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ("__Host-portal=abc", "abc"),
        ("theme=dark; __Host-portal=abc; other=1", "abc"),
        ("__Host-portal=a=b==", "a=b=="),
        ("x__Host-portal=abc", ""),
        ("__host-portal=abc", ""),
        ("portal=abc; __Secure-portal=abc", ""),
        ("__Host-portal", ""),
        ("", ""),
    ],
)
def test_only_our_own_cookie_is_read(header, token):
    assert cookies.token_of(header) == token


@given(st.text(max_size=200))
def test_a_cookie_header_of_any_kind_is_survived(header):
    assert isinstance(cookies.token_of(header), str)
