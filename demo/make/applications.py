"""Writes what is applied for, and who is party to it."""

from demo.make.source import Brand
from demo.make.tables import Feed

_PARTIES = "parties"


def write_applications(feed: Feed, brand: Brand) -> None:
    """Write every application with its parties in their order."""
    for number, application in brand.applications.items():
        cells = {name: cell for name, cell in application.items() if name != _PARTIES}
        feed.add("applications", external_id=number, number=number, **cells)
        for index, party in enumerate(application[_PARTIES], start=1):
            feed.add(
                "application_parties",
                external_id=f"{number}-{index}",
                application=number,
                person=brand.person_ref(party["person"]),
                role=party["role"],
            )
