"""Solving: published and independently scanned integers, ties, real unknowns, arrays, failures."""

import math
from fractions import Fraction
from itertools import accumulate, pairwise

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

import genbounds as gb
from genbounds.claims import EVERY_HYPOTHESIS_ABOVE
from genbounds.declaration import bound
from genbounds.generic import log_ratio, sqrt
from genbounds.solving import Count, Level, NoSolutionError

HOEFFDING = gb.catalogue["hoeffding"]
CHERNOFF = gb.catalogue["chernoff"]
VC = gb.catalogue["vapnik_chervonenkis"]
EXACT = gb.catalogue["clopper_pearson"]


@bound(
    EVERY_HYPOTHESIS_ABOVE, source="MohriRostamizadehTalwalkar2018, Corollary 3.9", additive=True
)
def dipping(empirical_risk, n, log_growth, delta):
    """Counts at n, so that the convention n^d looks good at n = 1 and rises before it falls."""
    return empirical_risk + sqrt(2 * log_growth(n) / n) + sqrt(log_ratio(1, delta) / (2 * n))


# --- the VC sample size


def vc_deviation(n: int, d: int, delta: str, growth: str) -> mpf:
    """VC 1971 at 60 digits, the tail set equal to delta, written again here."""
    m = 2 * n
    if growth == "sauer":
        log_growth = mp.log(mp.fsum(mp.binomial(m, i) for i in range(d + 1)))
    elif growth == "sauer-exp":
        log_growth = d * mp.log(mp.e * m / d)
    else:
        log_growth = d * mp.log(m)
    return mp.sqrt(8 * (mp.log(4 / mpf(delta)) + log_growth) / n)


@pytest.mark.parametrize(
    ("growth", "d", "epsilon", "delta", "n"),
    [
        ("sauer", 10, "0.05", "0.05", 400700),
        ("polynomial", 10, "0.05", "0.05", 452957),
        ("sauer-exp", 10, "2e-6", "1e-6", 701911418129315),
        ("sauer-exp", 10, "1e-6", "1e-12", 3035310705897526),
        ("sauer", 10, "1e-6", "1e-12", None),
        ("sauer", 100, "0.001", "1e-300", None),
        ("polynomial-plus-one", 3, "0.1", "0.1", 29300),
    ],
)
def test_the_vc_sample_size_is_exact(growth, d, epsilon, delta, n):
    found = gb.solve(VC, "n", epsilon=float(epsilon), delta=float(delta), vc_dim=d, growth=growth)
    assert n is None or found == n
    if growth != "polynomial-plus-one":
        with mpmath.workdps(60):
            assert vc_deviation(int(found), d, delta, growth) <= mpf(epsilon)
            assert vc_deviation(int(found) - 1, d, delta, growth) > mpf(epsilon)


def test_a_solution_is_an_integer_that_carries_its_proof():
    found = gb.solve(VC, "n", epsilon=0.05, delta=0.05, vc_dim=10)
    assert isinstance(found, Count)
    assert isinstance(found, int)
    assert found.value == VC.gap(n=400700, vc_dim=10, delta=0.05) <= 0.05
    assert found.beyond == VC.gap(n=400699, vc_dim=10, delta=0.05) > 0.05
    assert found.proof == (
        f"deviation = {found.value:.12g} at n = 400700, {found.beyond:.12g} at n = 400699"
    )
    assert f"{found:d} {found:,} {found:.15g}" == "400700 400,700 400700"


def test_the_proof_shows_every_digit_of_a_large_n():
    found = gb.solve(VC, "n", epsilon=2e-6, delta=1e-6, vc_dim=10, growth="sauer-exp")
    assert "at n = 701911418129315" in found.proof
    assert "at n = 701911418129314" in found.proof


# --- scans, written without the library


def least_from_which_all_reach(reached: list[bool]) -> int:
    """The n after the last failure; entry 0 is n = 1."""
    assert reached[-1]
    return max((n for n, good in enumerate(reached, 1) if not good), default=0) + 1


