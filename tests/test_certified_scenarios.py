"""Questions of courses, papers and handbooks, answered digit by digit with a proof.

The literals are the first 20 digits, cut and not rounded, of values computed from definitions at 60
digits: roots of tails and of implicit equations by bisection, sums of exact fractions, enumeration.
`printed` is the number that the source of the question, or a check of it in floats, gives.
"""

from fractions import Fraction
from itertools import product
from math import comb

import pytest
from mpmath import mp, mpf

import genbounds as gb
from genbounds.enclosing import Enclosure, tightened

pytest.importorskip("flint")
from genbounds.backends.balls.ball import Ball, ball
from genbounds.generic import (
    E,
    binomial_log_tail,
    exp,
    expm1,
    lambert_w_minus1,
    log,
    power,
)

B = gb.catalogue


def digits(evaluate, side="upper") -> str:
    """The certain decimals of a value computed in balls."""
    return Enclosure(tightened(evaluate, 20, "the value"), side).digits


def near(digits: str, printed: float, rel: float) -> bool:
    """Whether the proved digits are the printed number, to the digits that it has."""
    return abs(Fraction(digits) - Fraction(str(printed))) <= Fraction(str(rel)) * abs(
        Fraction(digits)
    )


# --- sample sizes: the integer, reached here and missed next to it

VC = ("vapnik_chervonenkis", "abu_mostafa_rademacher", "parrondo_van_den_broeck", "devroye")
OF_BOOKS = {"growth": "polynomial", "epsilon": "0.05", "delta": "0.05", "vc_dim": 10}
SIZES = [
    ("LFD-3.1", "hoeffding_several.two_sided", 840,
     {"epsilon": "0.05", "delta": "0.03", "n_hypotheses": 1}),
    ("LFD-3.2", "hoeffding_several.two_sided", 1301,
     {"epsilon": "0.05", "delta": "0.03", "n_hypotheses": 10}),
    ("LFD-3.3", "hoeffding_several.two_sided", 1761,
     {"epsilon": "0.05", "delta": "0.03", "n_hypotheses": 100}),
    ("LFD-4.1", VC[0], 452957, OF_BOOKS),
    ("LFD-4.1s", VC[0], 400700, OF_BOOKS | {"growth": "sauer"}),
    ("LFD-2.6", VC[0], 29300,
     {"epsilon": "0.1", "delta": "0.1", "vc_dim": 3, "growth": "polynomial-plus-one"}),
    ("PAC-1", "finite_realizable_linear", 140,
     {"target": "0.1", "delta": "0.05", "n_hypotheses": 3**10}),
    ("PAC-1 exact form", "finite_realizable", 133,
     {"target": "0.1", "delta": "0.05", "n_hypotheses": 3**10}),
    ("PAC-3", "finite_realizable_linear", 70,
     {"target": "0.1", "delta": "0.05", "n_hypotheses": 50}),
    ("PAC-3 exact form", "finite_realizable", 66,
     {"target": "0.1", "delta": "0.05", "n_hypotheses": 50}),
    ("TS-1", "hoeffding.two_sided", 738, {"epsilon": "0.05", "delta": "0.05"}),
    ("TS-3", "hoeffding_several", 1199,
     {"epsilon": "0.05", "delta": "0.05", "n_hypotheses": 20}),
    ("AU-.95-.95", "clopper_pearson", 59, {"target": "0.05", "delta": "0.05", "errors": 0}),
    ("AU-.99-.95", "clopper_pearson", 299, {"target": "0.01", "delta": "0.05", "errors": 0}),
    ("AU-.9-.95", "clopper_pearson", 29, {"target": "0.1", "delta": "0.05", "errors": 0}),
    ("AU-.99-.99", "clopper_pearson", 459, {"target": "0.01", "delta": "0.01", "errors": 0}),
    ("VC-5 VC", VC[0], 452957, OF_BOOKS),
    ("VC-5 Rademacher", VC[1], 138886, OF_BOOKS),
    ("VC-5 Parrondo", VC[2], 47830, OF_BOOKS),
    ("VC-5 Devroye", VC[3], 43655, OF_BOOKS),
]  # fmt: skip


@pytest.mark.parametrize(("scenario", "name", "n", "facts"), SIZES, ids=[s[0] for s in SIZES])
def test_a_sample_size(scenario, name, n, facts):
    found = gb.solve(name, "n", certified=True, **facts)
    assert (type(int(found)), found) == (int, n)
    goal = Fraction(facts.get("epsilon", facts.get("target")))
    here, beyond = found.certificate
    assert Fraction(here.digits) < goal < Fraction(beyond.digits)


