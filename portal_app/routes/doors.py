"""Pages for whoever comes to the door, and those that everybody has who is in."""

from portal_app.pages.applications.access import access_code_page, access_page
from portal_app.pages.help_pages.help import help_page
from portal_app.pages.identity.code import code_page
from portal_app.pages.identity.register import register_code_page, register_page
from portal_app.pages.identity.reset import new_password_page, reset_page
from portal_app.pages.identity.security import security_page
from portal_app.pages.identity.set_up import set_up_page
from portal_app.pages.identity.sign_in import sign_in_page
from portal_app.pages.invitations.activate import (
    activate_code_page,
    activate_page,
    activate_password_page,
)
from portal_app.routes.route import public, signed_in
from portal_app.state.applications.access import AccessCodeState, AccessState
from portal_app.state.help_pages import HelpState
from portal_app.state.identity.register import RegisterCodeState, RegisterState
from portal_app.state.identity.reset import NewPasswordState, ResetState
from portal_app.state.identity.security import SecurityState
from portal_app.state.identity.sign_in import CodeState, SetUpState, SignInState
from portal_app.state.invitations.activation import (
    ActivateCodeState,
    ActivatePasswordState,
    ActivateState,
)

DOORS = (
    public("/sign-in", sign_in_page, "Sign in", SignInState.load),
    public("/sign-in/code", code_page, "Enter your code", CodeState.load),
    public("/sign-in/set-up", set_up_page, "Add a second step", SetUpState.load),
    public("/register", register_page, "Register", RegisterState.load),
    public(
        "/register/code",
        register_code_page,
        "Enter the code from our email",
        RegisterCodeState.load,
    ),
    public("/reset", reset_page, "Forgot your password?", ResetState.load),
    public("/reset/[token]", new_password_page, "Choose a new password", NewPasswordState.load),
    public("/activate/code", activate_code_page, "Enter your code", ActivateCodeState.load),
    public(
        "/activate/password",
        activate_password_page,
        "Choose a password",
        ActivatePasswordState.load,
    ),
    public("/activate/[token]", activate_page, "Set up your account", ActivateState.load),
    public("/i/code", access_code_page, "Enter your code", AccessCodeState.load),
    public("/i/[token]", access_page, "Your application", AccessState.load),
    public("/help", help_page, "Help", HelpState.load),
    signed_in("/security", security_page, "Sign-in and security", SecurityState.load),
)
