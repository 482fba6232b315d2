"""Known mistakes of one hypothesis, recomputed without the package: sums over a few outcomes.

Every formula is written anew, in plain floats or mpmath, and every probability is a sum of
fractions. No comparison is closer than 1e-6 of its size, far beyond the rounding of a float, but
that of `solver_tolerance`, which is done in fractions.
"""

from fractions import Fraction
from itertools import product
from math import comb, exp, floor, inf, log, sqrt
from statistics import NormalDist

import pytest
from mpmath import betainc

from genbounds.referee import certified_chance, refute
from genbounds.referee.mistakes import intervals, loose, selection, tails
from genbounds.referee.mistakes.base import coin
from genbounds.referee.scaling import scaled
from genbounds.referee.worlds.populations import Population

F = Fraction
L = log(20)  # ln(1/delta) at delta = 0.05


def law(n, p):
    """P(k errors of n), k = 0, ..., n."""
    return [comb(n, k) * F(p) ** k * (1 - F(p)) ** (n - k) for k in range(n + 1)]


def at_most(k, n, p):
    """P(at most k errors)."""
    return sum(law(n, p)[: k + 1])


def at_least(k, n, p):
    """P(at least k errors)."""
    return sum(law(n, p)[k:])


def tossed(n, p, wrong):
    """The probability of the numbers of errors for which the claim is wrong."""
    return sum((w for k, w in enumerate(law(n, p)) if wrong(k, n, float(F(p)))), F(0))


def kl(q, p):
    """The relative entropy of two coins."""
    terms = ((q, p), (1 - q, 1 - p))
    return sum(0 if a == 0 else inf if b == 0 else a * log(a / b) for a, b in terms)


def normal(delta):
    """The quantile that a normal variable exceeds with probability delta."""
    return NormalDist().inv_cdf(1 - delta)


def beta_cdf(x, a, b):
    """The distribution function of the Beta distribution."""
    return betainc(a, b, 0, x, regularized=True)


def beyond_upper_tail(delta, divisor):
    """Whether so many errors are claimed to have a probability below delta."""
    return lambda k, n, p: k > n * p and exp(-((k / (n * p) - 1) ** 2) * n * p / divisor) < delta


def hoeffding_both(delta):
    return lambda k, n, p: abs(k / n - p) > sqrt(log(1 / delta) / (2 * n))


def wilson_above(delta):
    """The score test rejects p: r lies z standard deviations, at p, below it."""
    return lambda k, n, p: p - k / n > normal(delta) * sqrt(p * (1 - p) / n)


def agresti_coull(sign):
    def limit(k, n):
        z = normal(0.05)
        middle = (k + z**2 / 2) / (n + z**2)
        return middle + sign * z * sqrt(middle * (1 - middle) / (n + z**2))

    return lambda k, n, p: sign * (p - limit(k, n)) > 0


def mirrored(k, n, p):
    r, a = k / n, L / n
    return p < r + a - sqrt(a**2 + 2 * r * a)


def with_sample_variance(k, n, p):
    r = k / n
    return p > r + sqrt(2 * r * (1 - r) * n / (n - 1) * L / n) + L / (3 * n)


def fair_coin_is_worst(epsilon, delta):
    def wrong(k, n, p):
        few = floor(n * (F(1, 2) - epsilon))
        promised = few < 0 or at_most(few, n, F(1, 2)) <= delta
        return promised and p > k / n + float(epsilon)

    return wrong


