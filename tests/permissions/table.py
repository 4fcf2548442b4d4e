"""Who may send which event. The whole list: an operation that is missing here fails the suite."""

from portal_app.core.actor import Access

PUBLIC = ("PortalState.say", "ShellState.load", "ShellState.refresh")
SIGNED_IN = ("ShellState.dismiss_announcement",)
CONSUMER = ()
STAFF = ()
MANAGER = ()
ADMIN = ()

OPERATIONS = {
    **dict.fromkeys(PUBLIC, Access.PUBLIC),
    **dict.fromkeys(SIGNED_IN, Access.SIGNED_IN),
    **dict.fromkeys(CONSUMER, Access.CONSUMER),
    **dict.fromkeys(STAFF, Access.STAFF),
    **dict.fromkeys(MANAGER, Access.MANAGER),
    **dict.fromkeys(ADMIN, Access.ADMIN),
}
