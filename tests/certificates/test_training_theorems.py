"""Counted labelings against scipy and exact fractions; margins on a grid against brute force."""

from fractions import Fraction
from math import comb, exp, inf, log, log2, sqrt

import numpy as np
import pytest
from scipy.stats import hypergeom

from genbounds.answers import Answer
from genbounds.certificates.training_theorems import (
    Scale,
    Seen,
    Share,
    counted,
    grid_given,
    margins_to_try,
    on_grid,
    ramp,
    share,
    zigzag,
)
from genbounds.classes import Halfspaces
from genbounds.registry import find


def labelings(m, d):
    """Cover's count of the labelings of m points in general position by half-spaces of R^d."""
    return 2 * sum(comb(m - 1, i) for i in range(d + 1))


def by_hypergeometric_tails(errors, n, d, delta):
    """The largest total of errors in 5n points that leaves so few in the sample, by scipy."""
    ghosts = 4 * n
    level = delta / (4 * labelings(n + ghosts, d))
    totals = np.arange(errors, n + ghosts + 1)
    likely = hypergeom.cdf(errors, n + ghosts, totals, n) >= level
    return max(totals[likely].max() - errors, 1) / ghosts


@pytest.mark.parametrize(("n", "d", "errors"), [(100, 2, 3), (300, 5, 40), (60, 1, 1)])
def test_counted_labelings_are_those_of_scipy_and_cover(n, d, errors):
    (theorem,) = counted(Halfspaces(d), Seen(n, errors, None))
    found = theorem.answer(0.1)
    assert found.bound.name == "leboeuf_hypergeometric"
    expected = by_hypergeometric_tails(errors, n, d, 0.05)
    assert found.raw == pytest.approx(expected, abs=1e-12)


def double_sample_by_thresholds(n, d, delta):
    """The least eps over thresholds j, by exact fractions and bisection of binomial tails."""
    count, best = labelings(2 * n, d), inf
    for j in range(1, n + 1):
        missed = Fraction(comb(n, j), comb(2 * n, j)) * count
        level = float(missed) / delta
        if level >= 1:
            continue
        low, high = 0.0, 1.0
        for _ in range(60):
            eps = (low + high) / 2
            tail = sum(comb(n, i) * eps**i * (1 - eps) ** (n - i) for i in range(j, n + 1))
            low, high = (low, eps) if tail >= level else (eps, high)
        best = min(best, high)
    return best


def test_without_errors_the_double_sample_counts_at_half_of_delta():
    n, d = 40, 1
    (theorem,) = counted(Halfspaces(d), Seen(n, 0, None))
    found = theorem.answer(0.1)
    assert found.bound.name == "double_sample"
    assert found.raw == pytest.approx(double_sample_by_thresholds(n, d, 0.05), rel=1e-9)


def test_a_share_of_delta_enters_the_count():
    (whole,) = counted(Halfspaces(2), Seen(200, 5, None))
    (part,) = counted(Halfspaces(2), Seen(200, 5, None), Share(0.25, ("said",)))
    assert part.answer(0.2).inputs["delta"] == whole.answer(0.05).inputs["delta"]
    assert "said" in part.given


def test_the_parts_of_delta_add_up_to_one_and_places_are_all_taken():
    assert sum(Fraction(1, (i + 1) * (i + 2)) for i in range(5000)) == 1 - Fraction(1, 5001)
    assert [share(i) for i in range(50)] == [1 / ((i + 1) * (i + 2)) for i in range(50)]
    assert sorted(zigzag(k) for k in range(-300, 300)) == list(range(600))


def test_the_ramp_loss_is_the_mean_of_its_definition():
    margins = [-2.0, 0.0, 0.25, 0.5, 3.0]
    losses = [1 if m <= 0 else max(0, 1 - m / 0.5) for m in margins]
    assert ramp(np.array(margins), 0.5) == pytest.approx(sum(losses) / 5, rel=1e-15)


def bound_at(margin, part, margins, complexity, delta):
    """The formula of the textbook with McDiarmid's inequality once."""
    mean = sum(min(1, max(0, 1 - m / margin)) for m in margins) / len(margins)
    return mean + 2 * complexity / margin + sqrt(2 * log(1 / (delta * part)) / len(margins))


@pytest.mark.parametrize("centre", [0.003, 1, 700])
def test_the_grid_holds_the_best_of_all_its_margins(centre):
    rng = np.random.default_rng(0)
    margins = centre * rng.normal(1, 0.5, 5000)
    complexity, delta = centre / 100, 0.03

    def make(**facts):
        return Answer(
            find("rademacher_margin_empirical"), n=5000,
            empirical_rademacher_of_hypotheses=complexity, **facts,
        )  # fmt: skip

    most = float(margins.max())
    grid = margins_to_try(Scale(), 2 * complexity, 2 * most)
    found = on_grid(make, margins, grid, delta)
    brute = min(
        bound_at(2 ** (-k / 2), share(zigzag(k)), margins, complexity, delta)
        for k in range(-40, 41)
    )
    assert found.raw == pytest.approx(brute, rel=1e-12)
    assert found.raw < 1


def test_a_largest_margin_starts_the_grid_and_a_fixed_one_is_all_of_it():
    grid = list(margins_to_try(Scale(max_margin=8.0), 0.5, 6.0))
    assert all(margin <= 8 for margin, _ in grid)
    assert all(part == share(round(2 * log2(8 / margin))) for margin, part in grid)
    assert list(margins_to_try(Scale(margin=0.3), 1, 2)) == [(0.3, 1.0)]
    assert "0.3 was fixed" in next(grid_given(Scale(margin=0.3)))
    assert "8 * 2^(-k/2) for k = 0, 1, ..." in next(grid_given(Scale(max_margin=8.0)))


def test_margins_of_any_size_have_a_grid():
    for size in (1e-300, 1e-9, 1.0, 1e9, 1e300):
        grid = list(margins_to_try(Scale(), size / 100, size))
        assert grid and all(0 < margin < inf and part > 0 for margin, part in grid)
        assert min(margin for margin, _ in grid) <= size / 100 * 1.0001 * exp(log(2) / 2)
