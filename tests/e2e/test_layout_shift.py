"""Nothing that people are reading moves when the data arrives."""

import pytest

MOST = 0.01
PAGES = [
    "/",
    "/contracts",
    "/items-out",
    "/statements",
    "/invoices",
    "/requests",
    "/profile",
    "/help",
]
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
# Adds up every shift since the document began, and remembers what moved.
OBSERVER = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) {
      const moved = entry.sources.map(({ node }) => (node?.outerHTML ?? String(node)).slice(0, 99));
      window.shifts.push({ value: entry.value, moved });
    }
  }
}).observe({ type: "layout-shift", buffered: true });
"""


def shifts_at(person, path):
    person.context.add_init_script(OBSERVER)
    page = person.open(path)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(300)
    return page.evaluate("window.shifts")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_a_customers_page_stands_still_while_it_fills(visit, path, size):
    shifts = shifts_at(visit("rental_customer", viewport=SIZES[size]), path)
    assert sum(shift["value"] for shift in shifts) <= MOST, shifts


@pytest.mark.parametrize("size", SIZES)
def test_the_sign_in_page_stands_still_while_it_loads(visit, size):
    shifts = shifts_at(visit(viewport=SIZES[size]), "/sign-in")
    assert sum(shift["value"] for shift in shifts) <= MOST, shifts
