"""jax's 64-bit numbers, switched for a while: the setting belongs to the user, and to a test."""

from contextlib import contextmanager

import pytest

jax = pytest.importorskip("jax")


@contextmanager
def doubles(wanted):
    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", wanted)
    try:
        yield
    finally:
        jax.config.update("jax_enable_x64", before)


@pytest.fixture
def in_doubles():
    with doubles(True):
        yield


@pytest.fixture
def in_singles():
    with doubles(False):
        yield
