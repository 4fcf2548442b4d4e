"""Accounts, and the contracts, quotes and reservations on them."""

from portal_app.services.contracts.commands.documents import contract_document
from portal_app.services.contracts.policy import (
    require_account,
    visible_accounts,
    visible_to,
)
from portal_app.services.contracts.queries.accounts import accounts_of, profile
from portal_app.services.contracts.queries.details import contract_by_id, contract_detail
from portal_app.services.contracts.queries.lists import contract_list
from portal_app.services.contracts.rules import Shelf, contract_facts, shortened
from portal_app.services.contracts.views import (
    AccountChoice,
    ContractDetail,
    ContractItem,
    ContractPage,
    ContractRow,
    Profile,
    StoreContact,
)

__all__ = [
    "AccountChoice",
    "ContractDetail",
    "ContractItem",
    "ContractPage",
    "ContractRow",
    "Profile",
    "Shelf",
    "StoreContact",
    "accounts_of",
    "contract_by_id",
    "contract_detail",
    "contract_document",
    "contract_facts",
    "contract_list",
    "profile",
    "require_account",
    "shortened",
    "visible_accounts",
    "visible_to",
]
