"""Write the list of passwords that the portal refuses, from the frequency lists of zxcvbn.

Run `pip install zxcvbn==4.5.0`, then `python scripts/build_common_passwords.py`. The portal itself
does not need zxcvbn.
"""

import unicodedata
from pathlib import Path

from zxcvbn.frequency_lists import FREQUENCY_LISTS

TARGET = Path(__file__).parent.parent / "portal_app/services/identity/rules/common_passwords.txt"
MOST_FREQUENT = 10_000
# Nobody can choose anything shorter, so every long password and word counts, however rare.
SHORTEST_PASSWORD = 12
WORD_LISTS = ("english_wikipedia", "us_tv_and_film", "surnames")


def common() -> list[str]:
    """Return the most frequent passwords, then all long ones, then all long words."""
    passwords = list(FREQUENCY_LISTS["passwords"])
    words = [word for name in WORD_LISTS for word in FREQUENCY_LISTS[name]]
    long_ones = [word for word in [*passwords, *words] if len(word) >= SHORTEST_PASSWORD]
    chosen = [*passwords[:MOST_FREQUENT], *long_ones]
    return list(dict.fromkeys(unicodedata.normalize("NFC", word).casefold() for word in chosen))


if __name__ == "__main__":
    TARGET.write_text("\n".join(common()) + "\n", encoding="utf-8")
