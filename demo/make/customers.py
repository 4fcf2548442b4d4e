"""Writes the records about customers: people, accounts, contacts, depots."""

from collections.abc import Iterator

from demo.make.calendar import days_ago
from demo.make.source import Account, Brand
from demo.make.tables import Feed

LAST_OWNER_LEFT = 40


def write_customers(feed: Feed, brand: Brand) -> None:
    """Write depots, people, accounts and who speaks for each account."""
    for store in brand.stores.values():
        feed.add(
            "stores",
            external_id=store.key,
            name=store.name,
            email=store.email,
            phone=store.phone,
            address=store.address,
            timezone=store.timezone,
        )
    for slug in brand.people:
        _write_person(feed, brand, slug)
    for account in brand.accounts:
        _write_account(feed, brand, account)
        _write_contacts(feed, brand, account)


def _write_person(feed: Feed, brand: Brand, slug: str) -> None:
    cells = {"country": "US", "locale": "en-US", **brand.people[slug]}
    born = cells.pop("born_ago", None)
    cells["date_of_birth"] = days_ago(born) if born else None
    feed.add("people", external_id=brand.person_ref(slug), **cells)


def _write_account(feed: Feed, brand: Brand, account: Account) -> None:
    feed.add(
        "accounts",
        external_id=account.ref,
        number=account.number,
        name=account.name,
        account_type=account.type,
        main_phone=account.phone,
        email=account.email,
        postal_code=account.postal_code,
        country=account.country,
        currency=account.currency,
        timezone=account.timezone or brand.stores[account.store].timezone,
        web_portal_enabled=account.portal,
        store=account.store,
    )


def _write_contacts(feed: Feed, brand: Brand, account: Account) -> None:
    since = days_ago(account.since or account.span + 30)
    for index, (role, slug) in enumerate(_contacts(account), start=1):
        left = slug == account.former_owner
        feed.add(
            "account_contacts",
            external_id=f"C-{account.number}-{index}",
            account=account.ref,
            person=brand.person_ref(slug),
            role=role,
            starts_on=since,
            ends_on=days_ago(LAST_OWNER_LEFT) if left else None,
        )


def _contacts(account: Account) -> Iterator[tuple[str, str]]:
    for slug in filter(None, (account.owner, account.former_owner)):
        yield "owner", slug
    for slug in account.authorised:
        yield "authorised", slug
    for slug in account.billing:
        yield "billing", slug
