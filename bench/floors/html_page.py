"""The floor without JavaScript: FastAPI, Jinja2, a cookie, three pages."""

import tempfile

from fastapi import Cookie, FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import DictLoader, Environment

from bench.floors import rows

_FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Floor</title>
<style>{{ css }}</style></head><body><nav><a href="/summary">Summary</a>
<a href="/contracts">Contracts</a></nav><main>{% block page %}{% endblock %}</main></body></html>"""
_SIGN_IN = """{% extends "frame" %}{% block page %}<h1>Sign in</h1>
<form method="post" action="/auth/sign-in"><label>Phone <input name="phone"></label>
<label>Password <input name="password" type="password"></label><button>Sign in</button></form>
{% endblock %}"""
_SUMMARY = """{% extends "frame" %}{% block page %}<h1>Summary</h1>
<p class="balance">{{ balance }}</p>{% endblock %}"""
_CONTRACTS = """{% extends "frame" %}{% block page %}<h1>Contracts</h1><ul>{% for row in rows %}
<li class="row"><b>{{ row[0] }}</b><span>{{ row[1] }}</span><span>{{ row[2] }}</span>
<time>{{ row[3] }}</time></li>{% endfor %}</ul>{% endblock %}"""
CSS = """body{font:16px/1.5 system-ui;margin:0 auto;max-width:60rem;padding:1rem}nav{display:flex;
gap:1rem}ul{list-style:none;padding:0}.row{display:flex;gap:2rem;padding:.5rem 0;
border-bottom:1px solid #ddd}form{display:grid;gap:1rem;max-width:20rem}"""

pages = Environment(
    loader=DictLoader(
        {"frame": _FRAME, "sign_in": _SIGN_IN, "summary": _SUMMARY, "contracts": _CONTRACTS}
    ),
    autoescape=True,
)
app = FastAPI(openapi_url=None)


def _page(name: str, **values: object) -> HTMLResponse:
    return HTMLResponse(pages.get_template(name).render(css=CSS, **values))


@app.get("/healthz")
def healthz() -> str:
    return "ok"


@app.get("/sign-in")
def sign_in() -> HTMLResponse:
    return _page("sign_in")


@app.post("/auth/sign-in")
def signed_in(phone: str = Form(), password: str = Form()) -> RedirectResponse:
    answer = RedirectResponse("/summary", 303)
    answer.set_cookie(rows.COOKIE, rows.account_of(phone, password), httponly=True)
    return answer


@app.put("/bare")
async def bare(request: Request) -> str:
    """Write what comes into a file: what an upload costs where nobody asks anything."""
    with tempfile.NamedTemporaryFile() as file:
        async for chunk in request.stream():
            file.write(chunk)
    return "ok"


@app.get("/summary")
def summary(floor: str = Cookie("")) -> HTMLResponse:
    return _page("summary", balance=rows.balance(floor))


@app.get("/contracts")
def contracts(floor: str = Cookie("")) -> HTMLResponse:
    return _page("contracts", rows=rows.newest(floor))