@pytest.mark.parametrize(
    ("d", "epsilon"), [(1, "0.9"), (1, "0.61"), (2, "0.7"), (5, "1.5"), (0, "0.3")]
)
def test_the_vc_sample_size_is_that_of_a_scan(d, epsilon):
    with mpmath.workdps(40):
        reached = [vc_deviation(n, d, "0.05", "sauer") <= mpf(epsilon) for n in range(1, 900)]
    found = gb.solve(VC, "n", epsilon=float(epsilon), delta=0.05, vc_dim=d)
    assert found == least_from_which_all_reach(reached)


@pytest.mark.parametrize("epsilon", ["0.05", "0.011", "0.5", "1e-9", "1.3e-9"])
@pytest.mark.parametrize("delta", ["0.05", "1e-6", "1e-300", "0.999999"])
def test_hoeffdings_sample_size_is_its_closed_form(epsilon, delta):
    with mpmath.workdps(60):
        exact = int(mp.ceil(mp.log(1 / mpf(delta)) / (2 * mpf(epsilon) ** 2)))
    if exact > 10**18:
        with pytest.raises(NoSolutionError, match=r"at n = 1e\+18 it is"):
            gb.solve(HOEFFDING, "n", epsilon=float(epsilon), delta=float(delta))
    else:
        assert gb.solve(HOEFFDING, "n", epsilon=float(epsilon), delta=float(delta)) == exact


@pytest.mark.parametrize(
    ("growth", "epsilon"),
    [("polynomial", 1.3), ("polynomial", 1.5), ("polynomial", 0.9), ("sauer", 1.5)],
)
def test_past_a_dip_the_sample_size_is_that_from_which_the_bound_stays(growth, epsilon):
    def deviation(n):
        labelings = n if growth == "polynomial" else n + 1
        return math.sqrt(2 * math.log(labelings) / n) + math.sqrt(math.log(20) / (2 * n))

    reached = [deviation(n) <= epsilon for n in range(1, 500)]
    found = gb.solve(dipping, "n", epsilon=epsilon, delta=0.05, vc_dim=1, growth=growth)
    assert found == least_from_which_all_reach(reached)


def test_the_dip_is_there():
    gap = [dipping.gap(n=n, vc_dim=1, growth="polynomial", delta=0.05) for n in (1, 2)]
    assert gap[0] < 1.3 < gap[1]


def test_scan_shows_the_dip():
    found = gb.scan(dipping, "n", 1, 40, epsilon=1.3, delta=0.05, vc_dim=1, growth="polynomial")
    expected = [
        n
        for n in range(1, 41)
        if math.sqrt(2 * math.log(n) / n) + math.sqrt(math.log(20) / 2 / n) <= 1.3
    ]
    assert [n for first, last in found for n in range(first, last + 1)] == expected
    assert len(found) == 2
    assert found[0] == (1, 1)
    assert all(a[1] + 1 < b[0] for a, b in pairwise(found))


def test_scan_of_nothing():
    assert gb.scan(HOEFFDING, "n", 1, 10, epsilon=0.01, delta=0.05) == []


# --- the saw


def tails_at_most(rate: Fraction, p: Fraction, top: int) -> list[Fraction]:
    """P(Bin(n, p) <= floor(rate n)) for n = 1 .. top, in exact arithmetic, step by step in n."""
    a, q = p.numerator, p.denominator
    found, row = [], [1]  # row[k] = q^n P(Bin(n, p) = k)
    for n in range(1, top + 1):
        row = [(q - a) * x + a * y for x, y in zip([*row, 0], [0, *row], strict=True)]
        found.append(Fraction(sum(row[: math.floor(rate * n) + 1]), q**n))
    return found


@pytest.mark.parametrize(
    ("rate", "target", "delta", "n", "top"),
    [
        (Fraction(1, 20), Fraction(1, 10), Fraction(1, 20), 103, 260),
        (Fraction(1, 3), Fraction(1, 2), Fraction(1, 20), None, 90),
        (Fraction(1, 7), Fraction(1, 4), Fraction(1, 100), None, 160),
        (Fraction(0), Fraction(1, 10), Fraction(1, 20), 29, 60),
        (Fraction(2, 5), Fraction(9, 10), Fraction(1, 2), None, 40),
        (Fraction(1, 2), Fraction(3, 4), Fraction(1, 4), None, 60),
    ],
)
def test_the_saw_is_that_of_an_exact_scan(rate, target, delta, n, top):
    reached = [tail <= delta for tail in tails_at_most(rate, target, top)]
    expected = least_from_which_all_reach(reached)
    found = gb.solve(EXACT, "n", target=target, empirical_risk=rate, delta=float(delta))
    assert found == expected
    assert n in (None, expected)


