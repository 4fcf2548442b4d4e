from datetime import timedelta

import pytest

from portal_app.core.actor import ANONYMOUS, Access, Actor, ActorKind, Role

P, S, C, Y, A, M, D, K = (
    Access.PUBLIC, Access.SIGNED_IN, Access.CONSUMER, Access.PARTY, Access.STAFF, Access.MANAGER,
    Access.ADMIN, Access.KNOWN,
)  # fmt: skip


def of_staff(*roles):
    return Actor(ActorKind.STAFF, roles=frozenset(roles))


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize(
    ("actor", "has"),
    [
        (ANONYMOUS, {P}),
        (Actor(ActorKind.CONSUMER), {P, K, S, C, Y}),
        # Somebody who came by a link is in their application, and signed in nowhere.
        (Actor(ActorKind.GUEST), {P, K, Y}),
        (Actor(ActorKind.GUEST, roles=frozenset(Role)), {P, K, Y}),
        (of_staff(Role.AGENT), {P, K, S, A}),
        (of_staff(Role.MANAGER), {P, K, S, A, M}),
        (of_staff(Role.ADMIN), {P, K, S, A, M, D}),
        (of_staff(Role.AGENT, Role.ADMIN), {P, K, S, A, M, D}),
        (of_staff(), {P, K, S}),
        (Actor.system("nightly"), set(Access)),
        (Actor(ActorKind.INTEGRATION), {P, Access.API}),
        # A role is worth nothing on the wrong side of the counter.
        (Actor(ActorKind.CONSUMER, roles=frozenset(Role)), {P, K, S, C, Y}),
        (Actor(ActorKind.ANONYMOUS, roles=frozenset(Role)), {P}),
        (Actor(ActorKind.INTEGRATION, roles=frozenset(Role)), {P, Access.API}),
    ],
)
def test_a_caller_has_what_their_kind_and_roles_give_and_nothing_else(actor, has):
    assert {access for access in Access if actor.has(access)} == has


def test_every_caller_is_of_exactly_one_kind():
    for kind in ActorKind:
        actor = Actor(kind)
        facts = [
            actor.is_anonymous, actor.is_consumer, actor.is_staff, actor.is_system,
            actor.is_integration, actor.is_guest,
        ]  # fmt: skip
        assert facts.count(True) == 1


@pytest.mark.asvs("7.5.1")
def test_proof_of_who_one_is_ends_to_the_second(clock):
    actor = Actor(ActorKind.CONSUMER, stepped_up_until=clock() + timedelta(minutes=10))
    assert actor.is_stepped_up
    clock.advance(minutes=9, seconds=59)
    assert actor.is_stepped_up
    clock.advance(seconds=1)
    assert not actor.is_stepped_up
    assert not Actor(ActorKind.CONSUMER).is_stepped_up


def test_an_actor_cannot_be_raised_in_place():
    with pytest.raises(AttributeError):
        Actor(ActorKind.CONSUMER).kind = ActorKind.STAFF  # type: ignore[misc]
