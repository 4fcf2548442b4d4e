"""How much may be sent, and how long the way in stays open."""

from datetime import timedelta

MEGABYTE = 1_000_000
PART_SIZE = 8_388_608
"""Larger files are sent in parts of this many bytes, so that a broken line costs one part."""
MOST_BY_CUSTOMER, MOST_BY_STAFF = 20, 60
A_HOUR = timedelta(hours=1)
OPEN_FOR = timedelta(minutes=10)
PARTS_OPEN_FOR = timedelta(hours=1)
# What is checked for longer than this was left by a worker that died.
CHECKED_WITHIN = timedelta(minutes=30)
# An object younger than this may belong to something that has not been committed yet.
SETTLES_WITHIN = timedelta(hours=2)


def goes_in_parts(size: int) -> bool:
    """Say whether a file of this many bytes is sent in parts."""
    return size > PART_SIZE
