"""Write down every component of the portal as CycloneDX: `make components`.

Read from what is installed and from the lock of the browser part; nothing is looked up elsewhere.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement

PLACE = Path("build/components.json")
REQUIREMENTS, LOCK = Path("requirements.txt"), Path("reflex.lock/bun.lock")
# `"name": ["name@1.2.3", …` begins a line of the lock.
_LOCKED = re.compile(r'^ {4}"[^"]+": \["(@?[^"@]+)@([^"]+)"', re.MULTILINE)


def installed() -> Iterator[Distribution]:
    """Yield every Python package that the portal runs with, its own and those they bring along."""
    lines = (line.partition("#")[0].strip() for line in REQUIREMENTS.read_text().splitlines())
    waiting, seen = [Requirement(line) for line in lines if line], set[tuple[str, str]]()
    while waiting:
        wanted = waiting.pop()
        extras = {"", *wanted.extras}
        try:
            found = distribution(wanted.name)
        except PackageNotFoundError:
            continue  # only where another of the portal's systems needs it
        if not seen & {(found.name, "")}:
            yield found
        for extra in extras - {extra for name, extra in seen if name == found.name}:
            seen.add((found.name, extra))
            further = map(Requirement, found.requires or [])
            waiting += [
                one for one in further if not one.marker or one.marker.evaluate({"extra": extra})
            ]


def components() -> Iterator[Component]:
    """Yield all components: Python packages, then those of the browser part."""
    for found in sorted(installed(), key=lambda one: one.name.lower()):
        name, licence = found.name.lower(), found.metadata.get("License-Expression")
        yield Component(
            type=ComponentType.LIBRARY,
            name=found.name,
            version=found.version,
            purl=PackageURL("pypi", None, name, found.version),
            bom_ref=f"pypi:{name}",
            licenses=[DisjunctiveLicense(name=licence)] if licence else [],
        )
    for full_name, version in sorted(set(_LOCKED.findall(LOCK.read_text()))):
        scope, _, name = full_name.rpartition("/")
        yield Component(
            type=ComponentType.LIBRARY,
            name=name,
            group=scope or None,
            version=version,
            purl=PackageURL("npm", scope or None, name, version),
            bom_ref=f"npm:{full_name}@{version}",
        )


def listed() -> str:
    """Return the list as JSON."""
    bom = Bom(components=components())
    portal = Component(name="consumer-portal", type=ComponentType.APPLICATION)
    bom.metadata.component = portal
    bom.register_dependency(portal, bom.components)
    return make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)


def main() -> None:
    """Write the list to its place."""
    PLACE.parent.mkdir(exist_ok=True)
    PLACE.write_text(listed())
    sys.stdout.write(f"{PLACE}: {len(Bom(components=components()).components)} components\n")


if __name__ == "__main__":
    main()
