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
        "tokens as SHA-256, authenticator and signing secrets as AES-256-GCM bound to their row",
    ),
)

_EVERYWHERE = {
    "internal": "id brand_id source_system external_id source_updated_at synced_at ended_at digest "
    "version created_at changed_at state",
}
_TABLES = {
    "account": {
        "internal": "account_type currency timezone store_id web_portal_enabled portal_access "
        "has_service_contracts "
        "published_at locked_until country",
        "personal": "number name main_phone main_phone_e164 email postal_code",
    },
    "account_contact": {"personal": "account_id person_id role starts_on ends_on"},
    "api_token": {
        "internal": "name hint scopes created_by last_used_at revoked_at",
        "secret": "token_hash",
    },
    "application": {
        "internal": "kind stage currency sharing_mode introduced_on submitted_at",
        "personal": "number account_id asset_id submitted_by_name",
        "sensitive": "finance_type rate_milli term_months total_cash_price_minor deposit_minor "
        "part_exchange_minor cash_minor settlement_minor balance_to_finance_minor "
        "registration_fee_minor balloon_minor",
    },
    "application_party": {
        "internal": "portal_enabled",
        "personal": "application_id person_id role",
    },
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
    "brand_logo": {
        "public": "fingerprint media_type content width height",
        "personal": "sent_by",
    },
    "brand_revision": {
        "internal": "part number written_at published_at",
        "public": "content",
        "personal": "written_by",
    },
    "cancellation_request": {
        "internal": "origin decided_by decided_at",
        "personal": "number contract_id reason requested_by_name answer decided_by_name",
    },
    "case": {
        "internal": "topic priority assigned_to assigned_name due_at resolution resolved_at "
        "warned_at closed_at follow_up_of merged_into rating",
        "personal": "number household_id consumer_id opener_id opener_name subject description "
        "resolution_notes closed_by_name rating_words",
    },
    "case_moment": {"internal": "case_id at what by_staff", "personal": "by_name note"},
    "case_note": {"internal": "case_id at author_id what by_name", "personal": "body"},
    "case_policy": {"internal": "visibility auto_close_days"},
    "case_reader": {
        "internal": "chosen_at",
        "personal": "household_id person_id chosen_by_name",
    },
    "case_template": {"internal": "title body"},
    "change_moment": {"internal": "request_id at what by_staff", "personal": "by_name note"},
    "change_request": {
        "internal": "kind policy origin subject_type decided_at applied_at failure superseded_at",
        "personal": "number subject_id subject_name person_id account_id requester_id "
        "requester_name before after reason decided_by decided_by_name superseded",
    },
    "change_rule": {"internal": "kind policy steps"},
    "change_signal": {"internal": "seq topic origin at"},
    "change_step": {
        "internal": "request_id position title role done_by done_at",
        "personal": "done_by_name note",
    },
    "consent_event": {
        "internal": "sequence purpose channel words text_version source at",
        "personal": "person_id given note actor_id by_name ip receipt_no",
    },
    "contract": {
        "internal": "kind status phase store_id asset_id listed_on currency has_own_standing",
        "personal": "number account_id holder_id purchased_on starts_on ends_on po_number",
        "sensitive": "missed_payment_fee_minor",
    },
    "contract_greeting": {"internal": "kind at", "personal": "contract_id person_id"},
    "contract_line": {
        "internal": "rate_period",
        "personal": "contract_id asset_id description quantity quantity_returned out_at "
        "due_back_at off_rent_at site",
        "sensitive": "rate_minor",
    },
    "document": {
        "internal": "owner_type purpose media_type size sha256 reason is_visible storage_key "
        "stored_size uploaded_by by_staff",
        "personal": "owner_id name label person_id uploaded_by_name",
        "secret": "wrapped_key",
    },
    "document_request": {
        "internal": "application_id label is_required asked_by_name asked_at decided_by_name",
        "personal": "reason",
    },
    "form_answer": {
        "internal": "share_id field_key by_staff edited_at",
        "personal": "party_id edited_by edited_by_name",
        "sensitive": "value_sealed",
    },
    "form_answer_history": {
        "internal": "answer_id by_staff edited_at",
        "personal": "edited_by edited_by_name",
        "sensitive": "value_sealed",
    },
    "form_share": {
        "internal": "template_id template_key required position shared_at",
        "personal": "application_id party_id",
    },
    "form_template": {
        "internal": "kind key number title introduction definition per_person position "
        "changed_by_name",
    },
    "grant": {
        "internal": "responsibility revoked_at revoked_by",
        "personal": "grantor_id grantee_id areas starts_on ends_on revoked_by_name evidence",
    },
    "help_article": {"public": "question answer audience is_published position"},
    "household": {"internal": "timezone", "personal": "name address"},
    "household_membership": {
        "personal": "household_id person_id role relationship starts_on ends_on is_primary",
    },
    "idempotency_key": {"internal": "owner key command answer"},
    "installation": {},
    "instalment": {
        "internal": "attempts place",
        "personal": "contract_id sequence due_on retry_on rescheduled_from paid_on",
        "sensitive": "amount_minor fee_minor",
    },
    "invitation": {
        "internal": "purpose method issued_at expires_at opened_at activated_at superseded_by "
        "renewal_asked_at verified_by_staff invited_by",
        "personal": "person_id account_id contract_id application_id email verification_note",
        "secret": "token_hash",
    },
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
    "message_template": {"public": "name", "internal": "kind is_standard"},
    "message": {
        "internal": "owner_type owner_id at author_id by_staff",
        "personal": "person_id by_name body",
    },
    "notification": {
        "internal": "topic read_at",
        "personal": "person_id title body link",
    },
    "notification_choice": {"internal": "ways changed_at", "personal": "person_id"},
    "otp_challenge": {
        "internal": "session_id user_id purpose channel tries expires_at account_id",
        "personal": "destination",
        "secret": "code_hash new_password_hash",
    },
    "outbound_message": {
        "internal": "channel topic message_class carries_secret error dedupe_key sent_at",
        "personal": "recipient person_id subject text html facts",
    },
    "outgoing_event": {"internal": "sequence type subject_type at", "personal": "payload"},
    "password_reset": {"internal": "user_id expires_at used_at", "secret": "token_hash"},
    "payment_attempt": {
        "internal": "number kind currency idempotency_key run_on run_id gateway_reference "
        "started_at finished_at",
        "personal": "contract_id instalment_id method_id description by_name",
        "sensitive": "amount_minor fee_minor method_label gateway_token reason",
    },
    "payment_method": {
        "internal": "kind consent_at default_since removed_at warned_days",
        "personal": "contract_id holder added_by",
        "sensitive": "brand last4 exp_month exp_year gateway_token fingerprint",
    },
    "payment_notice": {"internal": "notice_id received_at"},
    "payment_policy": {"internal": "takes_payments fee_minor retry_first hold_next run_at"},
    "payment_run": {"internal": "zone run_on started_at contracts queued_to queued_at"},
    "payment_setup": {
        "internal": "reference gateway_reference user_id is_staff started_at finished_at",
        "personal": "contract_id user_name also method_id",
    },
    "person": {
        "internal": "locale timezone",
        "personal": "given_name family_name email mobile_e164 phone_e164 address_line1 "
        "address_line2 city region postal_code country",
        "sensitive": "date_of_birth_sealed",
    },
    "portal_session": {
        "internal": "user_id account_id context invitation_id stage factors stepped_up_until "
        "last_seen_at idle_until absolute_until revoked_at revoked_reason",
        "personal": "user_agent ip notes",
        "secret": "token_hash",
    },
    "portal_settings": {
        "internal": "publish_at demand_second_factor cutover_date features",
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
    "template_version": {
        "public": "subject body sms",
        "internal": "template_id number written_at published_at",
        "personal": "written_by",
    },
    "upload_session": {"internal": "document_id landing_key parts expires_at emptied_at"},
    "webhook_delivery": {
        "internal": "event_id endpoint_id attempts rounds answer tried_at delivered_at",
    },
    "webhook_endpoint": {
        "internal": "url is_enabled off_because created_by",
        "secret": "secret_sealed",
    },
}


def class_of(table: str, column: str) -> str:
    """Return a column's class, or "" when nobody has decided it yet."""
    for classes in (_TABLES.get(table, {}), _EVERYWHERE):
        for name, columns in classes.items():
            if column in columns.split():
                return name
    return ""