@settings(max_examples=25)
@given(
    rate=st.fractions(0, Fraction(2, 5), max_denominator=12),
    above=st.sampled_from([Fraction(1, 5), Fraction(1, 4), Fraction(1, 3)]),
    delta=st.sampled_from([Fraction(1, 2), Fraction(1, 10), Fraction(1, 50)]),
)
def test_the_saw_is_that_of_an_exact_scan_anywhere(rate, above, delta):
    target = rate + above
    top = math.ceil(math.log(1 / delta) / (2 * above**2)) + 2  # Hoeffding certifies from here on
    reached = [tail <= delta for tail in tails_at_most(rate, target, top)]
    found = gb.solve(EXACT, "n", target=target, empirical_risk=rate, delta=float(delta))
    assert found == least_from_which_all_reach(reached)


@pytest.mark.parametrize(
    ("rate", "target", "delta", "n"),
    [("1/10", "0.12", "0.01", 1421), ("1/50", "0.021", "0.05", 56051)],
)
def test_the_published_saws(rate, target, delta, n):
    found = gb.solve(
        EXACT, "n", target=float(target), empirical_risk=Fraction(rate), delta=float(delta)
    )
    assert found == n
    with mpmath.workdps(40):
        assert binomial_tail(math.floor(Fraction(rate) * n), n, mpf(target)) <= mpf(delta)
        assert binomial_tail(math.floor(Fraction(rate) * (n - 1)), n - 1, mpf(target)) > mpf(delta)


def binomial_tail(k: int, n: int, p: mpf) -> mpf:
    """P(Bin(n, p) <= k), term after term."""
    first = (1 - p) ** n
    ratios = ((n - i) * p / ((i + 1) * (1 - p)) for i in range(k))
    return mp.fsum(accumulate(ratios, lambda term, ratio: term * ratio, initial=first))


