"""Messages about cases and applications."""

from portal_app.services.templates.rules.kinds.kind import Kind, link
from portal_app.services.templates.rules.tags import Tag

_CASE = (
    Tag("number", "The case's number", "C-1042"),
    Tag("subject_line", "What the case is about", "The washing machine leaks"),
    Tag("words", "What was written", "The engineer comes on Tuesday between 8 and 10."),
)
_WHO = Tag("who", "Who did it", "Grace Dlamini")
_APPLICATION = Tag("number", "The application's number", "MA-60412")
_LABEL = Tag("label", "The document", "Proof of income")


def _case(key: str, name: str, when: str, *own: Tag) -> Kind:
    return Kind(f"case.{key}", name, when, (link("The case in the portal", "/cases/C-1042"), *own))


def _proposal(key: str, name: str, when: str, *own: Tag) -> Kind:
    where = link("The application in the portal", "/proposals/MA-60412")
    return Kind(f"proposal.{key}", name, when, (where, _APPLICATION, *own))


CASES = (
    _case("opened", "Case received", "Sent when a customer opens a case.", *_CASE),
    _case("commented", "Somebody wrote in a case", "Sent to the others who see the case.",
          *_CASE, _WHO),
    _case("info_requested", "A case needs an answer",
          "Sent when you ask something before a case can go on.", *_CASE),
    _case("solution_proposed", "A solution is proposed",
          "Sent when you propose a solution of a case.", *_CASE),
    _case("rejected", "A solution is rejected", "Sent to the others who see the case.",
          *_CASE, _WHO),
    _case("closing_soon", "A case is about to close",
          "Sent before a proposed solution counts as accepted.", *_CASE),
    _case("merged", "Case goes on in another one", "Sent when you merge two cases.",
          *_CASE[:2], Tag("words", "The number of the case where it goes on", "C-1040")),
    _case("closed", "Case closed", "Sent when a case is closed.", *_CASE[:2]),
    Kind("application.reopened", "An application is open again",
         "Sent when you open again what was handed in.",
         (link("The application in the portal", "/applications/MA-60412"), _APPLICATION,
          Tag("forms", "What is open again", "Income, Expenses"))),
    _proposal("asked", "A document is needed", "Sent when you ask for a document.", _LABEL),
    _proposal("turned_down", "A document cannot be used",
              "Sent when you cannot use a document that was sent.", _LABEL,
              Tag("reason", "Why not", "The last page is missing.")),
    _proposal("refused", "A document is needed again",
              "Sent when a file did not pass the check, so that the document is missing.", _LABEL,
              Tag("reason", "What was wrong with the file", "This file is damaged.")),
    _proposal("replied", "You wrote about an application", "Sent when you write to an applicant.",
              Tag("words", "What was written", "Your documents are complete.")),
)  # fmt: skip
