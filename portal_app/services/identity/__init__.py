"""Who people are: sign-ins, sessions, second factors."""

from portal_app.services.identity.commands.challenges import (
    CodeResult,
    newest_challenge,
    open_challenge,
    try_code,
)
from portal_app.services.identity.commands.enrolment import (
    confirm_enrolment,
    disable_second_factor,
    forget_second_factor,
    make_recovery_codes,
    start_app_enrolment,
    start_text_enrolment,
)
from portal_app.services.identity.commands.forms import leave_note
from portal_app.services.identity.commands.passwords import change_password, hash_new_password
from portal_app.services.identity.commands.people import (
    add_person,
    change_person,
    move_email,
    move_mobile,
    person_held,
)
from portal_app.services.identity.commands.resets import (
    is_link_alive,
    request_reset,
    reset_password,
)
from portal_app.services.identity.commands.second_factor import confirm_second_factor, resend_code
from portal_app.services.identity.commands.sessions import (
    end_session,
    end_sessions_of,
    keep_notes,
    open_session,
    rotate,
    stay,
)
from portal_app.services.identity.commands.sign_in import sign_in
from portal_app.services.identity.commands.sign_out import (
    end_device,
    end_other_sessions,
    sign_out,
    sign_out_everywhere,
)
from portal_app.services.identity.commands.staff import (
    change_staff,
    create_staff,
    give_authenticator,
)
from portal_app.services.identity.commands.step_up import step_up
from portal_app.services.identity.commands.users import (
    keep_phones,
    leave_account,
    register_user,
    restore_user,
    suspend_user,
    use_account,
    use_context,
    users_of,
)
from portal_app.services.identity.policy import (
    require_self,
    require_session,
    require_stepped_up,
)
from portal_app.services.identity.queries.callers import caller_for
from portal_app.services.identity.queries.people import (
    SignIn,
    names_in_use,
    person_called,
    sign_ins_of,
)
from portal_app.services.identity.queries.security import security, shortest_first_password
from portal_app.services.identity.views import (
    ActivationStarted,
    AppEnrolment,
    Caller,
    CodeSent,
    Device,
    EnrolmentNeeded,
    Renewed,
    SecondFactorNeeded,
    Security,
    SignedIn,
    SignInOutcome,
)

__all__ = [
    "ActivationStarted",
    "AppEnrolment",
    "Caller",
    "CodeResult",
    "CodeSent",
    "Device",
    "EnrolmentNeeded",
    "Renewed",
    "SecondFactorNeeded",
    "Security",
    "SignIn",
    "SignInOutcome",
    "SignedIn",
    "add_person",
    "caller_for",
    "change_password",
    "change_person",
    "change_staff",
    "confirm_enrolment",
    "confirm_second_factor",
    "create_staff",
    "disable_second_factor",
    "end_device",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "forget_second_factor",
    "give_authenticator",
    "hash_new_password",
    "is_link_alive",
    "keep_notes",
    "keep_phones",
    "leave_account",
    "leave_note",
    "make_recovery_codes",
    "move_email",
    "move_mobile",
    "names_in_use",
    "newest_challenge",
    "open_challenge",
    "open_session",
    "person_called",
    "person_held",
    "register_user",
    "request_reset",
    "require_self",
    "require_session",
    "require_stepped_up",
    "resend_code",
    "reset_password",
    "restore_user",
    "rotate",
    "security",
    "shortest_first_password",
    "sign_in",
    "sign_ins_of",
    "sign_out",
    "sign_out_everywhere",
    "start_app_enrolment",
    "start_text_enrolment",
    "stay",
    "step_up",
    "suspend_user",
    "try_code",
    "use_account",
    "use_context",
    "users_of",
]
