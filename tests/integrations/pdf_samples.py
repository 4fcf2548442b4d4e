"""Data for each document as a caller would give it: every value is a string ready to print."""

COMMON = {
    "page": "us-letter",
    "lang": "en-US",
    "brand": {
        "name": "Northgate Equipment Rental",
        "colour": "#0f5c4c",
        "on_colour": "#ffffff",
        "address_lines": ["1840 Harbor Road", "Tampa, FL 33605"],
        "phone": "(813) 555-0100",
        "email": "accounts@northgate.example",
    },
    "account": {
        "number": "A-100245",
        "name": "Bayside Builders LLC",
        "address_lines": ["77 Gulf View Avenue", "Suite 4", "Tampa, FL 33602"],
    },
    "store": {"name": "Northgate Tampa", "phone": "(813) 555-0142"},
    "generated_at": "21 November 2026, 3:05 pm EST",
}


def movement(index):
    charge = index % 3 != 2
    return {
        "date": f"{index % 28 + 1} Oct 2026",
        "kind": "Rental charge" if charge else "Payment, thank you",
        "reference": f"INV-{30400 + index}" if charge else f"P-{88120 + index}",
        "contract": f"RC-{20410 + index % 7}" if charge else "",
        "method": "" if charge else "Visa ending 4242",
        "amount": f"${index * 37 % 900 + 100}.00" if charge else f"\u2212${index * 91 % 2000}.50",
        "balance": f"${index * 53 % 9000 + 1000}.25",
    }


def statement(rows=9, **changes):
    return {
        **COMMON,
        "title": "Statement as of 31 October 2026",
        "as_of": "31 October 2026",
        "period": "1 to 31 October 2026",
        "opening": "$2,140.00",
        "closing": "$3,418.75",
        "closing_label": "Balance owed",
        "owed": "$3,418.75",
        "movements": [movement(index) for index in range(rows)],
        "ageing": [
            {"label": "Not due", "amount": "$1,900.00"},
            {"label": "1 to 30 days", "amount": "$1,018.75"},
            {"label": "31 to 60 days", "amount": "$500.00"},
            {"label": "61 to 90 days", "amount": "$0.00"},
            {"label": "Over 90 days", "amount": "$0.00"},
        ],
        "note": "",
        **changes,
    }


def contract(**changes):
    return {
        **COMMON,
        "title": "Rental contract RC-20418",
        "number": "RC-20418",
        "kind_label": "Rental contract",
        "status_label": "On rent",
        "status_tone": "good",
        "facts": [
            {"label": "Started", "value": "3 October 2026"},
            {"label": "Ends", "value": "28 November 2026"},
            {"label": "Purchase order", "value": "PO-7781"},
            {"label": "Ordered by", "value": "Dana Whitfield"},
            {"label": "Job site", "value": "Riverwalk Phase 2, 400 Ashley Drive"},
        ],
        "lines": [
            {
                "description": "Scissor lift, 26 ft electric",
                "quantity": "3",
                "returned": "1",
                "out": "2",
                "rate": "$245.00 / week",
                "out_at": "3 Oct 2026",
                "due_back_at": "14 Nov 2026",
                "site": "Riverwalk Phase 2, 400 Ashley Drive",
                "flag": "Overdue",
            },
            {
                "description": "Plate compactor, 18 in",
                "quantity": "1",
                "returned": "0",
                "out": "1",
                "rate": "$88.00 / day",
                "out_at": "12 Nov 2026",
                "due_back_at": "28 Nov 2026",
                "site": "",
                "flag": "",
            },
        ],
        "totals": [
            {"label": "Rental so far", "value": "$2,204.00"},
            {"label": "Tax", "value": "$165.30"},
            {"label": "Estimated total", "value": "$2,369.30"},
        ],
        "what_happens_next": (
            "Call an item off rent in the portal when you are done with it. "
            "Rent stops when the store confirms it."
        ),
        **changes,
    }


def quote():
    lines = [
        {"description": "Skid steer loader, 74 hp", "quantity": "1", "rate": "$390.00 / day"},
        {"description": "Hydraulic breaker", "quantity": "1", "rate": "$140.00 / day"},
    ]
    return contract(
        title="Quote Q-5512",
        number="Q-5512",
        kind_label="Quote",
        status_label="Waiting for your answer",
        status_tone="info",
        lines=lines,
        totals=[],
        what_happens_next="This price holds until 5 December 2026. Call your store to book.",
        page="a4",
    )


def invoice(**changes):
    return {
        **COMMON,
        "title": "Invoice INV-30418",
        "number": "INV-30418",
        "issued_on": "1 November 2026",
        "due_on": "1 December 2026",
        "contract_number": "RC-20418",
        "status_label": "Partly paid",
        "status_tone": "warn",
        "lines": [
            {
                "description": "Scissor lift, 26 ft electric, 4 weeks",
                "quantity": "3",
                "unit_price": "$245.00",
                "amount": "$2,940.00",
            },
            {
                "description": "Delivery and collection",
                "quantity": "1",
                "unit_price": "$180.00",
                "amount": "$180.00",
            },
        ],
        "subtotals": [
            {"label": "Before tax", "value": "$3,120.00"},
            {"label": "Hillsborough County sales tax, 7.5%", "value": "$234.00"},
        ],
        "total": "$3,354.00",
        "open": "$1,354.00",
        **changes,
    }


def receipt(**changes):
    return {
        **COMMON,
        "title": "Receipt SD-20418-3",
        "number": "SD-20418-3",
        "contract_number": "SD-20418",
        "paid_on": "20 December 2026",
        "method": "Visa ending 4242",
        "lines": [
            {"description": "Payment 3", "amount": "$100.00"},
            {"description": "Fee for the missed payment", "amount": "$25.00"},
        ],
        "total": "$125.00",
        **changes,
    }


def consent(**changes):
    return {
        **COMMON,
        "title": "Receipt CN-7K3M9Q2XA1",
        "number": "CN-7K3M9Q2XA1",
        "sentence": "Harbourline may send me news and offers by email.",
        "answer": "Yes",
        "channel": "Email",
        "at": "20 December 2026 at 14:05",
        "place": "In this portal",
        "by": "Rosa Lindqvist",
        "text_version": "2026-11-1f0c77ab",
        **changes,
    }


EVERY_DOCUMENT = {
    "consent": consent(),
    "statement": statement(),
    "contract": contract(),
    "invoice": invoice(),
    "receipt": receipt(),
}
