import pytest
from pyotp.totp import TOTP

from portal_app import models as m
from portal_app.core.actor import ANONYMOUS, Actor, Role
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.core.secrets import fingerprint
from portal_app.core.settings import settings
from portal_app.services import identity
from portal_app.services.identity.rules import codes
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.services.identity.people import PASSWORD, as_caller, customer, visitor

SYSTEM = Actor.system("tests")
GIVEN = {"email": "Noor@Example.com", "name": "Noor Haddad", "password": "plinth fjord vexed"}


def create(actor=SYSTEM, **values):
    given = {"brand": f.brand().id, "role": Role.AGENT} | GIVEN | values
    return identity.create_staff(actor, **given)


def test_a_new_member_of_staff_signs_in_with_email_password_and_an_app(any_db, clock, limiter):
    create(role=Role.MANAGER)
    waiting = identity.sign_in(
        visitor(), identifier="noor@example.com", password=GIVEN["password"], limiter=limiter
    )
    assert isinstance(waiting, identity.EnrolmentNeeded)
    made = identity.start_app_enrolment(as_caller(waiting.token))
    inside = identity.confirm_enrolment(
        as_caller(waiting.token), code=TOTP(made.secret).at(clock()), limiter=limiter
    )
    actor = as_caller(inside.token)
    assert (actor.name, actor.roles) == ("Noor Haddad", frozenset({Role.MANAGER}))


@pytest.mark.asvs("6.2.1")
@pytest.mark.asvs("6.2.4")
@pytest.mark.parametrize(
    ("values", "field"),
    [({"email": "nobody"}, "email"), ({"name": " "}, "name"), ({"password": "short"}, "password"),
     ({"password": "international1"}, "password"), ({"password": "noor haddad 12"}, "password")],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_made(db, clock, values, field):
    with pytest.raises(Invalid) as refusal:
        create(**values)
    assert list(refusal.value.fields) == [field]
    assert f.fetch_all(m.PortalUser) == []


def test_an_address_belongs_to_one_sign_in(db, clock):
    create()
    with pytest.raises(Invalid):
        create(email="noor@example.com")


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER])
def test_only_an_admin_of_the_brand_adds_staff(db, clock, role):
    with pytest.raises(NotAllowed):
        create(f.staff_actor(role))
    elsewhere = f.brand(key="orchard", name="Orchard").id
    for stranger in (
        f.staff_actor(Role.ADMIN, brand_id=elsewhere),
        f.consumer_actor(f.account()),
        ANONYMOUS,
    ):
        with pytest.raises(NotFound):
            create(stranger)
    assert create(f.staff_actor(Role.ADMIN))


def session_of(user_id):
    with transaction(SYSTEM) as tx:
        user = tx.session.get(m.PortalUser, user_id)
        _, token = identity.open_session(
            tx, brand_id=user.brand_id, user_id=user_id, stage=m.SessionStage.FULL, factors=2
        )
    return fingerprint(token)


@pytest.mark.asvs("7.4.2")
def test_another_role_or_none_takes_effect_at_once(db, clock):
    user = create()
    browser = session_of(user)
    admin = f.staff_actor(Role.ADMIN)
    identity.change_staff(admin, user=user, role=Role.MANAGER, is_active=True)
    assert identity.caller_for(browser).session_id == ""
    browser = session_of(user)
    assert identity.caller_for(browser).actor.roles == frozenset({Role.MANAGER})
    identity.change_staff(admin, user=user, role=Role.MANAGER, is_active=False)
    assert identity.caller_for(browser).actor.is_anonymous
    assert f.fetch(m.PortalUser, id=user).status is m.UserStatus.DISABLED


@pytest.mark.asvs("8.2.2")
def test_nobody_changes_their_own_role_or_staff_of_another_brand(db, clock):
    admin = f.staff_actor(Role.ADMIN)
    with pytest.raises(Conflict):
        identity.change_staff(admin, user=admin.user_id, role=Role.AGENT, is_active=True)
    stranger = create(brand=f.brand(key="orchard", name="Orchard").id)
    with pytest.raises(NotFound):
        identity.change_staff(admin, user=stranger, role=Role.ADMIN, is_active=True)
    with pytest.raises(NotAllowed):
        identity.change_staff(f.staff_actor(), user=create(), role=Role.ADMIN, is_active=True)


@pytest.mark.asvs("6.3.2")
def test_a_known_authenticator_secret_is_for_the_demo_only(db, clock, monkeypatch):
    user = create()
    secret = codes.new_totp_secret()
    with pytest.raises(NotAllowed):
        identity.give_authenticator(f.staff_actor(Role.ADMIN), user=user, secret=secret)
    identity.give_authenticator(SYSTEM, user=user, secret=secret)
    assert f.fetch(m.PortalUser, id=user).second_factor is m.SecondFactor.APP
    real = settings().model_copy(update={"env": "production"})
    monkeypatch.setattr("portal_app.services.identity.commands.staff.settings", lambda: real)
    with pytest.raises(NotAllowed):
        identity.give_authenticator(SYSTEM, user=user, secret=secret)


def test_a_letter_of_every_kind_can_be_written(db, clock):
    from portal_app.services import notifications
    from tests.services.identity.people import messages

    customer(email="rosa@example.com")
    facts = {"device": "Chrome on Windows", "factor": "an app", "code": "123456",
             "phone": "ending 34", "how": "phone number"}  # fmt: skip
    topics = ["identity.new_device", "identity.second_factor_on", "identity.second_factor_off",
              "identity.password_changed", "identity.password_reset", "identity.registered",
              "identity.recovery_codes_made", "identity.phone_changed",
              "access.registration_code"]  # fmt: skip
    with transaction(SYSTEM) as tx:
        for topic in topics:
            notifications.send_mail(
                tx, topic=topic, brand_id=f.brand().id, recipient="rosa@example.com", facts=facts,
                dedupe_key=topic, link="/sign-in",
            )  # fmt: skip
    for message in messages():
        assert "Harbourline" in message.subject
        assert "{{" not in message.text
    assert len(messages()) == len(topics)
    assert PASSWORD not in str(messages())
