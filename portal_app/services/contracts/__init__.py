"""Accounts, and the contracts, quotes and reservations on them."""

from portal_app.services.contracts.commands.documents import contract_document
from portal_app.services.contracts.policy import (
    open_by_contracts,
    require_account,
    require_choice,
    visible_accounts,
    visible_to,
)
from portal_app.services.contracts.queries.accounts import account_choice, accounts_of, profile
from portal_app.services.contracts.queries.details import contract_by_id, contract_detail
from portal_app.services.contracts.queries.lists import contract_list
from portal_app.services.contracts.rules import (
    Shelf,
    asset_words,
    contract_facts,
    kind_label,
    serving,
    serving_store,
    shortened,
    status_words,
)
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
    "account_choice",
    "accounts_of",
    "asset_words",
    "contract_by_id",
    "contract_detail",
    "contract_document",
    "contract_facts",
    "contract_list",
    "kind_label",
    "open_by_contracts",
    "profile",
    "require_account",
    "require_choice",
    "serving",
    "serving_store",
    "shortened",
    "status_words",
    "visible_accounts",
    "visible_to",
]
