"""The sections that come with the portal (S2-21); a brand changes them as it likes."""

from dataclasses import dataclass

from portal_app.services.forms.rules.definitions import FieldKind, FormField

_K = FieldKind
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """One section as it is before a brand has changed it."""

    key: str
    title: str
    introduction: str
    fields: tuple[FormField, ...]


def _f(key: str, label: str, kind: FieldKind = _K.TEXT, **more: object) -> FormField:
    return FormField(key, label, kind, **more)  # type: ignore[arg-type]


def _must(key: str, label: str, kind: FieldKind = _K.TEXT, **more: object) -> FormField:
    return _f(key, label, kind, is_required=True, **more)


def _money(key: str, label: str, hint: str = "") -> FormField:
    return _f(key, label, _K.MONEY, hint=hint)


_MARITAL: Options = (
    ("single", "Single"),
    ("married", "Married or in a civil union"),
    ("separated", "Separated"),
    ("divorced", "Divorced"),
    ("widowed", "Widowed"),
)
_HOMES: Options = (
    ("own", "I own it, without a mortgage"),
    ("mortgage", "I own it, with a mortgage"),
    ("rent", "I rent it"),
    ("family", "I live with family"),
    ("other", "Something else"),
)
_WORK: Options = (
    ("employed", "Employed"),
    ("self_employed", "Self-employed"),
    ("retired", "Retired"),
    ("student", "Studying"),
    ("other", "Something else"),
)
_REACH: Options = (("email", "Email"), ("mobile", "Mobile phone"), ("post", "Letter"))

STANDARD = (
    Standard(
        "personal",
        "Personal details",
        "As they stand in your passport or driving licence.",
        (
            _must("given_names", "Given names"),
            _must("family_name", "Family name"),
            _must("date_of_birth", "Date of birth", _K.DATE),
            _f("marital_status", "Marital status", _K.CHOICE, options=_MARITAL),
            _f("dependants", "How many people depend on you", _K.NUMBER),
            _f("citizen", "Are you a citizen of the country you live in?", _K.YES_NO),
        ),
    ),
    Standard(
        "contact",
        "Contact details",
        "How we reach you about this application.",
        (
            _must("email", "Email address"),
            _must("mobile", "Mobile number"),
            _f("other_phone", "Another number"),
            _f("reach", "How do you like to be reached?", _K.CHOICE, options=_REACH),
        ),
    ),
    Standard(
        "addresses",
        "Addresses",
        "Where you live now, and where you lived in the last three years.",
        (
            _must("address", "Address now", _K.WORDS),
            _must("since", "Since when?", _K.DATE),
            _must("home", "How do you live there?", _K.CHOICE, options=_HOMES),
            _f(
                "earlier",
                "Earlier addresses",
                _K.GROUP,
                verb="Add an earlier address",
                fields=(
                    _must("address", "Address", _K.WORDS),
                    _f("from", "From", _K.DATE),
                    _f("until", "Until", _K.DATE),
                ),
            ),
        ),
    ),
    Standard(
        "employment",
        "Employment",
        "Your work now, and what you did before if that is less than two years ago.",
        (
            _must("status", "What do you do?", _K.CHOICE, options=_WORK),
            _f(
                "jobs",
                "Jobs",
                _K.GROUP,
                verb="Add a job",
                fields=(
                    _must("employer", "Employer, or the name of your business"),
                    _f("position", "What do you do there?"),
                    _f("since", "Since", _K.DATE),
                    _f("until", "Until", _K.DATE, hint="Leave it empty if you still do it."),
                ),
            ),
        ),
    ),
    Standard(
        "income",
        "Income",
        "What comes in. Leave empty what does not apply.",
        (
            _must("salary", "Salary or profit in a year, before tax", _K.MONEY),
            _money("bonus", "Bonus and overtime in a year"),
            _money("benefits", "Benefits and pensions in a year"),
            _money("rent_received", "Rent you receive in a year"),
            _f("other", "Anything else that comes in", _K.WORDS),
        ),
    ),
    Standard(
        "expenses",
        "Expenses",
        "What goes out in a usual month.",
        (
            _must("housing", "Rent or mortgage in a month", _K.MONEY),
            _money("living", "Food, clothes and household in a month"),
            _money("transport", "Travel and vehicles in a month"),
            _money("insurance", "Insurance in a month"),
            _money("children", "Childcare and school in a month"),
            _f("other", "Anything else that goes out", _K.WORDS),
        ),
    ),
    Standard(
        "assets",
        "Assets",
        "What you own: homes, savings, vehicles, investments.",
        (
            _must("has", "Do you own anything of this kind?", _K.YES_NO),
            _f(
                "owned",
                "What you own",
                _K.GROUP,
                verb="Add something you own",
                fields=(_must("what", "What is it?"), _must("worth", "What it is worth", _K.MONEY)),
            ),
        ),
    ),
    Standard(
        "liabilities",
        "Liabilities",
        "What you owe: loans, cards, agreements for vehicles.",
        (
            _must("has", "Do you owe anything of this kind?", _K.YES_NO),
            _f(
                "owed",
                "What you owe",
                _K.GROUP,
                verb="Add something you owe",
                fields=(
                    _must("to", "To whom?"),
                    _must("amount", "How much is left", _K.MONEY),
                    _money("monthly", "What you pay in a month"),
                ),
            ),
        ),
    ),
)
