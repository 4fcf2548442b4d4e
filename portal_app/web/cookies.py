"""The one cookie: unreadable to scripts, bound to this host, sent to this site only."""

from starlette.responses import Response

COOKIE = "__Host-portal"


def set_token(response: Response, token: str) -> None:
    """Give the browser its session's token; it lives as long as the browser is open."""
    response.set_cookie(COOKIE, token, secure=True, httponly=True, samesite="lax", path="/")


def clear_token(response: Response) -> None:
    """Take the token back, and have the browser forget what it kept of us."""
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax", path="/")
    response.headers["clear-site-data"] = '"cache", "storage"'


def token_of(cookie_header: str) -> str:
    """Return our token from a Cookie header, or nothing."""
    for part in cookie_header.split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE:
            return value
    return ""
