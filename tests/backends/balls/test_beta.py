"""Quantiles of the beta distribution in balls: against arb's own function and 80 digits."""

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

flint = pytest.importorskip("flint")
from flint import arb, ctx, fmpq  # noqa: E402

from genbounds.backends import digits  # noqa: E402
from genbounds.backends.balls import beta_quantile, beta_quantile_lower  # noqa: E402
from genbounds.backends.balls.ball import ball  # noqa: E402
from genbounds.backends.balls.binomial import binomial_tail_inverse  # noqa: E402

HALF = Fraction(1, 2)
SMALL = [(HALF, HALF), (3 * HALF, HALF), (HALF, 7 * HALF), (11 * HALF, 191 * HALF)]
SMALL += [(201 * HALF, 3 * HALF), (Fraction(1, 10), Fraction(1, 3)), (0.01, 0.5), (0.3, 40.7)]
SMALL += [(0.9, 0.2), (33.25, 0.02), (7, 1e-3), (40.5, 60.5)]
LARGE = [(2.5, 1e6 + 0.5), (300.5, 1e4 + 0.5), (3000.5, 7000.5), (500000.5, 500001.5)]
LARGE += [(2.5, 1e18), (0.5, 1e15), (1e15, 0.5), (1e9 + 0.5, 1e12 + 0.5), (1e-3, 1e9)]
TAILS = [1e-300, 1e-12, 0.05, HALF, 0.9, 1 - 2**-53, fmpq(1, 10**400)]
QUANTILES = [beta_quantile, beta_quantile_lower]


def at(bits, function, *arguments):
    with ctx.workprec(bits):
        return function(*arguments).arb


@pytest.mark.parametrize("quantile", QUANTILES)
def test_the_distribution_passes_the_tail_within_the_ball(quantile):
    for a, b in SMALL:
        for tail in TAILS[:-1]:
            found = at(64, quantile, a, b, tail)
            assert found.rel_accuracy_bits() >= 52, (a, b, tail)
            low, high = found.lower(), found.upper()
            with ctx.workprec(3000):
                share, ends = arb(ball(tail).rational), (low, high)
                wanted = 1 - share if quantile is beta_quantile else share
                below, above = (_distribution(a, b, x) for x in ends)
                assert below < wanted < above, (a, b, tail)


def _distribution(a, b, x):
    if not 0 < x < 1:
        return arb(0 if x <= 0 else 2)
    return x.beta_lower(arb(ball(a).rational), arb(ball(b).rational), regularized=True)


@pytest.mark.parametrize("quantile", QUANTILES)
@pytest.mark.parametrize("bits", [64, 300])
def test_tight_for_every_size_and_tail(quantile, bits):
    for a, b in SMALL + LARGE:
        for tail in TAILS:
            assert at(bits, quantile, a, b, tail).rel_accuracy_bits() >= bits - 12, (a, b, tail)


@pytest.mark.parametrize("quantile", QUANTILES)
def test_against_80_digits(quantile):
    for a, b, tail in ((5.5, 95.5, 0.05), (0.5, 10.5, 0.025), (300.5, 800.5, 1e-6)):
        with mpmath.workdps(90):
            exact = getattr(digits, quantile.__name__)(*map(mpmath.mpf, (a, b, tail)))
            shown = mpmath.nstr(exact, 85)
        found = at(330, quantile, a, b, tail)
        with ctx.workprec(330):
            assert abs(found - arb(shown)) < arb(shown) * arb(10) ** -75, (a, b, tail)


def test_whole_parameters_are_binomial_limits():
    for k, n in ((0, 5), (3, 10), (17, 1000)):
        with ctx.workprec(100):
            c = -arb(fmpq(1, 20)).log()
            limit = binomial_tail_inverse(k, n, c).arb
            assert limit.overlaps(beta_quantile(k + 1, n - k, fmpq(1, 20)).arb)


@settings(max_examples=60, deadline=None)
@given(
    a=st.floats(-3, 9).map(lambda e: 10**e),
    b=st.floats(-3, 9).map(lambda e: 10**e),
    tail=st.floats(1e-300, 1),
    width=st.floats(-20, -1),
)
@pytest.mark.parametrize("quantile", QUANTILES)
def test_intervals_hold_the_quantiles_of_their_points(quantile, a, b, tail, width):
    radius = 10**width
    whole = quantile(arb(a, a * radius), arb(b, b * radius), arb(tail, tail * (1 - tail) * radius))
    for point in ((a, b, tail), (a * (1 + radius / 2), b * (1 - radius / 2), tail)):
        assert whole.arb.overlaps(quantile(*point).arb), point


@pytest.mark.parametrize("quantile", QUANTILES)
def test_the_ends(quantile):
    upper = quantile is beta_quantile
    assert quantile(2.5, 3.5, 0).rational == int(upper)
    assert quantile(2.5, 3.5, 1).rational == int(not upper)
    for arguments in ((0, 1, 0.5), (1, -1, 0.5), (1, 1, 1.5), (1, 1, -0.5)):
        assert quantile(*arguments).arb.is_nan()
