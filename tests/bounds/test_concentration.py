"""Bounds for one fixed hypothesis: published numbers, exact coverage, and who is above whom."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genbounds.bounds.concentration import (
    azuma,
    chernoff,
    chernoff_lower,
    chernoff_tail,
    dvoretzky_kiefer_wolfowitz,
    hoeffding,
    mcdiarmid,
    multiplicative_chernoff_lower_tail,
    multiplicative_chernoff_tail,
    multiplicative_chernoff_tail_simple,
    multiplicative_chernoff_tail_third,
    okamoto,
    okamoto_lower,
    relative_chernoff,
    relative_chernoff_lower,
)

UPPER = [hoeffding, chernoff, relative_chernoff, okamoto]
LOWER = [chernoff_lower, relative_chernoff_lower, okamoto_lower]

risks = st.floats(0, 1)
sizes = st.integers(1, 10**9)
deltas = st.floats(1e-12, 0.999)


def probability(n, p, counts):
    """P(Bin(n, p) in counts)."""
    return math.fsum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in counts)


def worst_miss(n, misses, ends):
    """The largest probability of a miss; it lies next to an end of one of the intervals."""
    near = (e + step for e in ends for step in (-1e-9, 1e-9))
    grid = [i / 200 for i in range(201)] + [p for p in near if 0 <= p <= 1]
    return max(probability(n, p, [k for k in range(n + 1) if misses(k, p)]) for p in grid)


# --- numbers


def test_hoeffding_two_sided():
    half = hoeffding.two_sided.gap(n=100, delta=0.05)
    assert half == pytest.approx(math.sqrt(math.log(2 / 0.05) / 200), rel=1e-15)
    assert hoeffding.two_sided.latex == r"\sqrt{\frac{\ln \frac{2}{\delta}}{2 n}}"


def test_hoeffding_sample_sizes_of_abu_mostafa():
    # Learning From Data, homework 2: one hypothesis, epsilon .05, failure probability .03
    assert hoeffding.two_sided.gap(n=840, delta=0.03) <= 0.05
    assert hoeffding.two_sided.gap(n=839, delta=0.03) > 0.05


def test_one_sided_delta_is_used_one_sided():
    # landmine 8: 403 of 1000 correct, accuracy from below; .36005 came from ln(2/delta)
    assert 1 - hoeffding(errors=597, n=1000, delta=0.05) == pytest.approx(0.36430, abs=5e-6)


def test_chernoff_numbers_of_langfords_program():
    # `bound` 0.9, hunch.net: 192 errors of 800 at .025 a side, "relative entropy" method
    assert chernoff(errors=192, n=800, delta=0.025) == pytest.approx(0.28252880089, abs=3e-10)
    assert chernoff_lower(errors=192, n=800, delta=0.025) == pytest.approx(0.20065891277, abs=3e-10)


def test_chernoff_without_errors_is_exact():
    for n in (1, 7, 10**6, 10**12):
        zero_errors = -math.expm1(math.log(0.05) / n)
        assert chernoff(empirical_risk=0, n=n, delta=0.05) == pytest.approx(zero_errors, rel=1e-15)
        all_errors = math.exp(math.log(0.05) / n)
        assert chernoff_lower(empirical_risk=1, n=n, delta=0.05) == pytest.approx(
            all_errors, rel=1e-15
        )


def test_without_errors():
    cost = math.log(1 / 0.05) / 50
    assert relative_chernoff(empirical_risk=0, n=50, delta=0.05) == pytest.approx(2 * cost)
    assert okamoto(empirical_risk=0, n=50, delta=0.05) == pytest.approx(cost)
    assert all(b(empirical_risk=0, n=50, delta=0.05) == 0 for b in LOWER)


def test_relative_chernoff_lower_as_printed():
    for r, n, delta in ((0.1, 10, 0.05), (0.5, 1000, 1e-6), (1.0, 3, 0.9)):
        a = math.log(1 / delta) / n
        printed = r - (math.sqrt(a * a + 8 * r * a) - a) / 2
        assert relative_chernoff_lower(empirical_risk=r, n=n, delta=delta) == pytest.approx(printed)


def test_relative_chernoff_lower_keeps_its_digits():
    # printed form in 40 digits: r = 1e-12, n = 1e15, delta = 1e-6
    value = relative_chernoff_lower(empirical_risk=1e-12, n=10**15, delta=1e-6)
    a = math.log(1e6) / 1e15
    assert value == pytest.approx(1e-12 - math.sqrt(2 * a * 1e-12), rel=0.05)
    assert 0 < value < 1e-12


# --- exact coverage


@pytest.mark.parametrize("bound", UPPER, ids=lambda b: b.name)
@pytest.mark.parametrize(("n", "delta"), [(1, 0.05), (5, 0.4), (13, 0.05), (30, 0.01)])
def test_upper_coverage(bound, n, delta):
    limit = [bound(errors=k, n=n, delta=delta) for k in range(n + 1)]
    assert worst_miss(n, lambda k, p: p > limit[k], limit) <= delta * (1 + 1e-6)


@pytest.mark.parametrize("bound", LOWER, ids=lambda b: b.name)
@pytest.mark.parametrize(("n", "delta"), [(1, 0.05), (5, 0.4), (13, 0.05), (30, 0.01)])
def test_lower_coverage(bound, n, delta):
    limit = [bound(errors=k, n=n, delta=delta) for k in range(n + 1)]
    assert worst_miss(n, lambda k, p: p < limit[k], limit) <= delta * (1 + 1e-6)


def test_chernoff_is_attained_at_zero_errors():
    n, delta = 9, 0.07
    edge = chernoff(empirical_risk=0, n=n, delta=delta)
    assert probability(n, edge, [0]) == pytest.approx(delta, rel=1e-12)


def test_mirrored_relative_chernoff_is_no_lower_bound():
    # the upper form mirrored, r + a - sqrt(a^2 + 2ra), misses too often: CORRECTIONS 4
    n, delta = 1, 0.01
    a = math.log(1 / delta) / n
    limit = [k / n + a - math.sqrt(a * a + 2 * k / n * a) for k in range(n + 1)]
    proper = [relative_chernoff_lower(errors=k, n=n, delta=delta) for k in range(n + 1)]
    assert all(wrong >= right for wrong, right in zip(limit, proper, strict=True))
    assert worst_miss(n, lambda k, p: p < limit[k], limit) > delta


def test_okamoto_constants_cannot_be_swapped():
    # with the factor 2 of the lower bound the upper one fails already at one observation
    n, delta = 1, 0.3
    swapped = math.log(1 / delta) / (2 * n)
    assert probability(n, swapped + 1e-9, [0]) > delta


# --- tails


@given(risks, sizes, st.floats(0, 1))
def test_tails_are_ordered(risk, n, deviation):
    case = {"risk": risk, "n": n, "deviation": deviation}
    sharp = multiplicative_chernoff_tail(**case)
    simple = multiplicative_chernoff_tail_simple(**case)
    third = multiplicative_chernoff_tail_third(**case)
    assert sharp <= simple * (1 + 1e-12) <= third * (1 + 1e-11) + 1e-300
    assert multiplicative_chernoff_lower_tail(**case) <= simple * (1 + 1e-12)


@given(st.floats(1e-6, 0.5), st.integers(1, 10**6), st.floats(1e-3, 1))
def test_relative_entropy_tail_is_the_sharpest(risk, n, deviation):
    case = {"risk": risk, "n": n, "deviation": deviation}
    above = chernoff_tail(empirical_risk=(1 + deviation) * risk, risk=risk, n=n)
    below = chernoff_tail(empirical_risk=(1 - deviation) * risk, risk=risk, n=n)
    assert above <= multiplicative_chernoff_tail(**case) * (1 + 1e-9) + 1e-300
    assert below <= multiplicative_chernoff_lower_tail(**case) * (1 + 1e-9) + 1e-300


@pytest.mark.parametrize("p", [0.01, 0.2, 0.5, 0.93])
def test_tails_cover_the_binomial(p):
    n = 40
    for k in range(n + 1):
        exact_above = probability(n, p, range(k, n + 1))
        exact_below = probability(n, p, range(k + 1))
        g = k / (n * p) - 1
        if g >= 0:
            case = {"risk": p, "n": n, "deviation": g}
            assert exact_above <= multiplicative_chernoff_tail(**case) * (1 + 1e-12)
            assert exact_above <= multiplicative_chernoff_tail_third(**case) * (1 + 1e-12)
            assert exact_above <= chernoff_tail(empirical_risk=k / n, risk=p, n=n) * (1 + 1e-9)
        else:
            case = {"risk": p, "n": n, "deviation": -g}
            assert exact_below <= multiplicative_chernoff_lower_tail(**case) * (1 + 1e-12)
            assert exact_below <= chernoff_tail(empirical_risk=k / n, risk=p, n=n) * (1 + 1e-9)


def test_third_is_silent_where_it_would_be_false():
    # landmine 28: exp(-g^2 mu / 3) at n = 100, p = .01, g = 8
    exact = probability(100, 0.01, range(9, 101))
    assert math.exp(-64 / 3) < exact == pytest.approx(8.4e-7, rel=0.01)
    case = {"risk": 0.01, "n": 100, "deviation": 8}
    assert multiplicative_chernoff_tail_third(**case) == math.inf
    assert multiplicative_chernoff_lower_tail(**case) == math.inf
    assert (
        exact <= multiplicative_chernoff_tail(**case) <= multiplicative_chernoff_tail_simple(**case)
    )


def test_two_in_place_of_three_is_false():
    # CORRECTIONS 11: exp(-g^2 mu / 2) for the upper tail with g <= 1, n = 1000, p = 1/20
    n, p = 1000, 0.05
    broken = [
        k
        for k in range(51, 101)
        if probability(n, p, range(k, n + 1)) > math.exp(-((k / (n * p) - 1) ** 2) * n * p / 2)
    ]
    assert broken


@pytest.mark.parametrize("deviation", [1e-9, 1e-4, 0.99, 1.01, 30.0])
def test_multiplicative_tail_does_not_cancel(deviation):
    # h(g) = sum (-g)^k / (k (k - 1)) for small g, the closed form for large
    g = deviation
    small = g * g / 2 - g**3 / 6 + g**4 / 12 - g**5 / 20
    h = small if g < 0.01 else (1 + g) * math.log1p(g) - g
    value = multiplicative_chernoff_tail(risk=0.001, n=1000 / h, deviation=g)
    assert value == pytest.approx(math.exp(-1), rel=1e-13)


@pytest.mark.parametrize(
    "bound", [multiplicative_chernoff_tail, multiplicative_chernoff_tail_simple]
)
def test_tails_at_the_extremes(bound):
    assert bound(risk=0, n=10, deviation=1.7e308) == 1
    assert bound(risk=1, n=10, deviation=1.7e308) == 0
    assert bound(risk=1, n=10, deviation=0) == 1


def test_chernoff_tail_at_the_extremes():
    assert chernoff_tail(empirical_risk=0.1, risk=0, n=10) == 0
    assert chernoff_tail(empirical_risk=0, risk=1, n=10) == 0
    assert chernoff_tail(empirical_risk=1, risk=1, n=10) == 1
    assert chernoff_tail(empirical_risk=1, risk=0.5, n=10) == pytest.approx(2.0**-10, rel=1e-14)


# --- orderings


@given(risks, sizes, deltas)
def test_chernoff_is_never_beaten(r, n, delta):
    case = {"empirical_risk": r, "n": n, "delta": delta}
    assert all(chernoff(**case) <= b(**case) * (1 + 1e-12) for b in UPPER)
    assert all(chernoff_lower(**case) >= b(**case) - 1e-15 - 1e-12 * abs(b(**case)) for b in LOWER)


@given(risks, sizes, deltas)
def test_relative_chernoff_lies_below_its_simple_form(r, n, delta):
    a = math.log(1 / delta) / n
    value = relative_chernoff(empirical_risk=r, n=n, delta=delta)
    assert value <= (r + math.sqrt(2 * r * a) + 2 * a) * (1 + 1e-12)
    lower = relative_chernoff_lower(empirical_risk=r, n=n, delta=delta)
    assert lower >= r - math.sqrt(2 * r * a) - 1e-15


@given(st.floats(1e-9, 1), st.integers(1, 10**6), st.integers(1, 100), deltas)
def test_more_observations_never_hurt(r, n, more, delta):
    for b in UPPER:
        fewer = b(empirical_risk=r, n=n, delta=delta)
        assert b(empirical_risk=r, n=n + more, delta=delta) <= fewer * (1 + 1e-14)
    for b in LOWER:
        fewer = b(empirical_risk=r, n=n, delta=delta)
        assert b(empirical_risk=r, n=n + more, delta=delta) >= fewer - 1e-14 * abs(fewer)


def test_relative_chernoff_lower_is_not_monotone_below_a():
    case = relative_chernoff_lower.witness["empirical_risk"]
    low, middle, high = (
        relative_chernoff_lower(empirical_risk=r, **case["at"]) for r in case["values"]
    )
    assert middle < low < high


def test_chernoff_tail_is_not_monotone():
    for name, case in chernoff_tail.witness.items():
        low, middle, high = (chernoff_tail(**{name: x}, **case["at"]) for x in case["values"])
        assert low < middle > high


# --- functions other than the mean


def smirnov_tail(n, t):
    """P(sup (F_n - F) > t) for continuous F, exactly (Birnbaum and Tingey 1951)."""
    terms = (
        math.comb(n, j) * (t + j / n) ** (j - 1) * (1 - t - j / n) ** (n - j)
        for j in range(math.floor(n * (1 - t)) + 1)
    )
    return t * math.fsum(terms)


@pytest.mark.parametrize("n", [1, 2, 3, 8, 20, 60])
def test_dkw_one_sided_holds_for_every_delta(n):
    # also beyond delta = 1/2, where Massart's theorem stops
    for delta in (0.01, 0.05, 0.3, 0.5, 0.6, 0.8, 0.95, 0.999):
        t = dvoretzky_kiefer_wolfowitz(n=n, delta=delta)
        assert t >= 1 or smirnov_tail(n, t) <= delta


def test_dkw_is_hoeffdings_deviation():
    # the constant 1 in front of the exponential: a whole function at the price of one point
    case = {"n": 77, "delta": 0.05}
    assert dvoretzky_kiefer_wolfowitz(**case) == hoeffding.gap(**case)


@pytest.mark.parametrize("delta", [0.3, 0.05, 1e-3])
def test_azuma_and_mcdiarmid_on_a_fair_walk(delta):
    # sum of n signs: increments of absolute value 1, an interval of length 2
    n = 20
    t = azuma(differences=[1] * n, delta=delta)
    assert probability(n, 0.5, [k for k in range(n + 1) if 2 * k - n >= t]) <= delta
    assert mcdiarmid(differences=[2] * n, delta=delta) == pytest.approx(t, rel=1e-15)
    assert azuma(differences=[1] * n, delta=delta) == pytest.approx(
        2 * mcdiarmid(differences=[1] * n, delta=delta), rel=1e-15
    )


@given(st.integers(1, 50), deltas)
def test_mcdiarmid_of_a_mean_is_hoeffding(n, delta):
    value = mcdiarmid(differences=[1 / n] * n, delta=delta)
    assert value == pytest.approx(hoeffding.gap(n=n, delta=delta), rel=1e-13)


def test_sequences_of_zeros():
    assert mcdiarmid(differences=[0, 0], delta=0.05) == azuma(differences=[0], delta=0.05) == 0


def test_latex():
    assert mcdiarmid.latex == r"\sqrt{\frac{\ln \frac{1}{\delta}}{2} \sum_i {c}_i^{2}}"
    assert multiplicative_chernoff_tail.latex == (
        r"e^{-n R \left(\left(1 + \gamma\right) \ln \left(1 + \gamma\right) - \gamma\right)}"
    )


def test_sequences_that_overflow_are_infinite():
    assert mcdiarmid(differences=[1e200, 1], delta=0.05) == math.inf
    assert azuma(differences=[1e154] * 9, delta=0.05) == math.inf
