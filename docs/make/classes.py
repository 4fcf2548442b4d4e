"""The class of every column: new columns are added here, or the suite fails."""

CLASSES = (
    (
        "public",
        "what anybody may see: names and looks of brands and stores, help pages",
        "changed by administrators only; every change is written down",
    ),
    (
        "internal",
        "keys, states, times and counts that name nobody",
        "seen through the services only",
    ),
    (
        "personal",
        "what belongs to a customer or names a person",
        "seen by that customer and the brand's staff; sent with `no-store`; taken out of logs; "
        "encrypted on the way; the disk or the database is encrypted by whoever runs it",
    ),
    (
        "sensitive",
        "what shows how somebody lives or pays, or helps to pose as them",
        "as personal, and shown only where it is needed; shortened in reports",
    ),
    (
        "secret",
        "what lets somebody in",
        "never leaves the server and is never kept readable: passwords and codes as argon2id, "
        "tokens as SHA-256, authenticator secrets as AES-256-GCM bound to their row",
    ),
)

_EVERYWHERE = {
    "internal": "id brand_id source_system external_id source_updated_at synced_at ended_at digest "
    "version created_at changed_at state",
}
_TABLES = {
    "account": {
        "internal": "account_type currency timezone store_id web_portal_enabled portal_access "
        "published_at locked_until country",
        "personal": "number name main_phone main_phone_e164 email postal_code",
    },
    "account_contact": {"personal": "account_id person_id role starts_on ends_on"},
    "asset": {
        "internal": "kind description make model variant fuel colour doors transmission "
        "engine_size mileage",
        "personal": "registration vin serial",
    },
    "audit_event": {
        "internal": "seq at actor_kind action object_type object_id prev_hash hash session_id",
        "personal": "actor_id ip detail",
    },
    "brand": {
        "public": "key name hosts is_default colour radius body_font heading_font headline",
    },
    "change_signal": {"internal": "seq topic origin at"},
    "contract": {
        "internal": "kind status phase store_id asset_id listed_on currency",
        "personal": "number account_id holder_id purchased_on starts_on ends_on po_number",
        "sensitive": "missed_payment_fee_minor",
    },
    "contract_line": {
        "internal": "rate_period",
        "personal": "contract_id asset_id description quantity quantity_returned out_at "
        "due_back_at off_rent_at site",
        "sensitive": "rate_minor",
    },
    "help_article": {"public": "question answer audience is_published position"},
    "idempotency_key": {"internal": "owner key command answer"},
    "installation": {},
    "invoice": {
        "internal": "currency",
        "personal": "number account_id contract_id issued_on due_on",
        "sensitive": "total_minor open_minor",
    },
    "invoice_line": {
        "personal": "invoice_id description quantity",
        "sensitive": "unit_price_minor amount_minor",
    },
    "job": {
        "internal": "name args unique_key status run_at started_at attempts lease lease_until "
        "finished_at error",
    },
    "job_schedule": {"internal": "name timetable last_slot is_paused"},
    "ledger_entry": {
        "internal": "kind",
        "personal": "account_id contract_id effective_on reference",
        "sensitive": "amount_minor method_label",
    },
    "login_identifier": {"internal": "user_id kind", "personal": "value"},
    "notification": {
        "internal": "topic read_at",
        "personal": "person_id title body link",
    },
    "otp_challenge": {
        "internal": "session_id user_id purpose channel tries expires_at account_id",
        "secret": "code_hash new_password_hash",
    },
    "outbound_message": {
        "internal": "channel topic message_class carries_secret error dedupe_key sent_at",
        "personal": "recipient subject text html facts",
    },
    "password_reset": {"internal": "user_id expires_at used_at", "secret": "token_hash"},
    "person": {
        "internal": "locale timezone",
        "personal": "given_name family_name email mobile_e164 phone_e164 address_line1 "
        "address_line2 city region postal_code country",
        "sensitive": "date_of_birth",
    },
    "portal_session": {
        "internal": "user_id account_id stage factors stepped_up_until last_seen_at idle_until "
        "absolute_until revoked_at revoked_reason",
        "personal": "user_agent ip notes",
        "secret": "token_hash",
    },
    "portal_settings": {
        "internal": "publish_at demand_second_factor features",
        "public": "is_open closed_message announcement announcement_version support_email "
        "support_phone support_hours",
    },
    "portal_user": {
        "internal": "kind status password_changed_at second_factor totp_last_counter "
        "last_login_at dismissed_announcement",
        "personal": "person_id",
        "secret": "password_hash totp_secret_sealed",
    },
    "recovery_code": {"internal": "user_id used_at", "secret": "code_hash"},
    "registration_attempt": {"internal": "at matched", "personal": "phone_e164 account_id ip"},
    "rental_request": {
        "internal": "kind store_id requested_by",
        "personal": "number account_id contract_line_id quantity requested_for method place "
        "contact_name contact_phone notes scheduled_for confirmed_off_rent_at reason",
    },
    "rental_request_step": {"internal": "request_id at by_staff", "personal": "by_name note"},
    "staff_user": {"internal": "user_id role", "personal": "email name"},
    "store": {"public": "name email phone address timezone"},
    "sync_refusal": {
        "internal": "run_id is_warning file line field sentence",
        "sensitive": "value",
    },
    "sync_run": {
        "internal": "kind trigger source started_at finished_at runner alive_until is_dry_run "
        "rows_read counts",
        "personal": "started_by",
    },
}


def class_of(table: str, column: str) -> str:
    """Return a column's class, or "" when nobody has decided it yet."""
    for classes in (_TABLES.get(table, {}), _EVERYWHERE):
        for name, columns in classes.items():
            if column in columns.split():
                return name
    return ""
