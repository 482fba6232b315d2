"""PAC-Bayes with a variance: jumps of grids, exact coverage, and orders between the theorems."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import genbounds as gb
from genbounds.bounds.pac_bayes_variance import (
    pac_bayes_bennett,
    pac_bayes_bernstein,
    pac_bayes_split_kl,
    pac_bayes_unexpected_bernstein,
    pac_bayes_unexpected_bernstein_grid,
    split_kl,
    tolstikhin_seldin,
    tolstikhin_seldin_variance,
    unexpected_bernstein,
)

RATIOS = {"grid_ratio_mean": 1.15, "grid_ratio_variance": 1.15}
COINS = [0.001, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 0.99]


def binomial(n: int, p: float) -> list[float]:
    return [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]


# --- Tolstikhin and Seldin


def test_the_branch_switch_lowers_the_value_as_the_divergence_grows():
    """No error seen; the grid has 15 points, c = 1.15: the switch is where K = (e - 2) n/4."""
    facts = {"empirical_risk": 0, "sample_variance": 0, "n": 1000, "delta": 0.05, **RATIOS}
    assert tolstikhin_seldin(kl=173.1, **facts) == pytest.approx(0.3860, abs=5e-5)
    assert tolstikhin_seldin(kl=173.2, **facts) == pytest.approx(0.3592, abs=5e-5)


def test_the_switch_is_a_factor_of_two_over_one_plus_the_ratio():
    facts = {"empirical_risk": 0, "sample_variance": 0, "n": 1000, "delta": 0.05, **RATIOS}
    low, high = 173.1, 173.2
    while high - low > 1e-9:
        middle = (low + high) / 2
        if tolstikhin_seldin(kl=middle, **facts) > 0.37:
            low = middle
        else:
            high = middle
    before, after = (tolstikhin_seldin(kl=kl, **facts) for kl in (low, high))
    assert after / before == pytest.approx(2 / 2.15, rel=1e-6)


@pytest.mark.parametrize("delta", [0.05, 0.3])
@pytest.mark.parametrize("p", COINS)
def test_the_variance_bound_covers_coins(p, delta):
    n = 200
    chance = binomial(n, p)
    missed = sum(
        chance[k]
        for k in range(n + 1)
        if tolstikhin_seldin_variance(
            sample_variance=k * (n - k) / (n * (n - 1)),
            kl=0,
            grid_ratio_variance=1.15,
            n=n,
            delta=delta,
        )
        < p * (1 - p)
    )
    assert missed <= delta


@pytest.mark.parametrize("delta", [0.05, 0.3])
@pytest.mark.parametrize("p", COINS)
def test_the_empirical_bernstein_bound_covers_coins(p, delta):
    n = 200
    chance = binomial(n, p)
    missed = sum(
        chance[k]
        for k in range(n + 1)
        if tolstikhin_seldin(
            empirical_risk=k / n,
            sample_variance=k * (n - k) / (n * (n - 1)),
            kl=0,
            n=n,
            delta=delta,
            **RATIOS,
        )
        < p
    )
    assert missed <= delta


def test_the_grids_cover_what_they_must():
    """nu points from the lowest candidate reach the highest: the counts in the formulas suffice."""
    for n in (2, 3, 10, 1000, 10**6, 10**9):
        for delta in (1e-6, 0.05, 0.9):
            for c in (1.05, 1.15, 2.0):
                lowest = 2 / (math.sqrt((n - 1) / math.log(1 / delta) + 1) + 1)
                points = max(1, math.ceil(math.log(1 / lowest) / math.log(c)))
                assert lowest * c**points >= 1 - 1e-12
                # at K = ln(nu/delta), KL = 0 and no variance seen, the formula is 2 c K/(n - 1)
                value = tolstikhin_seldin_variance(
                    sample_variance=0, kl=0, grid_ratio_variance=c, n=n, delta=delta
                )
                assert value == pytest.approx(2 * c * math.log(points / delta) / (n - 1), rel=1e-9)


def test_a_variance_above_one_quarter_is_cut():
    facts = {"empirical_risk": 0.1, "kl": 5, "n": 1000, "delta": 0.05, **RATIOS}
    high = tolstikhin_seldin(sample_variance=0.5, **facts)
    assert high == tolstikhin_seldin(sample_variance=0.25, **facts)


# --- true variance


@settings(max_examples=60)
@given(
    st.floats(0, 1),
    st.floats(0, 0.25),
    st.floats(0, 1e4),
    st.floats(1e-3, 1),
    st.integers(1, 10**6),
)
def test_bennett_is_at_most_bernstein_and_equal_at_gamma_one(risk, variance, kl, gamma, n):
    facts = {"empirical_risk": risk, "variance": variance, "kl": kl, "n": n, "delta": 0.05}
    bernstein = pac_bayes_bernstein(bernstein_gamma=gamma, **facts)
    bennett = pac_bayes_bennett(bernstein_gamma=gamma, upper_loss=1, **facts)
    assert bennett <= bernstein * (1 + 1e-14)
    ends = [f(bernstein_gamma=1, **facts, **more) for f, more in
            [(pac_bayes_bernstein, {}), (pac_bayes_bennett, {"upper_loss": 1})]]  # fmt: skip
    assert ends[0] == pytest.approx(ends[1], rel=1e-13)


def test_small_gamma_does_not_cancel():
    """(e^x - 1 - x)/(g b^2) is g/2 (1 + x/3 + ...)."""
    facts = {"empirical_risk": 0, "kl": 0, "n": 1e99, "delta": 0.5, "upper_loss": 1}
    for gamma in (1e-9, 1e-6, 1e-3):
        series = gamma / 2 * (1 + gamma / 3 + gamma**2 / 12 + gamma**3 / 60)
        found = pac_bayes_bennett(variance=0.25, bernstein_gamma=gamma, **facts)
        assert found == pytest.approx(0.25 * series, rel=1e-13)
        unexpected = gamma / 2 * (1 + 2 * gamma / 3 + gamma**2 / 2 + 2 * gamma**3 / 5)
        found = pac_bayes_unexpected_bernstein(second_moment=0.5, bernstein_gamma=gamma, **facts)
        assert found == pytest.approx(0.5 * unexpected, rel=1e-11)


@pytest.mark.parametrize("gamma", [1e-300, 1e-12, 0.5, 1 - 2**-53])
@pytest.mark.parametrize("b", [1e-300, 1e-12, 1])
def test_products_beyond_the_floats_lose_nothing(gamma, b):
    """Where gamma b is nothing, gamma V/2 is what the variance costs."""
    facts = {"empirical_risk": 0, "kl": 0, "n": 1e99, "delta": 0.5, "bernstein_gamma": gamma}
    cost = math.log(2) / (gamma * 1e99)
    for value in (
        pac_bayes_bennett(variance=0.25, upper_loss=b, **facts) - cost,
        pac_bayes_unexpected_bernstein(second_moment=0.25, upper_loss=b, **facts) - cost,
    ):
        assert math.isfinite(value)
        if gamma * b < 1e-11 and gamma > 1e-300:
            assert value == pytest.approx(gamma / 8, rel=1e-11)


def test_no_variance_costs_nothing_at_any_gamma():
    facts = {"empirical_risk": 0, "kl": 0, "n": 10, "delta": 0.5, "upper_loss": 1}
    for gamma in (1e-300, 1, 699, 700):
        found = pac_bayes_bennett(variance=0, bernstein_gamma=gamma, **facts)
        assert found == pytest.approx(math.log(2) / (gamma * 10), rel=1e-15)
    assert pac_bayes_bennett(variance=0, bernstein_gamma=701, **facts) == math.inf


# --- the second moment


@pytest.mark.parametrize("gamma", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("p", COINS)
def test_unexpected_bernstein_covers_coins(p, gamma):
    n, delta = 30, 0.1
    chance = binomial(n, p)
    value = [
        unexpected_bernstein(
            empirical_risk=k / n, second_moment=k / n, upper_loss=1, bernstein_gamma=gamma, n=n,
            delta=delta,
        )
        for k in range(n + 1)
    ]  # fmt: skip
    assert sum(c for c, v in zip(chance, value, strict=True) if v < p) <= delta


def test_a_centred_second_moment_would_be_false():
    """One loss, -5 with probability 0.6, else 1: centred it is 0, and the bound fails too often."""
    facts = {"empirical_risk": 0, "upper_loss": 1, "bernstein_gamma": 0.9, "n": 1, "delta": 0.5}
    deviation = unexpected_bernstein(second_moment=0, **facts)
    weight = unexpected_bernstein(second_moment=1, **facts) - deviation
    mean = 0.6 * -5 + 0.4 * 1
    assert -5 + deviation < mean  # with probability 0.6 > delta
    assert -5 + deviation + 25 * weight > mean


@settings(max_examples=60)
@given(
    st.floats(0, 1), st.floats(1e-6, 1), st.floats(0.1, 10), st.floats(0, 1e4),
    st.integers(1, 10**9), st.floats(1e-9, 0.9),
)  # fmt: skip
def test_the_grid_is_the_best_of_its_points_each_with_its_share(risk, moment, b, kl, n, delta):
    k = max(1, math.ceil(math.log2(math.sqrt(n / math.log(1 / delta)) / 2)))
    facts = {"empirical_risk": risk, "second_moment": moment, "upper_loss": b, "kl": kl, "n": n}
    points = [
        pac_bayes_unexpected_bernstein(bernstein_gamma=2.0**-i / b, delta=delta / k, **facts)
        for i in range(1, k + 1)
    ]
    found = pac_bayes_unexpected_bernstein_grid(delta=delta, **facts)
    assert found == pytest.approx(min(points), rel=1e-12)


# --- split


def test_split_kl_covers_losses_of_three_values():
    """-1, 0, 1 with all their probabilities on a grid; 10 observations; mu = 0."""
    n, delta = 10, 0.2
    counts = [(i, j) for i in range(n + 1) for j in range(n + 1 - i)]
    value = {
        (i, j): split_kl(
            positive_part=i / n, negative_part=j / n, split_point=0, lowest_loss=-1,
            highest_loss=1, n=n, delta=delta,
        )
        for i, j in counts
    }  # fmt: skip
    for up in (0.02, 0.1, 0.3, 0.6, 0.9):
        for down in (0.02, 0.1, 0.35):
            if up + down > 1:
                continue
            missed = sum(
                math.comb(n, i) * math.comb(n - i, j) * up**i * down**j
                * (1 - up - down) ** (n - i - j)
                for i, j in counts
                if value[i, j] < up - down
            )  # fmt: skip
            assert missed <= delta


def test_a_split_at_an_end_is_the_kl_bound_at_half_of_delta():
    ends = {"lowest_loss": 0, "highest_loss": 1, "n": 500, "delta": 0.05}
    whole = split_kl(positive_part=0.2, negative_part=0, split_point=0, **ends)
    assert whole == gb.catalogue["chernoff"](empirical_risk=0.2, n=500, delta=0.025)
    top = split_kl(positive_part=0, negative_part=0.8, split_point=1, **ends)
    lower = gb.catalogue["chernoff_lower"](empirical_risk=0.8, n=500, delta=0.025)
    assert top == pytest.approx(1 - lower, rel=1e-14)
    posterior = pac_bayes_split_kl(positive_part=0.2, negative_part=0, split_point=0, kl=7, **ends)
    assert posterior == pytest.approx(
        gb.catalogue["pac_bayes_kl"](empirical_risk=0.2, kl=7, n=500, delta=0.025), rel=1e-14
    )


@settings(max_examples=60)
@given(
    st.floats(0, 0.2), st.floats(0, 0.2), st.floats(-0.7, 0.7), st.floats(0, 0.1), st.floats(1, 1e4)
)
def test_in_the_split_point_alone_the_value_grows(plus, minus, mu, step, n):
    facts = {"positive_part": plus, "negative_part": minus, "lowest_loss": -1, "highest_loss": 1,
             "n": n, "delta": 0.05}  # fmt: skip
    first, last = split_kl(split_point=mu, **facts), split_kl(split_point=mu + step, **facts)
    assert first <= last + 1e-14


def test_parts_that_do_not_fit_their_range_say_nothing():
    facts = {"negative_part": 0, "split_point": 0, "lowest_loss": -1, "n": 10, "delta": 0.1}
    assert split_kl(positive_part=0.6, highest_loss=0.5, **facts) == math.inf


# --- an infinite divergence


def test_an_infinite_divergence_says_nothing():
    facts = {"kl": math.inf, "n": 1000, "delta": 0.05}
    zero = {"empirical_risk": 0, **facts}
    assert tolstikhin_seldin_variance(sample_variance=0, grid_ratio_variance=2, **facts) == math.inf
    assert tolstikhin_seldin(sample_variance=0, **zero, **RATIOS) == math.inf
    assert pac_bayes_bernstein(variance=0, bernstein_gamma=0.5, **zero) == math.inf
    assert pac_bayes_unexpected_bernstein_grid(second_moment=0, upper_loss=1, **zero) == math.inf
    split = {"positive_part": 0, "negative_part": 0.1, "split_point": 0, "lowest_loss": -1}
    assert pac_bayes_split_kl(highest_loss=2, **split, **facts) == 2


def test_what_is_fixed_cannot_be_sought():
    with pytest.raises(ValueError, match="bernstein_gamma of pac_bayes_bernstein is fixed"):
        gb.solve(pac_bayes_bernstein, "bernstein_gamma", target=0.2, empirical_risk=0.1,
                 variance=0.1, kl=10, n=1000, delta=0.05)  # fmt: skip
