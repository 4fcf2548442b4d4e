"""What a service raises when it declines to do something: the whole tree; and what is away."""


class PortalError(Exception):
    """A refusal that may be shown to the person as it stands."""

    message = "That could not be done. Nothing was changed."

    def __init__(self, message: str = "") -> None:
        self.message = message or type(self).message
        super().__init__(self.message)


class NotFound(PortalError):
    """The thing does not exist, or the actor may not know that it does."""

    message = "We could not find that. Check the address, or begin at the start page."


class NotAllowed(PortalError):
    """The actor can see the thing but may not do this to it."""

    message = "Your sign-in does not let you do that. Ask us if you think it should."


class SwitchedOff(NotAllowed):
    """A capability was asked for that is not switched on; the refusal is written down (S0-05)."""

    message = "That cannot be done in the portal. Ask us, and we will do it for you."

    def __init__(self, feature: str) -> None:
        super().__init__()
        self.feature = feature


class Conflict(PortalError):
    """The thing is no longer in a state in which this makes sense."""

    message = "This has changed since you opened it. Look at it again, then decide."


class TooMany(PortalError):
    """The actor has done this too often in too short a time."""

    message = "You have tried this several times. Wait a few minutes, then try again."


class Invalid(PortalError):
    """What was entered cannot be accepted; `fields` says which field and why."""

    def __init__(self, **fields: str) -> None:
        self.fields = fields
        super().__init__(" ".join(fields.values()))


class Unavailable(Exception):
    """What the portal stands on does not answer in time: no refusal, and no fault of the request.

    The same call may succeed later. Jobs try again; a person is asked to.
    """