TOSSES = {
    "hoeffding_both_sides": (3, "1/2", "0.23", hoeffding_both(0.23)),
    "hoeffding_both_sides_one_toss": (1, "1/2", "0.61", hoeffding_both(0.61)),
    "chernoff_both_sides": (5, "1/2", "0.05", lambda k, n, p: kl(k / n, p) > L / n),
    "okamoto_doubled": (
        2, "3/4", "0.05", lambda k, n, p: p > (sqrt(k / n) + sqrt(L / (2 * n))) ** 2,
    ),
    "relative_chernoff_mirrored": (1, "1/10", "0.05", mirrored),
    "third_beyond_one": (1, "1/20", "0.003", beyond_upper_tail(0.003, 3)),
    "third_beyond_one_many_tosses": (100, "1/100", "5.5e-10", beyond_upper_tail(5.5e-10, 3)),
    "half_up_to_one": (600, "1/20", "3.1e-7", beyond_upper_tail(3.1e-7, 2)),
    "kl_swapped": (1, "1/2", "0.05", lambda k, n, p: p > k / n and kl(p, k / n) > L / n),
    "bernstein_with_sample_variance": (2, "1/2", "0.05", with_sample_variance),
    "worst_at_one_half": (1, "9/10", "0.05", fair_coin_is_worst(F(3, 5), F("0.05"))),
    "worst_at_one_half_of_29": (29, "0.6414", "1e-6", fair_coin_is_worst(F(2, 5), F("1e-6"))),
    "wilson_promised": (1, "3/4", "0.05", wilson_above(0.05)),
    "wilson_lower_promised": (
        1, "1/4", "0.05", lambda k, n, p: wilson_above(0.05)(n - k, n, 1 - p),
    ),
    "wilson_promised_on_20": (20, "0.9912", "0.025", wilson_above(0.025)),
    "wald_promised": (
        1, "1/10", "0.05",
        lambda k, n, p: p > k / n + normal(0.05) * sqrt(k / n * (1 - k / n) / n),
    ),
    "wald_lower_promised": (
        1, "9/10", "0.05",
        lambda k, n, p: p < k / n - normal(0.05) * sqrt(k / n * (1 - k / n) / n),
    ),
    "agresti_coull_promised": (1, "4/5", "0.05", agresti_coull(1)),
    "agresti_coull_lower_promised": (1, "1/5", "0.05", agresti_coull(-1)),
    "jeffreys_promised": (
        1, "9/10", "0.05",
        lambda k, n, p: k < n and beta_cdf(p, k + 0.5, n - k + 0.5) > 0.95,
    ),
    "jeffreys_lower_promised": (
        1, "1/10", "0.05", lambda k, n, p: k > 0 and beta_cdf(p, k + 0.5, n - k + 0.5) < 0.05,
    ),
    "clopper_pearson_both_sides": (
        5, "1/2", "0.05",
        lambda k, n, p: at_most(k, n, F(p)) < F("0.05") or at_least(k, n, F(p)) < F("0.05"),
    ),
    "beta_parameters_swapped": (
        1, "1/10", "0.05", lambda k, n, p: k == 0 or beta_cdf(p, k, n - k + 1) > 0.95,
    ),
    "three_whatever_delta": (10, "1/3", "0.01", lambda k, n, p: k == 0 and p > 3 / n),
}  # fmt: skip


def of_values(n, values, wrong):
    """The probability of the ordered samples of n losses for which the claim is wrong."""
    risk = sum(F(x) * F(p) for x, p in values)
    total = F(0)
    for sample in product(values, repeat=n):
        weight = F(1)
        for _, p in sample:
            weight *= F(p)
        total += weight if wrong([F(x) for x, _ in sample], risk) else 0
    return total


def centred_without_spread(losses, risk):
    """n = 1: no variance is seen, ln(1/delta)/gamma is left."""
    return risk - losses[0] > L / 5


def range_two(losses, risk):
    return risk - sum(losses) / len(losses) > sqrt(L / (2 * len(losses)))


def clipped(losses, risk):
    """Without losses the kl inverse is 1 - delta^(1/n), else it is 1 once the mean is."""
    mean = sum(losses) / len(losses)
    return risk > (1 - 0.05 ** (1 / len(losses)) if mean == 0 else 1)


def bernstein_short_range():
    """n = 10 losses, 0 with probability 1/100, else 2: k zeros."""
    n, p, budget = 10, F(1, 100), log(1e4) / 10
    radius = sqrt(2 * 4 * 0.01 * 0.99 * budget) + budget / 3
    return sum(w for k, w in enumerate(law(n, p)) if 2 * k / n - 0.02 > radius)


def no_count(losses, risk):
    return at_most(int(sum(losses)), len(losses), risk) < F("0.05")


def tolerance():
    """The limit without errors on one toss is 1 - delta."""
    limit, risk = 1 - F("0.025") - F(2, 10**12), F("0.974999999999")
    return 1 - risk if risk > limit else F(0)


def signed():
    """Two fair signs: their sum against sqrt(ln(1/delta) 2/2)."""
    return sum(F(1, 4) for signs in product((-1, 1), repeat=2) if sum(signs) > sqrt(L * 2 / 2))


def best_of_ten(n, wrong):
    """Ten fair coins of n tosses: none of them has so few errors that the claim is wrong."""
    return 1 - (1 - tossed(n, "1/2", wrong)) ** 10


