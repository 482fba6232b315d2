"""Every test of balls starts from the same precision, in arb and in mpmath."""

import pytest
from mpmath import mp

from tests.backends.balls.inside import DIGITS, PRECISION, flint


@pytest.fixture(autouse=True)
def precision():
    with flint.ctx.workprec(PRECISION), mp.workdps(DIGITS):
        yield
