"""Posts that begin, change or end a session: native forms, answered with 303.

They are not events of a page because a cookie can only be set by an answer over HTTP, and because
a socket keeps the cookie with which it was opened.
"""

from portal_app.web.auth import (
    account,
    activation,
    applications,
    registration,
    resets,
    security,
    sign_in,
)

# Every way into the portal, and every way to change one's own.
ROUTES = (
    *sign_in.ROUTES,
    *registration.ROUTES,
    *activation.ROUTES,
    *applications.ROUTES,
    *resets.ROUTES,
    *security.ROUTES,
    *account.ROUTES,
)
