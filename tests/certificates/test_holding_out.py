"""Held-out rows: the limits against scipy, the sharing of delta, the best of several."""

import math

import numpy as np
import pytest
from scipy.stats import beta, binom, binomtest, hypergeom

from genbounds import certificates
from genbounds.certificates import certify
from genbounds.questions import test_set as of_test_set


def upper(k, n, delta):
    return 1.0 if k == n else beta.ppf(1 - delta, k + 1, n - k)


def lower(k, n, delta):
    return 0.0 if k == 0 else beta.ppf(delta, k, n - k + 1)


def said(errors, n):
    return [1] * errors + [0] * (n - errors)


@pytest.mark.parametrize(("k", "n"), [(0, 10), (3, 50), (50, 50), (7, 1000)])
def test_one_model(k, n):
    found = certify(said(k, n), y=[0] * n, delta=0.02).statements[0]
    assert found.upper == pytest.approx(upper(k, n, 0.02), rel=1e-9)
    assert found.lower is None and found.observed == k / n and found.n == n
    both = certify(said(k, n), y=[0] * n, delta=0.02, side="both").statements[0]
    assert both.lower == pytest.approx(lower(k, n, 0.01), rel=1e-9, abs=1e-12)
    assert both.upper == pytest.approx(upper(k, n, 0.01), rel=1e-9)


def test_the_best_of_several_pays_as_a_test_set_does():
    found = certify(said(3, 100), y=[0] * 100, selected_from=20).statements[0]
    assert found.upper == of_test_set(errors=3, n=100, selected_from=20).value
    assert found.upper == pytest.approx(upper(3, 100, 0.05 / 20), rel=1e-9)
    assert any("only the choice among them" in c for c in found.conditions)
    assert not any("not used, directly or indirectly" in c for c in found.conditions)


def test_a_finite_population():
    found = certify(said(2, 50), y=[0] * 50, population_size=100).statements[0]
    fits = [K for K in range(2, 101) if hypergeom.cdf(2, 100, K, 50) >= 0.05]
    assert found.upper == max(fits) / 100


def test_several_models_share_delta_with_their_differences():
    n, y = 60, [0] * 60
    models = {"a": said(5, n), "b": [0] * 40 + [1] * 20, "c": [0] * n}
    found = certify(models, y=y, delta=0.06, side="both")
    kinds = [s.kind for s in found.statements]
    assert kinds == ["held_out"] * 3 + ["difference"] * 3
    assert all(s.delta == 0.06 / 6 for s in found.statements)
    assert found.statements[1].upper == pytest.approx(upper(20, n, 0.005), rel=1e-9)
    first = found.statements[3]
    # each count has two limits, each of the difference's two sides half of the share
    share = 0.01 / 4
    assert first.pair == ("a", "b") and first.observed == pytest.approx(-15 / n)
    assert first.upper == pytest.approx(upper(5, n, share) - lower(20, n, share), rel=1e-9)
    assert first.lower == pytest.approx(lower(5, n, share) - upper(20, n, share), rel=1e-9)
    p = binomtest(5, 25).pvalue
    assert f"exact sign test p = {p:.4g}" in first.notes[0]


def test_groups_are_counted_by_hand():
    rng = np.random.default_rng(0)
    y, guess = rng.integers(0, 2, 200), rng.integers(0, 2, 200)
    where = rng.choice(["north", "south", "east"], 200)
    found = certify(guess, y=y, groups=where, delta=0.04)
    assert [s.group for s in found.statements] == ["", "east", "north", "south"]
    for s in found.statements:
        rows = where == s.group if s.group else np.ones(200, bool)
        errors, n = int(np.sum((y != guess) & rows)), int(rows.sum())
        assert (s.n, s.observed) == (n, errors / n)
        assert s.upper == pytest.approx(upper(errors, n, 0.01), rel=1e-9)
    assert any("groups, their rule and their number" in c for c in found.conditions)


def test_a_group_without_rows_is_said_and_keeps_its_share():
    masks = {"young": [True, False, True], "old": [False] * 3}
    found = certify([0, 0, 1], y=[0, 0, 0], groups=masks, delta=0.03)
    assert [s.group for s in found.statements] == ["", "young"]
    assert all(s.delta == pytest.approx(0.01) for s in found.statements)
    assert any("old holds no rows" in note for note in found.notes)


