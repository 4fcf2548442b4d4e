"""Messages about changes of people's details."""

from portal_app.services.templates.rules.kinds.kind import Kind, link
from portal_app.services.templates.rules.tags import Tag

_CHANGE = (
    Tag("number", "The request's number", "CR-204"),
    Tag("what", "What is to be changed", "postal address"),
    Tag("changes", "What it is to become", "12 Harbour Street, Tacoma"),
)
CHANGES = (
    Kind("change.received", "Change request received",
         "Sent when a customer asks for a change of their details.",
         (link("The request in the portal", "/profile"), *_CHANGE)),
    Kind("change.approved", "Change accepted", "Sent when a change has been accepted.",
         (link("Their details in the portal", "/profile"), *_CHANGE)),
    Kind("change.rejected", "Change not accepted", "Sent when a change is not accepted.",
         (link("The request in the portal", "/profile"), *_CHANGE,
          Tag("reason", "Why not", "The document does not show the new name."))),
)  # fmt: skip