def exact_limit_fails(k, n, p):
    return at_most(k, n, F(p)) < F("0.05")


def hoeffding_fails(k, n, p):
    return p > k / n + sqrt(L / (2 * n))


def chernoff_fails(k, n, p):
    return k < n * p and kl(k / n, p) > L / n


def better_of_two():
    """Where one model errs the other does not."""
    samples = [(sum(x), 5 - sum(x)) for x in product((0, 1), repeat=5)]
    return sum(F(1, 32) for pair in samples if any(exact_limit_fails(k, 5, F(1, 2)) for k in pair))


def best_of_three():
    """Each point is an error of one of three models."""
    samples = product(range(3), repeat=8)
    return sum(
        F(1, 3**8)
        for sample in samples
        if any(chernoff_fails(sample.count(model), 8, 1 / 3) for model in range(3))
    )


def halves():
    samples = product((0, 1), repeat=10)
    return sum(
        F(1, 1024)
        for x in samples
        if any(exact_limit_fails(sum(part), 5, F(1, 2)) for part in (x[:5], x[5:]))
    )


def peeked(n, p, wrong):
    """The probability that the claim is wrong at some time up to n: whole paths."""
    total = F(0)
    for path in product((0, 1), repeat=n):
        if any(wrong(sum(path[:t]), t, p) for t in range(1, n + 1)):
            total += p ** sum(path) * (1 - p) ** (n - sum(path))
    return total


def peeked_by_recursion(n, p, wrong):
    """The same, over the numbers of errors of the paths on which it was right so far."""
    right, total = {0: F(1)}, F(0)
    for t in range(1, n + 1):
        after = {k: right.get(k, 0) * (1 - p) + right.get(k - 1, 0) * p for k in range(t + 1)}
        total += sum(w for k, w in after.items() if wrong(k, t, p))
        right = {k: w for k, w in after.items() if not wrong(k, t, p)}
    return total


def sorted_bets(k, n, p, cap=0.9, delta=0.1):
    """Whether betting on sorted losses has multiplied the capital by 1/delta against the risk."""
    capital, seen, squares, spread = 1.0, 0.0, 0.0, 0.25
    for t, x in enumerate([0] * (n - k) + [1] * k, start=1):
        capital *= 1 + min(sqrt(2 * log(1 / delta) / (n * spread)), cap / (1 - p)) * (p - x)
        seen += x
        squares += (x - (0.5 + seen) / (t + 1)) ** 2
        spread = (0.25 + squares) / (t + 1)
    return capital >= 1 / delta


def unseen(size, n, delta):
    """Half of the members err: the deviation against sqrt((1 - n/N) ln(1/delta)/(2n))."""
    half, radius = size // 2, sqrt((1 - n / size) * log(1 / delta) / (2 * n))
    ways = {k: comb(half, k) * comb(half, n - k) for k in range(min(half, n) + 1)}
    return sum(F(w, comb(size, n)) for k, w in ways.items() if 0.5 - k / n > radius)


OTHERS = {
    "unexpected_bernstein_centred": lambda: of_values(
        1, ((-1, "1/10"), (0, "9/10")), centred_without_spread
    ),
    "hoeffding_for_signs": lambda: of_values(2, ((0, "1/2"), (2, "1/2")), range_two),
    "kl_clipped": lambda: of_values(1, ((0, "1/2"), (2, "1/2")), clipped),
    "bernstein_for_signs": bernstein_short_range,
    "azuma_with_mcdiarmid": signed,
    "clopper_pearson_of_a_mean": lambda: of_values(
        1, (("9/10", "1/10"), (1, "9/10")), no_count
    ),
    "solver_tolerance": tolerance,
    "clopper_pearson_of_the_best": lambda: best_of_ten(5, exact_limit_fails),
    "clopper_pearson_of_the_better_of_two": better_of_two,
    "hoeffding_of_the_best": lambda: best_of_ten(6, hoeffding_fails),
    "chernoff_of_the_best": best_of_three,
    "smaller_of_two_halves": halves,
    "clopper_pearson_at_every_look": lambda: peeked(5, F(2, 3), exact_limit_fails),
    "chernoff_at_every_look": lambda: peeked(11, F(2, 3), chernoff_fails),
    "hoeffding_at_every_look": lambda: peeked_by_recursion(60, F(1, 2), hoeffding_fails),
    "sequential_test_approximated": lambda: tossed(
        1, "3/50", lambda k, n, p: k == 1 and log(0.97 / p) > log(0.8 / 0.05)
    ),
    "betting_on_sorted_losses": lambda: tossed(24, "0.72", sorted_bets),
    "unseen_share": lambda: unseen(4, 2, 0.15),
    "unseen_share_of_six": lambda: unseen(6, 3, 0.0499),
}  # fmt: skip

