"""The people who open pages, as fixtures: a user and a signed-in client for each.

Everybody with a role has it in `project`. The stranger has an account and no role; the
platform administrator manages accounts and has no role either.
"""

import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings as hypothesis_settings
from hypothesis.configuration import set_hypothesis_home_dir

from projects.models import Role
from tests.browser import open_browser
from tests.factories import (
    MembershipFactory,
    ProjectFactory,
    QuestionSetFactory,
    UserFactory,
)
from tests.settings import TEST_VAR
from tests.world import build_world, empty_shop

# What it learns about the code belongs with the other files of this run.
set_hypothesis_home_dir(TEST_VAR / "hypothesis")
# How long an example takes says how busy the machine is, and nothing about the code.
hypothesis_settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _no_memory_of_other_tests():
    """Forget the attempts that the brake on passwords counted."""
    cache.clear()


@pytest.fixture
def project(db):
    return ProjectFactory()


@pytest.fixture
def reference_data(db):
    """Publish a small question bank: three questions per domain and side."""
    return QuestionSetFactory()


def with_role(project, role, name):
    return MembershipFactory(project=project, role=role, user__name=name).user


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def coordinator(project):
    return with_role(project, Role.COORDINATOR, "Coördinator")


@pytest.fixture
def grassroots(project):
    return with_role(project, Role.GRASSROOTS, "Basiswerker")


@pytest.fixture
def member(project):
    return with_role(project, Role.MEMBER, "Stuurgroeplid")


@pytest.fixture
def supporter(project):
    return with_role(project, Role.SUPPORTER, "Ondersteuner")


@pytest.fixture
def platform_admin(db):
    return UserFactory(name="Beheerder", platform_admin=True)


@pytest.fixture
def stranger(db):
    return UserFactory(name="Onbekende")


@pytest.fixture
def anonymous():
    return AnonymousUser()


@pytest.fixture
def coordinator_client(coordinator):
    return signed_in(coordinator)


@pytest.fixture
def grassroots_client(grassroots):
    return signed_in(grassroots)


@pytest.fixture
def member_client(member):
    return signed_in(member)


@pytest.fixture
def supporter_client(supporter):
    return signed_in(supporter)


@pytest.fixture
def platform_admin_client(platform_admin):
    return signed_in(platform_admin)


@pytest.fixture
def stranger_client(stranger):
    return signed_in(stranger)


@pytest.fixture
def anonymous_client():
    return Client()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Build three projects and all personas once for a whole module.

    The tests of such a module undo what they write themselves (tests.world.ask).
    """
    logging.disable(logging.CRITICAL)
    with django_db_blocker.unblock(), transaction.atomic():
        built = build_world()
        yield built
        empty_shop(built)
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        yield opened
