"""What a document may prove: lenders ask for these by name (S4-31)."""

LABELS = (
    "Proof of identity",
    "Proof of address",
    "Proof of income",
    "Bank statement",
    "Driving licence",
    "Insurance",
    "Vehicle papers",
    "Signed agreement",
    "Other",
)