@pytest.mark.parametrize(
    ("n", "misses"),
    [
        (452957, lambda n: mp.log(4) + 10 * mp.log(2 * n) - n / 3200 > mp.log(mpf("0.05"))),
        (
            400700,
            lambda n: (
                mp.log(4 * sum(comb(2 * n, i) for i in range(11))) - mpf(n) / 3200
                > mp.log(mpf("0.05"))
            ),
        ),
        (29300, lambda n: mp.log(4 * ((2 * n) ** 3 + 1)) - mpf(n) / 800 > mp.log(mpf("0.1"))),
        (
            138886,
            lambda n: (
                mp.sqrt(2 * (mp.log(2 * n) + 10 * mp.log(n)) / n)
                + mp.sqrt(2 * mp.log(20) / n)
                + mpf(1) / n
                > mpf("0.05")
            ),
        ),
        (
            47830,
            lambda n: mp.sqrt((mpf("0.1") + mp.log(120) + 10 * mp.log(2 * n)) / n) > mpf("0.05"),
        ),
        (
            43655,
            lambda n: mp.sqrt((mpf("0.21") + mp.log(80) + 20 * mp.log(n)) / (2 * n)) > mpf("0.05"),
        ),
    ],
)
def test_the_sizes_of_vc_bounds_from_their_definitions(n, misses):
    """Both implicit bounds are at most .05 where their right-hand side at .05 is."""
    with mp.workdps(60):
        assert misses(n - 1)
        assert not misses(n)


def test_lfd_4_1w_the_closed_form():
    """N = -(8d/eps^2) W_{-1}(-(eps^2/16d) (delta/4)^{1/d})."""

    def real_root():
        epsilon, delta = ball(Fraction("0.05")), ball(Fraction("0.05"))
        scale = 80 / epsilon**2
        return -scale * lambert_w_minus1(-power(delta / 4, 1, 10) / (2 * scale))

    found = digits(real_root)
    assert found == "452956.86472309923219"
    assert near(found, 452956.8647230992, 1e-15)


def test_pac_4_mitchells_printed_size():
    found = gb.solve(
        "mitchell_sample_size", "n", epsilon="0.1", delta="0.05", vc_dim=3, certified=True
    )
    assert found == 1899
    assert found.certificate[0].digits == "1898.2453989223235758"


# --- values

CP, TWO = "clopper_pearson", "clopper_pearson.two_sided"
POLYNOMIAL = {"vc_dim": 50, "growth": "polynomial", "delta": "0.05"}
VALUES = [
    *(
        (f"LFD-4.2 {name}", f"{name}.gap", POLYNOMIAL | {"n": 10000}, digits, printed, 1e-11)
        for name, digits, printed in zip(
            VC,
            (
                "0.63217491520083603132",
                "0.33130878596163951341",
                "0.22369829368078559831",
                "0.21522804980824666970",
            ),
            (0.632174915201, 0.331308785962, 0.223698293681, 0.215228049808),
            strict=True,
        )
    ),
    *(
        (f"LFD-4.3a {name}", f"{name}.gap", POLYNOMIAL | {"n": 5}, digits, printed, 1e-11)
        for name, digits, printed in zip(
            VC,
            (
                "13.828161484991483324",
                "7.0487765641836837934",
                "5.1013619819899923444",
                "5.5931255431826696049",
            ),
            (13.828161485, 7.04877656418, 5.10136198199, 5.59312554318),
            strict=True,
        )
    ),
    ("TS-4 upper", CP, {"errors": 192, "n": 600, "delta": "0.025"},
     "0.35897682806755538699", 0.3589768280676, 1e-12),
    ("TS-4 lower", "clopper_pearson_lower", {"errors": 192, "n": 600, "delta": "0.5"},
     "0.31926717492872412604", 0.3192671749287, 1e-12),
    ("TS-7 one-sided", CP, {"errors": 0, "n": 50, "delta": "0.05"},
     "0.058155079116972268968", 0.05815507911697, 1e-12),
    ("TS-8 one-sided", CP, {"errors": 150, "n": 10000, "delta": "0.05"},
     "0.017157718182010535052", 0.017157718182, 1e-11),
    ("TS-8 Hoeffding", "hoeffding.two_sided.gap", {"n": 10000, "delta": "0.05"},
     "0.013581015157406194984", 0.0135810151574, 1e-11),
    ("TS-10", "hoeffding_several.two_sided.gap",
     {"n": 10000, "delta": "0.05", "n_hypotheses": 1000},
     "0.023018074130013650378", 0.02301807413001365, 1e-15),
    ("AU-30", CP, {"errors": 0, "n": 30, "delta": "0.05"},
     "0.095033852855304138868", 0.09503385285530414, 1e-14),
    ("EV-7", "sign_test", {"errors_first_only": 300, "errors_second_only": 220},
     "0.00051941584966528913855", 0.0005194158497, 1e-9),
    ("PB-1 kl", "pac_bayes_kl",
     {"empirical_risk": "0.02", "kl": 5000, "n": 60000, "delta": "0.05"},
     "0.13434019167162105181", 0.134340191672, 1e-11),
    ("PB-1 root", "mcallester",
     {"empirical_risk": "0.02", "kl": 5000, "n": 60000, "delta": "0.05"},
     "0.22431164776256875738", 0.224311647763, 1e-11),
]  # fmt: skip