LISTED = (*tails.MISTAKES, *intervals.MISTAKES, *selection.MISTAKES)
LOOSE = {m.name: m for m in loose.MISTAKES}
POPULATION = Population((1,) * 50 + (0,) * 50)
NEEDED = {
    "hoeffding_both_sides_small_delta": (5, coin("1/2"), {}),
    "maurer_pontil_one_event": (2000, coin("1/4"), {}),
    "maurer_pontil_biased": (2000, coin("1/2"), {}),
    "maurer_pontil_by_n": (2000, coin("1/2"), {}),
    "std_both_sides": (50, coin("1/20"), {}),
    "split_kl_one_event": (1, coin("0.949"), {"split_point": F(1, 2)}),
    "misplaced_bracket": (1, coin("0.949"), {}),
    "beta_of_a_mean": (1, coin("0.949"), {}),
    "bernstein_serfling_one_delta": (75, POPULATION, {}),
    "empirical_bernstein_serfling_one_delta": (50, POPULATION, {}),
}
"""Worlds that refute the bound with its deviation times the slack."""


@pytest.mark.parametrize("mistake", LISTED, ids=lambda m: m.name)
def test_the_probability_is_what_a_plain_enumeration_gives(mistake):
    if mistake.name in TOSSES:
        n, p, delta, wrong = TOSSES[mistake.name]
        assert (mistake.n, F(mistake.delta)) == (n, F(delta))
        found = tossed(n, p, wrong)
    else:
        found = OTHERS[mistake.name]()
    assert mistake.probability == found > F(mistake.delta)
    assert mistake.refuted and mistake.bound.status == "refuted"


def test_the_two_ways_to_look_at_every_time_agree():
    by_paths = peeked(9, F(1, 2), exact_limit_fails)
    assert by_paths == peeked_by_recursion(9, F(1, 2), exact_limit_fails)


@pytest.mark.parametrize("name", LOOSE)
def test_the_slack_is_needed(name):
    mistake, (n, world, fixed) = LOOSE[name], NEEDED[name]
    shrunk = scaled(mistake.bound, F(str(mistake.slack)))
    assert certified_chance(shrunk, world, n, F(mistake.delta), fixed) > F(mistake.delta)


@pytest.mark.parametrize("name", LOOSE)
def test_what_is_too_loose_to_tell_is_not_refuted_by_a_short_search(name):
    mistake, (n, world, fixed) = LOOSE[name], NEEDED[name]
    assert certified_chance(mistake.bound, world, n, F(mistake.delta), fixed) <= F(mistake.delta)
    worlds = None if world is not POPULATION else world
    sizes = (1, 2, 3, 5, 10, 40) if worlds is None else (1, 10, 50, 90)
    found = refute(
        mistake.bound, delta=float(mistake.delta), worlds=worlds, n=sizes, seconds=2,
        **{name: float(x) for name, x in fixed.items()},
    )  # fmt: skip
    assert found.verdict == "not refuted" and not mistake.refuted


def test_the_misplaced_bracket_only_loses():
    deltas = [i / 100 for i in range(1, 51)]
    for n in (1, 2, 10, 10**6):
        assert all(log(2 * sqrt(n)) / d >= log(2 * sqrt(n) / d) - 1e-12 for d in deltas)
    assert log(2) / 0.9 < log(2 / 0.9)


def test_a_counterexample_prints_the_outcomes_that_a_reader_recomputes():
    mistake = next(m for m in LISTED if m.name == "okamoto_doubled")
    text = str(mistake.counterexample)
    assert "1/16" in text and "counts 0, 2" in text and "0.7489330684" in text
    assert (sqrt(L / 4)) ** 2 == pytest.approx(0.7489330684, abs=1e-10)


def test_a_mistake_without_a_world_says_so():
    with pytest.raises(ValueError, match="misplaced_bracket has no counterexample: for delta"):
        _ = LOOSE["misplaced_bracket"].probability
