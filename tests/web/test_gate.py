import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.tab import Tab, was_refused


def get(portal, path, **headers):
    return httpx.get(f"{portal.address}{path}", headers=headers)


@pytest.mark.asvs("3.4.1")
@pytest.mark.asvs("3.4.3")
@pytest.mark.asvs("3.4.4")
@pytest.mark.asvs("3.4.6")
@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/branding.css", "/portal.css"])
def test_every_answer_carries_the_protective_headers(portal, path):
    answer = get(portal, path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "max-age=31536000; includeSubDomains" in answer.headers["strict-transport-security"]
    if answer.headers.get("content-type", "").startswith("text/html"):
        policy = answer.headers["content-security-policy"]
        for rule in (
            "default-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ):
            assert rule in policy
        assert "unsafe-eval" not in policy
        assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]


@pytest.mark.asvs("3.5.1")
@pytest.mark.asvs("3.5.2")
@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_a_form_from_elsewhere_is_refused(portal, origin):
    answer = httpx.post(
        f"{portal.address}/auth/sign-in", headers={"origin": origin} if origin else {}
    )
    assert answer.status_code == 403


@pytest.mark.asvs("4.4.2")
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", None, "http://localhost.evil.example"]
)
def test_a_socket_from_elsewhere_is_refused(portal, origin):
    with pytest.raises(InvalidStatus) as refusal:
        Tab(portal, origin=origin)
    assert refusal.value.response.status_code == 403


@pytest.mark.asvs("3.4.2")
def test_no_other_site_may_read_our_answers(portal):
    answer = get(portal, "/branding.css", origin="https://evil.example")
    assert "access-control-allow-origin" not in answer.headers


def test_pages_are_served_without_a_redirect(portal):
    assert get(portal, "/staff/gallery").headers.get("location") == "/sign-in?next=/staff/gallery"
    assert get(portal, "/portal").headers["location"] == "/sign-in"


def test_hashed_files_are_kept_for_ever_and_data_never(portal):
    page = get(portal, "/sign-in")
    assert page.headers["cache-control"] == "no-cache"
    name = page.text.partition("/assets/")[2].partition('"')[0]
    assert "immutable" in get(portal, f"/assets/{name}").headers["cache-control"]
    assert get(portal, "/healthz").headers["cache-control"] == "no-store"


def test_trace_is_refused(portal):
    assert httpx.request("TRACE", portal.address).status_code == 405


def test_an_unknown_handler_is_refused_and_the_tab_lives_on(portal):
    with Tab(portal) as tab:
        tab.open("/sign-in")
        frames = tab.send("reflex___state____state.nothing", {})
        assert frames == [] or was_refused(frames)
        tab.open("/sign-in")


@pytest.mark.asvs("8.2.1")
def test_setvar_is_refused_on_every_state(portal):
    from reflex_base.registry import RegistrationContext

    import portal_app.portal_app  # noqa: F401 - fills the registry

    names = [n for n in RegistrationContext.get().event_handlers if n.endswith(".setvar")]
    assert len(names) > 2
    with Tab(portal) as tab:
        tab.open("/sign-in")
        for name in names:
            assert was_refused(tab.send(name, {"var_name": "role", "value": "admin"})), name
