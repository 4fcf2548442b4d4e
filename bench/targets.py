"""What figures should reach, as agreed before anything was measured, and which of them tell most."""

from bench.measures import (
    cases,
    cold,
    feed,
    filling,
    journeys,
    live,
    load,
    memory,
    statement,
    uploads,
)
from bench.world.applications import LARGE, SMALL

TARGETS = {
    cold.FORM: "≤ 180",
    cold.LIST: "≤ 550",
    cold.SIZE: "≤ 195",
    cold.SCRIPT: "≤ 165",
    cold.FORM + cold.SLOW: "≤ 1,000",
    cold.LIST + cold.SLOW: "≤ 2,400",
    journeys.NAVIGATION: "≤ 75",
    journeys.NAVIGATION + cold.SLOW: "≤ 370",
    load.VIEWS: "≥ 50",
    load.NAVIGATIONS: "≥ 100",
    cases.OWN: "≤ 45",
    memory.IDLE: "≤ 150",
    memory.SESSION: "≤ 300",
}

# Those that the README shows, in this order.
TELLING = (
    cold.LIST,
    cold.LIST + cold.SLOW,
    journeys.NAVIGATION,
    journeys.SIGN_IN,
    "List of 20 own contracts, filled",
    "List of 20,000 own contracts, filled",
    load.NAVIGATIONS,
    live.SEEN,
    "List among 20 own cases, filled",
    "List among 20,000 own cases, filled",
    filling.filled(LARGE),
    filling.seen(SMALL),
    uploads.arrived("S3 (SeaweedFS)", 24),
    cases.SEEN,
    feed.FRESH,
    statement.PDF,
    memory.SESSION,
)
