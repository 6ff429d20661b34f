"""The settings of the tests, with a floor to measure pages against."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