def found_bound(name):
    """A bound of the catalogue, or a derived one by its path."""
    path = name.split(".")
    bound = B[path[0]]
    for step in path[1:]:
        bound = getattr(bound, step)
    return bound


@pytest.mark.parametrize(
    ("scenario", "name", "facts", "literal", "printed", "rel"), VALUES, ids=[v[0] for v in VALUES]
)
def test_a_value(scenario, name, facts, literal, printed, rel):
    found = found_bound(name).enclose(**facts)
    assert found.digits == literal
    assert near(literal, printed, rel)


INTERVALS = [
    ("TS-7", {"errors": 0, "n": 50}, ("0", "0.071121736464197661944"), (0.0, 0.0711217364642)),
    ("TS-8", {"errors": 150, "n": 10000},
     ("0.012709673608545352681", "0.017578754961199459358"), (0.0127096736085, 0.0175787549612)),
]  # fmt: skip


@pytest.mark.parametrize(("scenario", "facts", "literals", "printed"), INTERVALS)
def test_an_interval(scenario, facts, literals, printed):
    found = B[CP].two_sided.enclose(**facts, delta="0.05")
    assert tuple(end.digits for end in found) == literals
    assert all(map(near, literals, printed, (1e-10, 1e-10)))


def test_ev_5_humaneval():
    """137 of 164 solved: the interval for the success rate is one minus that of 27 failures."""
    low, high = B[CP].two_sided.enclose(errors=27, n=164, delta="0.05", digits=25)
    literals = (1 - Fraction(high.digits), 1 - Fraction(low.digits))
    assert literals[0] == pytest.approx(Fraction("0.76957958427074605569"), abs=1e-20)
    assert literals[1] == pytest.approx(Fraction("0.88861340494261120993"), abs=1e-20)
    assert near("0.76957958427074605569", 0.7695795843, 1e-9)
    assert near("0.88861340494261120993", 0.8886134049, 1e-9)


def test_ev_7_the_chi_squared_statistic_is_rational():
    """(|b - c| - 1)^2/(b + c) = 6241/520 = 12.00192307..."""
    assert digits(lambda: (abs(ball(300) - 220) - 1) ** 2 / ball(520)) == "12.001923076923076923"


def test_ev_9_a_vacuous_certificate_is_below_1_by_e_to_minus_7073():
    """KL = 2.85e6 on 1000 points: a certificate of 3072 nines, not the empirical error .597."""
    facts = {"empirical_risk": "0.597", "kl": "2.85e6", "n": 1000, "delta": "0.05"}
    assert "+/-" in B["pac_bayes_kl"].enclose(**facts).digits  # 20 digits do not tell it from 1
    found = B["pac_bayes_kl"].enclose(**facts, digits=3100)
    assert (found.lower, found.upper) == (1 - 2**-53, 1.0)
    assert found.digits.startswith("0." + 3072 * "9")
    assert found.digits[2 + 3072] != "9"
    answer = gb.answer("pac_bayes_kl", empirical_risk=0.597, kl=2.85e6, n=1000, delta=0.05)
    assert answer.vacuous


def test_ev_10_forty_eight_of_fifty():
    wilson = B["wilson"].two_sided.enclose(errors=2, n=50, delta="0.05", digits=25)[1]
    exact = B[CP].enclose(errors=2, n=50, delta="0.05", digits=25)
    for found, literal, printed in (
        (wilson, "0.86539909312492977722", 0.8653990931),
        (exact, "0.87938584457795586373", 0.8793858446),
    ):
        assert 1 - Fraction(found.digits) == pytest.approx(Fraction(literal), abs=1e-20)
        assert near(literal, printed, 1e-9)


