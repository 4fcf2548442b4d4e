"""What each figure should reach, as agreed before anything was measured."""

from bench.measures import cold, journeys, load, memory

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
    memory.IDLE: "≤ 150",
    memory.SESSION: "≤ 300",
}
