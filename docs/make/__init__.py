"""Writes the pages that follow from the code, so that they cannot say anything else."""

from collections.abc import Callable
from pathlib import Path

from docs.make import (
    audit,
    commands,
    configuration,
    connections,
    cryptography,
    data,
    feeds,
    fields,
    jobs,
    limits,
    permissions,
    sign_in,
    validation,
)

ROOT = Path(__file__).parents[2]
PAGES: dict[str, Callable[[], str]] = {
    ".env.example": configuration.example,
    "docs/audit.md": audit.page,
    "docs/commands.md": commands.page,
    "docs/configuration.md": configuration.page,
    "docs/connections.md": connections.page,
    "docs/cryptography.md": cryptography.page,
    "docs/data.md": data.page,
    "docs/feeds.md": feeds.page,
    "docs/fields.md": fields.page,
    "docs/jobs.md": jobs.page,
    "docs/limits.md": limits.page,
    "docs/permissions.md": permissions.page,
    "docs/sign-in.md": sign_in.page,
    "docs/validation.md": validation.page,
}