def test_the_coverage_of_two_groups_together_is_exact():
    """Every outcome of 4 rows in one group and 3 in the other is enumerated."""
    delta, risks = 0.3, (0.45, 0.6)
    limits = {}
    for a in range(5):
        for b in range(4):
            y = [0] * 7
            guess = said(a, 4) + said(b, 3)
            found = certify(guess, y=y, groups=["a"] * 4 + ["b"] * 3, delta=delta)
            limits[a, b] = [s.upper for s in found.statements]
    whole = (4 * risks[0] + 3 * risks[1]) / 7
    failed = sum(
        binom.pmf(a, 4, risks[0]) * binom.pmf(b, 3, risks[1])
        for (a, b), (u, ua, ub) in limits.items()
        if ua < risks[0] or ub < risks[1] or u < whole
    )
    assert 0 < failed <= delta


def test_losses_by_betting_and_by_empirical_bernstein():
    rng = np.random.default_rng(1)
    y, guess = rng.random(300) * 2, rng.random(300) * 2
    losses = np.abs(y - guess)
    bet = certify(guess, y=y, loss="absolute", width=2, delta=0.05).statements[0]
    wanted = of_test_set(losses=list(losses / 2), delta=0.05).value
    assert bet.upper == pytest.approx(2 * wanted, rel=1e-12)
    assert bet.observed == pytest.approx(losses.mean())
    mp = certify(
        guess, y=y, loss="absolute", width=2, delta=0.05, method="empirical_bernstein"
    ).statements[0]
    c = math.log(2 / 0.05)
    radius = math.sqrt(2 * np.var(losses, ddof=1) * c / 300) + 2 * 7 * c / (3 * 299)
    assert mp.upper == pytest.approx(losses.mean() + radius, rel=1e-12)


def test_the_method_is_fixed_and_never_the_better_one_for_free():
    y, guess = [0.0] * 40, [0.5] * 40
    for method in ("betting", "empirical_bernstein"):
        found = certify(guess, y=y, loss="squared", width=1, method=method)
        assert len(found.statements) == 1
        assert any(method in note and "fixed before" in note for note in found.notes)


def test_selection_among_losses_divides_delta():
    y, guess = [0.0] * 40, [0.1, 0.7] * 20
    several = certify(guess, y=y, loss="absolute", width=1, selected_from=5, delta=0.05)
    alone = certify(guess, y=y, loss="absolute", width=1, delta=0.01)
    assert several.statements[0].upper == alone.statements[0].upper
    assert several.statements[0].delta == 0.05
    assert any("only the choice among them" in c for c in several.conditions)


def test_the_order_of_losses_matters_and_is_said():
    found = certify([0.2] * 9, y=[0.0] * 9, loss="absolute", width=1)
    assert any("in the order in which they were observed" in c for c in found.conditions)
    assert any("lies in [0, 1] on every possible" in c for c in found.conditions)
    cut = certify([0.2] * 9, y=[0.0] * 9, loss="absolute", width=0.1, clip=True)
    assert not any("on every possible" in c for c in cut.conditions)
    assert "min(absolute loss, 0.1)" in cut.sentence


def test_empirical_bernstein_has_its_limits():
    with pytest.raises(ValueError, match="side='both'"):
        certify(
            [0.2], y=[0.0], loss="absolute", width=1, method="empirical_bernstein", side="lower"
        )
    with pytest.raises(ValueError, match="at least 2 losses"):
        certify([0.2], y=[0.0], loss="absolute", width=1, method="empirical_bernstein")


def test_the_package_lists_its_names():
    assert {"certify", "verify", "cross_validation"} <= set(certificates.__all__)
    with pytest.raises(AttributeError):
        certificates.nothing  # noqa: B018


def test_choosing_on_the_sample_is_covered_only_when_it_is_paid_for():
    """Ten independent rules of equal risk on 6 rows, the best one certified: all outcomes."""
    k, n, risk, delta = 10, 6, 0.4, 0.2
    failed = {1: 0.0, k: 0.0}
    for fewest in range(n + 1):
        chance = binom.sf(fewest - 1, n, risk) ** k - binom.sf(fewest, n, risk) ** k
        for paid in failed:
            found = certify(said(fewest, n), y=[0] * n, delta=delta, selected_from=paid)
            failed[paid] += chance * (found.statements[0].upper < risk)
    assert failed[k] <= delta < failed[1]