def test_below_the_saw_some_n_pass():
    """The least n that passes is not the answer: larger ones fail."""
    n = 103
    passing = [m for m in range(40, n) if EXACT(errors=m // 20, n=m, delta=0.05) <= 0.1]
    assert passing
    assert all(EXACT(errors=m // 20, n=m, delta=0.05) <= 0.1 for m in range(n, 400))


def test_a_rate_as_a_float_is_its_shortest_decimal():
    """100 * 0.07 is 7.000000000000001 and floor(0.29 * 100) is 28 in floats."""
    assert gb.solve(EXACT, "n", target=0.5, empirical_risk=0.29, delta=0.01) == gb.solve(
        EXACT, "n", target=0.5, empirical_risk=Fraction(29, 100), delta=0.01
    )


def test_the_epsilon_of_a_rate_is_added_to_it():
    assert gb.solve(EXACT, "n", epsilon=0.05, empirical_risk=Fraction(1, 20), delta=0.05) == 103


def test_a_rate_at_or_above_the_target_has_no_solution():
    for rate in (Fraction(1, 10), Fraction(1, 5)):
        with pytest.raises(NoSolutionError, match="stays above the error rate") as caught:
            gb.solve(EXACT, "n", target=Fraction(1, 10), empirical_risk=rate, delta=0.05)
        assert caught.value.nearest == float(rate)


# --- ties


@pytest.mark.parametrize(
    ("errors", "n", "target", "delta"),
    [
        (0, 2, 0.5, 0.25),
        (0, 3, 0.5, 0.125),
        (0, 2, 0.9, 0.01),
        (0, 3, 0.9, 0.001),
        (0, 3, 0.7, 0.027),
        (0, 12, 0.9, 1e-12),
        (1, 2, 0.5, 0.75),
        (1, 2, 0.9, 0.19),
        (1, 3, 0.5, 0.5),
    ],
)
def test_a_tie_between_decimals_is_reached(errors, n, target, delta):
    """The tail equals delta exactly, in decimals; floats alone would decide by chance."""
    exact = Fraction(str(target))
    tail = sum(math.comb(n, i) * exact**i * (1 - exact) ** (n - i) for i in range(errors + 1))
    assert tail == Fraction(str(delta))
    assert gb.solve(EXACT, "n", target=target, errors=errors, delta=delta) == n
    assert gb.solve(EXACT, "errors", target=target, n=n, delta=delta) == errors


def test_just_beside_a_tie():
    assert gb.solve(EXACT, "n", target=0.5, errors=0, delta=math.nextafter(0.25, 0)) == 3
    assert gb.solve(EXACT, "n", target=math.nextafter(0.5, 0), errors=0, delta=0.25) == 3
    assert gb.solve(EXACT, "n", target=math.nextafter(0.5, 1), errors=0, delta=0.25) == 2


# --- other integers


@pytest.mark.parametrize("n", [10, 1000, 10**6])
def test_the_errors_allowed_are_the_most_that_reach(n):
    found = gb.solve(EXACT, "errors", target=0.4, n=n, delta=0.05)
    assert (
        EXACT(errors=int(found), n=n, delta=0.05)
        <= 0.4
        < EXACT(errors=int(found) + 1, n=n, delta=0.05)
    )
    assert found.beyond == EXACT(errors=int(found) + 1, n=n, delta=0.05)


def test_the_largest_vc_dimension():
    found = gb.solve(VC, "vc_dim", epsilon=0.1, n=10**6, delta=0.05)
    assert VC.gap(vc_dim=int(found), n=10**6, delta=0.05) <= 0.1
    assert VC.gap(vc_dim=int(found) + 1, n=10**6, delta=0.05) > 0.1


def test_the_largest_class():
    finite = gb.catalogue["finite_hoeffding"]
    found = gb.solve(finite, "n_hypotheses", epsilon=0.05, n=2000, delta=0.05)
    assert found == math.floor(0.05 * math.exp(2 * 2000 * 0.05**2))
    assert gb.solve(finite, "n_hypotheses", epsilon=0.05, n=4000, delta=0.05) == math.floor(
        0.05 * math.exp(2 * 4000 * 0.05**2)
    )


def test_every_error_may_be_allowed():
    found = gb.solve(EXACT, "errors", target=1.0, n=10, delta=0.05)
    assert found == 10
    assert found.beyond is None


# --- real unknowns


def next_toward(x: float, to: float) -> float:
    return math.nextafter(float(x), to)


@pytest.mark.parametrize(
    ("bound", "facts"),
    [
        (HOEFFDING, {"empirical_risk": 0.1, "n": 1000}),
        (CHERNOFF, {"empirical_risk": 0.1, "n": 1000}),
        (EXACT, {"errors": 100, "n": 1000}),
        (VC, {"empirical_risk": 0.1, "n": 10**6, "vc_dim": 3}),
    ],
    ids=lambda x: getattr(x, "name", ""),
)
def test_delta_round_trip(bound, facts):
    target = bound(delta=0.0123, **facts)
    found = gb.solve(bound, "delta", target=target, **facts)
    assert isinstance(found, Level)
    assert found == pytest.approx(0.0123, rel=1e-10)
    assert found.value <= target
    assert (
        bound(delta=float(found), **facts)
        <= target
        < bound(delta=float(found) * (1 - 1e-9), **facts)
    )


def test_a_real_solution_is_the_last_float_that_reaches():
    found = gb.solve(HOEFFDING, "delta", epsilon=0.05, n=1000)
    assert found == pytest.approx(math.exp(-2 * 1000 * 0.05**2), rel=1e-13)
    assert HOEFFDING.gap(n=1000, delta=float(found)) <= 0.05
    assert HOEFFDING.gap(n=1000, delta=next_toward(found, 0)) > 0.05


def test_the_largest_empirical_risk():
    found = gb.solve(CHERNOFF, "empirical_risk", target=0.2, n=1000, delta=0.05)
    assert CHERNOFF(empirical_risk=float(found), n=1000, delta=0.05) <= 0.2
    assert CHERNOFF(empirical_risk=next_toward(found, 1), n=1000, delta=0.05) > 0.2


def test_the_largest_variance():
    bernstein = gb.catalogue["bernstein"]
    found = gb.solve(bernstein, "variance", epsilon=0.02, n=1000, delta=0.05)
    log_term = math.log(20) / 1000
    assert found == pytest.approx((0.02 - log_term / 3) ** 2 / (2 * log_term), rel=1e-12)


def test_epsilon_and_target_are_evaluated():
    facts = {"n": 1000, "delta": 0.05}
    assert gb.solve(HOEFFDING, "epsilon", **facts) == HOEFFDING.gap(**facts)
    assert gb.solve(HOEFFDING, "target", empirical_risk=0.1, **facts) == HOEFFDING(
        empirical_risk=0.1, **facts
    )
    assert gb.solve(CHERNOFF, "epsilon", empirical_risk=0.1, **facts) == pytest.approx(
        CHERNOFF(empirical_risk=0.1, **facts) - 0.1, rel=1e-15
    )


def test_the_raw_tail_may_exceed_one():
    """github mikeizbicki/cmc-csci040#318: a test set of 1000, accuracy .01."""
    found = gb.solve(HOEFFDING.two_sided, "delta", epsilon=0.01, n=1000)
    assert found == pytest.approx(1.6374615061559636, rel=1e-13)


def test_the_raw_tail_may_be_beyond_every_float():
    assert gb.solve(VC, "delta", epsilon=0.01, n=1000, vc_dim=900) == math.inf
    assert gb.solve(HOEFFDING, "delta", epsilon=0.9, n=10**6) == 0


# --- two-sided, width, forms


def test_two_sided_sample_sizes():
    assert gb.solve(HOEFFDING.two_sided, "n", epsilon=0.05, delta=0.05) == 738
    for unknown, facts in (("n", {"delta": 0.05}), ("delta", {"n": 738})):
        two = gb.solve(HOEFFDING.two_sided, unknown, epsilon=0.05, **facts)
        half = gb.solve(
            HOEFFDING,
            unknown,
            epsilon=0.05,
            **{k: v / 2 if k == "delta" else v for k, v in facts.items()},
        )
        assert two == pytest.approx(half if unknown == "n" else 2 * half, rel=1e-12)


def test_one_event_for_both_sides_costs_nothing():
    assert gb.solve(VC.two_sided, "n", epsilon=0.05, delta=0.05, vc_dim=10) == 400700


def test_the_wider_half_of_an_interval_decides():
    found = gb.solve(CHERNOFF.two_sided, "n", epsilon=0.05, empirical_risk=0.1, delta=0.05)

    def halves(n):
        low, high = CHERNOFF.two_sided(empirical_risk=0.1, n=n, delta=0.05)
        return max(high - 0.1, 0.1 - low)

    assert halves(int(found)) <= 0.05 < halves(int(found) - 1)


def test_an_interval_has_no_target():
    with pytest.raises(ValueError, match="is an interval: its goal is an epsilon"):
        gb.solve(HOEFFDING.two_sided, "n", target=0.2, empirical_risk=0.1, delta=0.05)


def test_width_scales_the_goal():
    assert gb.solve(HOEFFDING, "n", epsilon=0.5, delta=0.05, width=10) == gb.solve(
        HOEFFDING, "n", epsilon=0.05, delta=0.05
    )
    assert gb.solve(
        HOEFFDING, "n", target=2.0, empirical_risk=1.5, delta=0.05, width=10
    ) == gb.solve(HOEFFDING, "n", target=0.2, empirical_risk=0.15, delta=0.05)
    assert gb.solve(HOEFFDING, "epsilon", n=100, delta=0.05, width=10) == pytest.approx(
        10 * HOEFFDING.gap(n=100, delta=0.05), rel=1e-15
    )
    wide = gb.solve(CHERNOFF, "empirical_risk", target=2.0, n=1000, delta=0.05, width=10)
    assert wide == pytest.approx(
        10 * gb.solve(CHERNOFF, "empirical_risk", target=0.2, n=1000, delta=0.05), rel=1e-14
    )
    variance = gb.solve(
        gb.catalogue["bernstein"], "variance", epsilon=0.2, n=1000, delta=0.05, width=10
    )
    assert variance == pytest.approx(
        100 * gb.solve(gb.catalogue["bernstein"], "variance", epsilon=0.02, n=1000, delta=0.05),
        rel=1e-13,
    )


def test_a_failure_probability_is_held_against_delta():
    tail = gb.catalogue["multiplicative_chernoff_tail_simple"]
    found = gb.solve(tail, "n", delta=0.05, risk=0.1, deviation=0.5)
    assert found == math.ceil(math.log(20) / (0.1 * 0.25 / 2.5))
    assert gb.solve(tail, "delta", n=1000, risk=0.1, deviation=0.5) == tail(
        n=1000, risk=0.1, deviation=0.5
    )
    deviation = gb.solve(tail, "deviation", delta=0.05, n=1000, risk=0.1)
    assert tail(n=1000, risk=0.1, deviation=float(deviation)) <= 0.05
    assert tail(n=1000, risk=0.1, deviation=next_toward(deviation, 0)) > 0.05
    with pytest.raises(ValueError, match="give delta, which this bound is held against"):
        gb.solve(tail, "n", risk=0.1, deviation=0.5)
    with pytest.raises(ValueError, match="epsilon does not apply"):
        gb.solve(tail, "n", delta=0.05, epsilon=0.1, risk=0.1, deviation=0.5)


@bound(
    EVERY_HYPOTHESIS_ABOVE._replace(form="sample_size"),
    source="BlumerEhrenfeuchtHausslerWarmuth1989",
)
def printed_size(vc_dim, epsilon, delta):
    """A printed sample size whose value is an integer now and then."""
    return (vc_dim + log_ratio(1, delta) * 0) / epsilon


def test_a_sample_size_is_rounded_up_and_held_against_n():
    assert gb.solve(printed_size, "n", vc_dim=3, epsilon=0.1, delta=0.05) == 30
    assert gb.solve(printed_size, "n", vc_dim=7, epsilon=0.3, delta=0.05) == 24
    assert gb.solve(printed_size, "vc_dim", n=30, epsilon=0.1, delta=0.05) == 3
    epsilon = gb.solve(printed_size, "epsilon", n=30, vc_dim=3, delta=0.05)
    assert epsilon == pytest.approx(0.1, rel=1e-14)
    assert printed_size(vc_dim=3, epsilon=float(epsilon), delta=0.05) <= 30
    with pytest.raises(ValueError, match="give n, which this bound is held against"):
        gb.solve(printed_size, "epsilon", vc_dim=3, delta=0.05)


# --- arrays


def test_grids_of_epsilon_and_delta_are_solved_cell_by_cell():
    epsilon, delta = np.array([0.05, 0.1, 0.2]), np.array([[0.05], [1e-12]])
    found = gb.solve(VC, "n", epsilon=epsilon, delta=delta, vc_dim=10)
    assert found.shape == (2, 3)
    assert found.dtype == np.int64
    for cell in np.ndindex(found.shape):
        e, d = float(epsilon[cell[1]]), float(delta[cell[0], 0])
        assert found[cell] == gb.solve(VC, "n", epsilon=e, delta=d, vc_dim=10)


def test_grids_of_real_unknowns():
    found = gb.solve(HOEFFDING, "delta", epsilon=np.array([0.05, 0.1]), n=1000)
    assert found.dtype == np.float64
    assert found == pytest.approx([math.exp(-5), math.exp(-20)], rel=1e-12)


def test_grids_of_other_facts():
    found = gb.solve(VC, "n", epsilon=0.05, delta=0.05, vc_dim=np.array([1, 10]))
    assert found.tolist() == [gb.solve(VC, "n", epsilon=0.05, delta=0.05, vc_dim=1), 400700]


# --- lower bounds


def test_a_lower_bound_is_brought_up_to_the_target():
    lower = gb.catalogue["chernoff_lower"]
    found = gb.solve(lower, "n", target=0.2, empirical_risk=0.3, delta=0.05)
    assert lower(empirical_risk=0.3, n=int(found), delta=0.05) >= 0.2
    assert lower(empirical_risk=0.3, n=int(found) - 1, delta=0.05) < 0.2
    errors = gb.solve(
        gb.catalogue["clopper_pearson_lower"], "errors", target=0.2, n=100, delta=0.05
    )
    assert gb.catalogue["clopper_pearson_lower"](errors=int(errors), n=100, delta=0.05) >= 0.2
    assert gb.catalogue["clopper_pearson_lower"](errors=int(errors) - 1, n=100, delta=0.05) < 0.2


# --- no solution


def test_no_solution_says_why_and_what_is_nearest():
    with pytest.raises(NoSolutionError) as caught:
        gb.solve(EXACT, "errors", target=0.01, n=10, delta=0.05)
    nearest = EXACT(errors=0, n=10, delta=0.05)
    assert caught.value.nearest == nearest
    assert str(caught.value) == (
        f"no errors brings the bound of clopper_pearson to at most 0.01: at errors = 0 it is "
        f"{nearest:.12g}, the nearest that can be reached"
    )


@pytest.mark.parametrize("target", [0.1, 0.05])
def test_no_sample_brings_a_bound_below_its_empirical_risk(target):
    with pytest.raises(
        NoSolutionError, match=r"no n brings the bound of chernoff to at most 0.*the nearest"
    ) as caught:
        gb.solve(CHERNOFF, "n", target=target, empirical_risk=0.1, delta=0.05)
    assert caught.value.nearest == pytest.approx(0.1, rel=1e-6)


def test_no_sample_brings_a_lower_bound_above_its_empirical_risk():
    with pytest.raises(NoSolutionError, match=r"to at least 0\.4") as caught:
        gb.solve(gb.catalogue["chernoff_lower"], "n", target=0.4, empirical_risk=0.3, delta=0.05)
    assert caught.value.nearest == pytest.approx(0.3, rel=1e-6)


def test_where_the_theorem_is_silent_it_says_so():
    with pytest.raises(
        NoSolutionError, match="maurer_pontil is silent for these arguments: it needs n >= 2"
    ):
        gb.solve(gb.catalogue["maurer_pontil"], "delta", epsilon=0.5, sample_variance=0.1, n=1)


def test_what_every_value_reaches():
    with pytest.raises(NoSolutionError, match=r"every vc_dim up to 1e\+18 reaches the goal"):
        gb.solve(VC, "vc_dim", epsilon=5, n=1, delta=0.9)


# --- what is not a question


D = {"delta": 0.05}


@pytest.mark.parametrize(
    ("unknown", "given", "message"),
    [
        ("n", D, "give exactly one of target"),
        ("n", D | {"target": 0.2, "epsilon": 0.1}, "give exactly one of target"),
        ("epsilon", D | {"n": 10, "target": 0.2}, "epsilon is sought: give neither goal"),
        ("target", D | {"n": 10, "epsilon": 0.2}, "target is sought: give neither goal"),
        ("margin_of_error", D | {"epsilon": 0.1, "n": 5}, "unknown variable 'margin_of_error'"),
        ("n", D | {"epsilon": 0}, "epsilon must be greater than 0, got 0"),
        ("n", D | {"epsilon": math.nan}, "epsilon must be a finite number, got nan"),
        ("n", D | {"epsilon": math.inf}, "epsilon must be a finite number, got inf"),
        ("n", D | {"epsilon": "small"}, "epsilon must be a number or a numpy array"),
        ("n", D | {"target": True}, "target must be a number or a numpy array, got bool"),
        ("n", {"delta": 1.5, "epsilon": 0.1}, r"delta must be in \(0, 1\), got 1.5"),
        ("n", {"epsilon": 0.1}, "missing argument delta"),
        ("n", D | {"epsilon": 0.1, "vc_dim": 3}, "unknown argument 'vc_dim'"),
    ],
)
def test_what_is_not_a_question_is_refused(unknown, given, message):
    with pytest.raises(ValueError, match=message):
        gb.solve(HOEFFDING, unknown, **given)


def test_n_given_while_n_is_sought():
    with pytest.raises(ValueError, match="n is sought: do not give it"):
        gb.solve(HOEFFDING, "n", n=5, epsilon=0.1, delta=0.05)


def test_where_the_bound_is_not_monotone_scan_is_named():
    with pytest.raises(
        ValueError,
        match="relative_chernoff_lower is not monotone in empirical_risk: evaluate it on a grid",
    ):
        gb.solve(
            gb.catalogue["relative_chernoff_lower"], "empirical_risk", target=0.2, n=100, delta=0.05
        )


# --- anywhere


@given(
    epsilon=st.floats(1e-6, 0.9).map(lambda x: float(f"{x:.3g}")),
    delta=st.floats(-200, -0.05).map(lambda x: float(f"{math.exp(x):.3g}")),
    vc_dim=st.integers(0, 300),
)
def test_n_is_minimal_at_any_precision(epsilon, delta, vc_dim):
    found = int(
        gb.solve(VC, "n", epsilon=epsilon, delta=delta, vc_dim=vc_dim, growth="polynomial-plus-one")
    )
    with mpmath.workdps(80):

        def deviation(n):
            growth = mp.log(mpf(2 * n) ** vc_dim + 1)
            return mp.sqrt(8 * (growth + mp.log(4 / mpf(repr(delta)))) / n)

        assert deviation(found) <= mpf(repr(epsilon))
        assert found == 1 or deviation(found - 1) > mpf(repr(epsilon))


# --- deviations of lower bounds, and from an error rate that falls with n


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("chernoff_lower", {}),
        ("okamoto_lower", {}),
        ("relative_chernoff_lower", {}),
        ("finite_chernoff_lower", {"n_hypotheses": 3}),
        ("occam_chernoff_lower", {"bits": 2}),
        ("cortes_greenberg_mohri_lower", {"vc_dim": 1}),
    ],
)
def test_a_deviation_below_is_a_target_below(name, facts):
    known = {"empirical_risk": 0.1, "delta": 0.05, **facts}
    n = gb.solve(name, "n", epsilon=0.02, **known)
    assert n == gb.solve(name, "n", target=0.08, **known)
    bound = gb.catalogue[name]
    assert bound(n=n, **known) >= 0.08 > bound(n=n - 1, **known)


@pytest.mark.parametrize(
    ("name", "epsilon", "facts"),
    [
        ("clopper_pearson_several", 0.3, {"errors": 3, "n_hypotheses": 3, "delta": 0.2}),
        ("clopper_pearson", 0.21, {"errors": 3, "delta": 0.2}),
        ("clopper_pearson", 0.02, {"errors": 300, "delta": 0.05}),
        ("clopper_pearson_lower", 0.05, {"errors": 30, "delta": 0.05}),
        ("leboeuf_hypergeometric", 0.3, {"errors": 3, "n_ghost": 200, "vc_dim": 0, "delta": 0.2}),
        ("occam_binomial", 0.1, {"errors": 10, "log_prior": 3, "delta": 0.05}),
    ],
)
def test_a_deviation_from_an_error_rate_stays_reached(name, epsilon, facts):
    """For a fixed number of errors it rises with n before it falls: every n is tried."""
    bound, errors = gb.catalogue[name], facts["errors"]
    missed = [n for n in range(errors, 3000) if abs(bound(n=n, **facts) - errors / n) > epsilon]
    assert gb.solve(name, "n", epsilon=epsilon, **facts) == missed[-1] + 1


@pytest.mark.parametrize("unknown", ["errors", "empirical_risk"])
def test_what_a_deviation_is_from_is_not_sought_by_it(unknown):
    name = "clopper_pearson" if unknown == "errors" else "chernoff"
    with pytest.raises(ValueError, match=f"epsilon is a deviation from {unknown}"):
        gb.solve(name, unknown, epsilon=0.1, n=100, delta=0.05)


def test_a_fraction_is_exact_at_a_tie():
    """(1 - 1/3)^1 = 2/3: at delta = 2/3 one clean point proves a risk of at most 1/3."""
    third = Fraction(1, 3)
    assert gb.solve(EXACT, "n", target=third, errors=0, delta=Fraction(2, 3)) == 1
    assert (
        gb.solve(EXACT, "n", target=third, errors=0, delta=Fraction(2, 3) - Fraction(1, 10**20))
        == 2
    )
