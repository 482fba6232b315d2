"""Slopes of the special functions against differences of 50-digit arithmetic."""

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from mpmath import mpf

from genbounds.backends import SPECIAL, arrays, digits, floats
from genbounds.backends.derivatives import HOST_PARTIALS, PARTIALS

RISKS = (1e-40, 1e-9, 0.1, 0.5, 0.9, 1 - 1e-6, 1 - 2.0**-53)
BUDGETS = (1e-40, 1e-12, 1e-7, 1e-4, 0.3, 5.0, 40.0, 300.0)
NEAR_0 = (-0.09, -1e-5, -1e-100, 1e-100, 1e-9, 0.01, 0.09)
SIZES = (1e-9, 0.1, 0.5, 1.0, 3.0, 10.0, 51.0, 1e3, 1e6, 1e9, 1e15)
TAILS = [
    (k, n, c)
    for n in (1, 2, 10, 50)
    for k in sorted({0, 1, 2, n // 3, n - 2, n - 1} & {*range(n)})
    for c in (1e-3, 0.7, 30.0, 90.0)
]
SHAPES = [
    (k + 0.5, n - k + 0.5, tail)
    for n in (1, 10)
    for k in sorted({0, 1, n // 3, n - 1})
    for tail in (1e-12, 0.05, 0.5)
]


def alone(xs: Iterable[float]) -> list[tuple[float]]:
    return [(x,) for x in xs]


# name -> (points, the arguments that have slopes)
GRIDS: dict[str, tuple[Sequence[tuple[float, ...]], tuple[int, ...]]] = {
    "bennett_deviation": (
        list(itertools.product((1e-100, 1e-9, 1e-3, 0.25), (1e-20, 1e-9, 1e-3, 1.0, 50.0, 700.0))),
        (0, 1),
    ),
    "bennett_function": (alone(BUDGETS), (0,)),
    "bennett_inverse": (alone(BUDGETS), (0,)),
    "beta_quantile": (SHAPES, (2,)),
    "beta_quantile_lower": (SHAPES, (2,)),
    "binomial_log_tail": (
        [(k, n, p) for k, n, _ in TAILS[::4] for p in (0.1, 0.5, 0.9)],
        (2,),
    ),
    "binomial_tail_inverse": (TAILS, (2,)),
    "binomial_tail_inverse_lower": ([(n - k, n, c) for k, n, c in TAILS], (2,)),
    "erfc": (alone((-3.0, 0.1, 1.0, 3.0, 10.0, 20.0)), (0,)),
    "erfcx": (alone((-2.0, 0.1, 1.0, 3.0, 10.0, 49.0, 51.0, 1e3, 1e6, 1e9)), (0,)),
    "exp_remainder": (alone((-1e8, -1e4, -50.0, -1.0, *NEAR_0, 1.0, 1.01, 30.0, 700.0)), (0,)),
    "expm1": (alone((-100.0, -30.0, -1e-9, 1e-100, 1.0, 700.0)), (0,)),
    "gamma_ratio": (alone(SIZES), (0,)),
    "kl_inverse_lower": (list(itertools.product(RISKS, BUDGETS)), (0, 1)),
    "kl_inverse_upper": (list(itertools.product(RISKS, BUDGETS)), (0, 1)),
    "lambert_w": (alone((-0.3678, -0.367, -0.3, -0.1, -1e-9, 1e-9, 0.1, 10.0, 1e100)), (0,)),
    "lambert_w_minus1": (alone((-0.3678, -0.367, -0.3, -0.1, -1e-9, -1e-100, -1e-300)), (0,)),
    "log_cosh": (alone((-5.0, 1e-9, 0.1, 1.0, 3.0, 10.0, 49.0)), (0,)),
    "log_gamma": (alone(SIZES), (0,)),
    "log_ratio": ([(1e-300, 1.0), (2.0, 1e-300), (1e300, 1e-300), (1.0, 1.0 + 1e-9)], (0, 1)),
    "log_remainder": (alone((-1e8, -50.0, -1.0, -0.1, *NEAR_0, 0.101, 0.5, 1 - 1e-9)), (0,)),
    "log_xi": (alone((1.0, 1.5, 2.0, 10.0, 15.5, 16.0, 17.0, 100.0, 1e6, 1e12)), (0,)),
    "normal_quantile": (alone((1e-300, 1e-100, 1e-9, 0.05, 0.3, 0.7, 0.99)), (0,)),
    "power": ([(0.25, 1.5, 2), (1e-9, 1, 3), (7.0, 2.5, 1.25), (1e100, 1, 2)], (0, 1, 2)),
    "relative_entropy": (
        [(q, p) for q in RISKS[1:] for p in RISKS[1:] if q != p],
        (0, 1),
    ),
    "tanh": (alone((-3.0, 0.1, 1.0, 3.0, 10.0, 49.0)), (0,)),
    "zeta": (alone((1.0001, 1.1, 1.5, 2.0, 3.0, 10.0, 30.0, 100.0)), (0,)),
}
STEPS = {
    "hypergeometric_tail_inverse", "hypergeometric_tail_inverse_lower", "log_binomial",
    "log_cover", "log_sauer",
}  # fmt: skip
OF_LOSSES = {name for name in HOST_PARTIALS if name.startswith("betting")}


def difference(name: str, point: tuple[float, ...], i: int) -> Any:
    """The central difference in argument i, its step far below the distance to 0 and to 1."""
    x = mpf(point[i])
    step = mpf(10) ** -17 * min(abs(x), abs(1 - x) if x != 1 else mpf(1))
    moved = ([*map(mpf, point[:i]), x + h, *map(mpf, point[i + 1 :])] for h in (step, -step))
    with mp.workdps(110):
        above, below = (getattr(digits, name)(*numbers) for numbers in moved)
        return (above - below) / (2 * step)


@pytest.mark.parametrize("name", GRIDS)
def test_slopes_are_those_of_50_digits(name: str) -> None:
    points, moving = GRIDS[name]
    for point in points:
        slopes = PARTIALS[name](getattr(floats, name)(*point), *point)
        for i in moving:
            with mp.workdps(50):
                exact = difference(name, point, i)
                if 1e-290 < abs(exact) < 1e290:
                    assert abs(mpf(slopes[i]) / exact - 1) < 1e-9, (point, i, slopes[i], exact)


def test_every_special_function_has_slopes() -> None:
    assert {*PARTIALS} == {*GRIDS} | STEPS
    searched = {"fixed_point", "integral", "least"}
    assert {*SPECIAL} - searched <= {*PARTIALS} | {*HOST_PARTIALS}


def test_counts_do_not_move_a_value() -> None:
    for name in STEPS:
        assert set(PARTIALS[name](3.0, 10.0, 2.0)) == {0.0}
    assert PARTIALS["binomial_tail_inverse"](0.5, 3.0, 10.0, 1.0)[:2] == (0.0, 0.0)
    assert PARTIALS["beta_quantile"](0.5, 3.5, 10.5, 0.1)[:2] == (0.0, 0.0)


@pytest.mark.parametrize("name", ["kl_inverse_upper", "kl_inverse_lower", "bennett_deviation"])
def test_slopes_are_numbers_at_the_borders(name: str) -> None:
    corners = [0.0, 5e-324, 1e-300, 1e-12, 0.3, 1 - 2.0**-53, 1.0]
    points = np.array(list(itertools.product(corners, [*corners, 700.0])))
    value = getattr(arrays, name)(*points.T)
    with np.errstate(all="ignore"):
        assert all(np.isfinite(slope).all() for slope in PARTIALS[name](value, *points.T))


def test_exact_slopes_on_the_borders() -> None:
    """At q = 0 the limit is 1 - e^-c, at q = 1 from below e^-c; at c = inf nothing moves."""
    for c in (1e-9, 1e-3, 1.0, 50.0):
        above, below = floats.kl_inverse_upper(0.0, c), floats.kl_inverse_lower(1.0, c)
        slope = np.exp(-c)
        assert PARTIALS["kl_inverse_upper"](above, 0.0, c)[1] == pytest.approx(slope, rel=1e-9)
        assert PARTIALS["kl_inverse_lower"](below, 1.0, c)[1] == pytest.approx(-slope, rel=1e-9)
    assert PARTIALS["kl_inverse_upper"](1.0, 0.3, np.inf) == (0.0, 0.0)


LOSSES = (0.25, 0.5, 0.0, 1.0, 0.75, 0.125, 0.3, 0.9)


@pytest.mark.parametrize("name", sorted(OF_LOSSES))
@pytest.mark.parametrize(("c", "cap"), [(0.7, 0.5), (3.0, 0.9), (0.1, 0.01)])
def test_slopes_of_the_betting_interval(name: str, c: float, cap: float) -> None:
    value = np.asarray(getattr(floats, name)(LOSSES, c, cap))
    in_losses, *others = HOST_PARTIALS[name](value, np.array(LOSSES), np.asarray(c), cap)

    def moved(i: int, step: Any) -> Any:
        numbers = [*map(mpf, LOSSES), mpf(c), mpf(cap)]
        numbers[i] += step
        return getattr(digits, name)(numbers[:-2], *numbers[-2:])

    with mp.workdps(60):
        step = mpf(10) ** -18
        for i, slope in enumerate([*in_losses, *others]):
            exact = (moved(i, step) - moved(i, -step)) / (2 * step)
            assert abs(mpf(float(slope)) - exact) <= 1e-9 * abs(exact) + 1e-13, (i, slope, exact)


@pytest.mark.parametrize("point", [(3.0, 50, 20, 3.0), (5.5, 1000, 25, 0.1), (0.0, 10, 1, 1.0)])
def test_slopes_of_the_double_sample(point: tuple[float, ...]) -> None:
    value = np.asarray(floats.double_sample_inverse(*point))
    slopes = HOST_PARTIALS["double_sample_inverse"](value, *map(np.asarray, point))
    with mp.workdps(50):
        step = mpf(10) ** -15
        growth, *rest = map(mpf, point)
        ends = (digits.double_sample_inverse(growth + h, *rest) for h in (step, -step))
        above, below = ends
        exact = float((above - below) / (2 * step))
    assert slopes[0] == slopes[3] == pytest.approx(exact, rel=1e-9)
    assert slopes[1] == slopes[2] == 0
