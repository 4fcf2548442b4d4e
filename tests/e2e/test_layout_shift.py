"""Nothing that people are reading moves when the data arrives."""

import pytest

from tests.e2e.addresses import CONSUMER, DOORS, PAYER, STAFF

MOST = 0.01
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
# One page of every kind: after another of its kind a reload would begin with that one.
ONE_DETAIL = [path for path in CONSUMER if path[:9] != "/profile/" or path == "/profile/address"]
ONE_CONTRACT = [path for path in PAYER if path != "/contracts/SD-41207"]
ANOTHER = ("/staff/gallery", "/staff/customers/30211", "/staff/customers/10503")
ONE_CUSTOMER = [path for path in STAFF if path not in ANOTHER]
VISITORS = {
    "rental_customer": ({"key": "rental_customer"}, ONE_DETAIL),
    "head": ({"key": "head"}, ONE_CONTRACT),
    # Each link leads to another account than the one looked at; whose it is comes with the page.
    "representative": ({"key": "representative"}, ["/contracts/SD-41355", "/access", "/cases"]),
    "two_accounts": ({"key": "two_accounts"}, ["/contracts/R-74866", "/contracts/R-75286"]),
    "admin": ({"role": "admin"}, ONE_CUSTOMER),
    "nobody": ({}, DOORS),
}
# Adds up every shift since the document began, and remembers what moved.
OBSERVER = """
window.shifts = [];
window.note = (entries) => {
  for (const entry of entries) {
    if (!entry.hadRecentInput) {
      const moved = entry.sources.map(({ node, previousRect: from, currentRect: to }) =>
        `${(node?.outerHTML ?? String(node)).slice(0, 90)} ${from.y} to ${to.y}, ` +
        `${from.height} to ${to.height} high`);
      window.shifts.push({ value: entry.value, moved });
    }
  }
};
window.watching = new PerformanceObserver((list) => note(list.getEntries()));
window.watching.observe({ type: "layout-shift", buffered: true });
"""
# Fonts may still move words; a shift is reported in the frame after it happened.
AT_REST = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  note(window.watching.takeRecords());
  return window.shifts;
}"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("who", VISITORS)
def test_pages_stand_still_while_they_fill(visit, who, size):
    identity, paths = VISITORS[who]
    person = visit(**identity, viewport=SIZES[size])
    person.context.add_init_script(OBSERVER)
    moving = {}
    for path in paths:
        shifts = person.open(path).evaluate(AT_REST)
        if sum(shift["value"] for shift in shifts) > MOST:
            moving[path] = shifts
    assert moving == {}, "\n".join(f"{path}: {shifts}" for path, shifts in moving.items())