def test_lfd_vac_the_failure_probability_is_above_1():
    """Two-sided Hoeffding at eps = .01 on 1000 points: 2 exp(-1/5), solved for delta."""
    found = gb.solve("hoeffding.two_sided", "delta", epsilon="0.01", n=1000, certified=True)
    literal = "1.6374615061559637173"
    assert digits(lambda: 2 * exp(ball(Fraction(-1, 5)))) == literal
    assert float(found) == pytest.approx(Fraction(literal), rel=2e-16)
    here, beyond = found.certificate
    assert here.upper <= 0.01 <= beyond.lower
    assert near(literal, 1.6374615061559636, 2e-16)


# --- counts and expectations


def test_lfd_1_10_the_luckiest_of_a_thousand_coins():
    """E[nu_min] = (1/10) sum_k P(Bin(10, 1/2) > k)^1000, a rational number."""

    def expectation() -> Ball:
        tails = [-expm1(binomial_log_tail(ball(k), 10, ball(Fraction(1, 2)))) for k in range(10)]
        return sum((tail**1000 for tail in tails), ball(0)) / 10

    above = [Fraction(sum(comb(10, i) for i in range(k + 1, 11)), 1024) for k in range(10)]
    exact = sum(tail**1000 for tail in above) / 10
    found = digits(expectation)
    assert found == "0.037644419141365532241" == cut(exact)
    assert near(found, 0.03764441914136553, 1e-15)


def cut(x: Fraction) -> str:
    """The first 20 significant digits of a fraction in (0.01, 0.1)."""
    return f"0.0{x.numerator * 10**21 // x.denominator}"


@pytest.mark.parametrize(
    ("scenario", "hypotheses", "count"),
    [
        ("LFD-3.7 two intervals", gb.IntervalUnions(2), 386),
        ("LFD-3.7 one interval", gb.Intervals(), 56),
        ("LFD-3.7 perceptron", gb.Halfspaces(2), 92),
        ("VC-3 Sauer", gb.Sauer(3), 176),
        ("VC-3 polynomial", gb.PolynomialPlusOne(3), 1001),
    ],
)
def test_a_growth_function_is_a_proved_integer(scenario, hypotheses, count):
    grow = getattr(hypotheses, "log_growth", hypotheses)
    labelings = tightened(lambda: exp(grow(ball(10))), 20, scenario)
    assert labelings.unique_fmpz() == count


def test_lfd_3_7_by_listing():
    """All labelings of ten points on a line by at most two intervals, and by one."""
    blocks = [sum(s[i] and not (i and s[i - 1]) for i in range(10)) for s in signs(10)]
    assert [sum(b <= k for b in blocks) for k in (1, 2)] == [56, 386]


def signs(n: int):
    return product((0, 1), repeat=n)


def test_vc_3_the_exponential_form():
    found = digits(lambda: exp(gb.SauerExp(3)(ball(10))))
    assert found == "743.90877493287658299"
    assert found == digits(lambda: power(10 * E / ball(3), 3))
    assert near(found, 743.908774933, 1e-11)
    assert log(ball(1)).arb.is_zero()


RADEMACHER = {1: "1", 2: "3/4", 3: "2/3", 4: "19/32", 10: "1067/2560"}


@pytest.mark.parametrize(("n", "value"), RADEMACHER.items())
def test_ra_1_rademacher_of_thresholds(n, value):
    """n + 1 labelings; the mean over all 2^n signs of the largest correlation, listed."""
    labels = [[1] * i + [-1] * (n - i) for i in range(n + 1)]
    total = sum(
        max(sum(a * b for a, b in zip(s, row, strict=True)) for row in labels)
        for s in product((1, -1), repeat=n)
    )
    assert Fraction(total, n * 2**n) == Fraction(value)
    found = gb.rademacher(gb.Thresholds(), list(range(n)))
    assert found.kind == "exact"
    assert Fraction(repr(found.value)).limit_denominator(n * 2**n) == Fraction(value)
    if n in (1, 2, 4):  # dyadic: the float is the value
        assert Fraction(found.value) == Fraction(value)


@pytest.mark.parametrize(
    ("hypotheses", "vc_dim"),
    [
        (gb.Thresholds(), 1), (gb.Intervals(), 2), (gb.Boxes(2), 4), (gb.Halfspaces(10), 11),
        (gb.Balls(2), 3), (gb.ConvexPolygons(3), 7), (gb.ConvexPolygons(5), 11),
        (gb.IntervalUnions(3), 6),
        (gb.Stumps(1), 2), (gb.Stumps(2), 3), (gb.Stumps(3), 4), (gb.Stumps(10), 6),
        (gb.Stumps(100), 9),
    ],
)  # fmt: skip
def test_vc_1_and_vc_2_dimensions_are_integers(hypotheses, vc_dim):
    assert hypotheses.vc_dim == vc_dim
    assert type(hypotheses.vc_dim) is int
