"""Money as whole minor units of one currency. No floats, anywhere."""

import re
from dataclasses import dataclass

# ISO 4217 currencies that do not have two decimal places.
_EXPONENTS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND"), 0
    ),
    **dict.fromkeys(("VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_DECIMAL = re.compile(r"^(-?)(\d{1,12})(?:\.(\d{1,3}))?$", re.ASCII)


def exponent(currency: str) -> int:
    """Return how many decimal places the currency has."""
    return _EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units (cents), signed, of one ISO 4217 currency."""

    amount_minor: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str) -> "Money":
        """Read a decimal such as `-1234.50`; raises ValueError when it is not one."""
        match = _DECIMAL.match(text.strip())
        places = exponent(currency)
        if match is None or len(match[3] or "") > places:
            message = f"{text!r} is not an amount in {currency}"
            raise ValueError(message)
        minor = int(match[2]) * 10**places + int((match[3] or "").ljust(places, "0") or "0")
        return cls(-minor if match[1] else minor, currency)

    @property
    def decimal(self) -> str:
        """The amount as a plain decimal string, such as `-1234.50`."""
        places = exponent(self.currency)
        sign, minor = ("-" if self.amount_minor < 0 else ""), abs(self.amount_minor)
        if not places:
            return f"{sign}{minor}"
        return f"{sign}{minor // 10**places}.{minor % 10**places:0{places}d}"

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            message = f"cannot add {other.currency} to {self.currency}"
            raise ValueError(message)
        return other.amount_minor

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount_minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount_minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount_minor, self.currency)

    def __bool__(self) -> bool:
        return self.amount_minor != 0
