"""Growth functions against brute force, and what each convention may be used for."""

import math
from itertools import combinations, product

import mpmath
import numpy as np
import pytest
import sympy
from mpmath import mpf

import genbounds as gb
from genbounds.growth import GROWTHS, Polynomial, PolynomialPlusOne, Sauer, SauerExp

VC = gb.catalogue["vapnik_chervonenkis"]
FACTS = {"empirical_risk": 0.1, "delta": 0.05}


def sauer_sum(m: int, d: int) -> int:
    return sum(math.comb(m, i) for i in range(min(m, d) + 1))


SIZES = [(m, d) for m in (1, 2, 3, 5, 10, 37, 100, 300) for d in (0, 1, 2, 3, 7, 50, 99, 100, 400)]


@pytest.mark.parametrize(("m", "d"), SIZES)
def test_sauer_is_the_log_of_the_sum(m, d):
    assert Sauer(d)(m) == pytest.approx(math.log(sauer_sum(m, d)), rel=4e-16, abs=0)


@pytest.mark.parametrize("d", range(1, 6))
def test_sauer_is_attained_by_the_sets_of_at_most_d_points(d):
    """The family of all sets of at most d points has VC dimension d and as many labelings."""
    m = 7
    labelings = {frozenset(s) for k in range(d + 1) for s in combinations(range(m), k)}
    assert Sauer(d)(m) == pytest.approx(math.log(len(labelings)), rel=4e-16)


@pytest.mark.parametrize("m", range(1, 12))
def test_sauer_is_above_brute_force_for_intervals(m):
    """Intervals on a line have VC dimension 2: count their labelings of m points."""
    labelings = {tuple(a <= i < b for i in range(m)) for a, b in product(range(m + 1), repeat=2)}
    assert math.log(len(labelings)) == pytest.approx(Sauer(2)(m), rel=1e-15)


@pytest.mark.parametrize("d", [0, 1, 5, 100])
@pytest.mark.parametrize("name", GROWTHS)
def test_one_point_has_one_or_two_labelings(name, d):
    """What the check of `log_growth(1)` accepts; (em/d)^d says nothing below m = d."""
    if name == "sauer-exp" and d > 1:
        assert GROWTHS[name](d)(1) == math.inf
    elif name == "sauer-exp" and d == 1:
        assert GROWTHS[name](d)(1) == 1.0
    else:
        assert 0 <= GROWTHS[name](d)(1) <= math.log(2) + 1e-15


def test_all_labelings_below_the_vc_dimension():
    assert Sauer(50)(10) == pytest.approx(10 * math.log(2), rel=1e-15)
    assert Sauer(10)(10) == pytest.approx(10 * math.log(2), rel=1e-15)
    assert Sauer(10**6)(10) == pytest.approx(10 * math.log(2), rel=1e-15)


@pytest.mark.parametrize(("m", "d"), [(m, d) for m, d in SIZES if m >= d >= 1])
def test_the_exponential_form_is_above_the_sum(m, d):
    assert SauerExp(d)(m) == pytest.approx(d * math.log(math.e * m / d), rel=1e-14)
    assert SauerExp(d)(m) >= Sauer(d)(m)


def test_the_exponential_form_of_dimension_zero_is_one_labeling():
    assert SauerExp(0)(10) == 0


def test_the_exponential_form_says_nothing_below_the_dimension():
    assert SauerExp(11)(10) == math.inf


@pytest.mark.parametrize(("m", "d"), SIZES)
def test_polynomial_plus_one_is_above_the_sum(m, d):
    value = PolynomialPlusOne(d)(m)
    assert value == pytest.approx(float(mpmath.log(mpf(m) ** d + 1)), rel=1e-14)
    assert value >= Sauer(d)(m) * (1 - 1e-15)


@pytest.mark.parametrize(("m", "d"), SIZES)
def test_polynomial_is_the_log_of_the_power(m, d):
    assert Polynomial(d)(m) == pytest.approx(d * math.log(m), rel=1e-15)


def test_polynomial_is_below_the_truth_where_corrections_say():
    """m^d needs m >= 2 and d >= 2 (CORRECTIONS 8)."""
    below = {(m, d) for m, d in SIZES if Polynomial(d)(m) < Sauer(d)(m) * (1 - 1e-15)}
    assert below == {(m, d) for m, d in SIZES if (d == 1) or (m == 1 and d >= 1)}


def test_large_sizes_stay_finite():
    assert Sauer(500)(10**6) == pytest.approx(
        float(mpmath.log(mpf(sauer_sum(10**6, 500)))), rel=1e-15
    )
    for kind in (Polynomial, PolynomialPlusOne, SauerExp, Sauer):
        assert math.isfinite(kind(500)(10**18))


def test_growths_are_values():
    assert Sauer(3) == Sauer(3)
    assert Sauer(3) != Sauer(4)
    assert Sauer(3) != Polynomial(3)
    assert len({Sauer(3), Sauer(3), SauerExp(3)}) == 2
    assert repr(PolynomialPlusOne(3)) == "PolynomialPlusOne(3)"
    assert eval(repr(SauerExp(2)), {"SauerExp": SauerExp}) == SauerExp(2)


@pytest.mark.parametrize("name", GROWTHS)
def test_every_kind_of_number_agrees(name):
    growth, m = GROWTHS[name](7), np.array([20.0, 300.0])
    assert growth(m) == pytest.approx([growth(20), growth(300)], rel=1e-13)
    assert float(growth(mpf(300))) == pytest.approx(growth(300), rel=1e-14)
    expression = growth(sympy.Symbol("m", positive=True, integer=True))
    assert not expression.atoms(sympy.Float)
    value = expression.subs(sympy.Symbol("m", positive=True, integer=True), 300)
    assert float(value) == pytest.approx(growth(300), rel=1e-12)


# --- in a bound


def test_a_bare_dimension_is_the_exact_sum():
    assert VC(n=10000, vc_dim=10, **FACTS) == VC(n=10000, log_growth=Sauer(10), **FACTS)
    assert VC(n=10000, vc_dim=10, growth="sauer", **FACTS) == VC(n=10000, vc_dim=10, **FACTS)


@pytest.mark.parametrize("name", GROWTHS)
def test_the_answer_says_which_growth(name):
    answer = gb.answer(VC, n=10000, vc_dim=10, growth=name, **FACTS)
    assert answer.growth == GROWTHS[name](10)
    assert any(GROWTHS[name].words in note for note in answer.notes)
    assert answer.to_dict()["growth"] == name
    assert GROWTHS[name].words in answer.text


def test_a_growth_given_as_a_value_is_said_too():
    answer = gb.answer(VC, n=10000, log_growth=SauerExp(10), **FACTS)
    assert any(SauerExp.words in note for note in answer.notes)
    assert answer.to_dict()["growth"] == "sauer-exp"


@pytest.mark.parametrize(
    ("name", "n", "vc_dim", "status"),
    [
        ("sauer", 1, 1, "proved"),
        ("sauer", 10, 1, "proved"),
        ("polynomial-plus-one", 1, 1, "proved"),
        ("polynomial-plus-one", 1000, 1, "proved"),
        ("sauer-exp", 1000, 1, "proved"),
        ("polynomial", 1000, 1, "printed"),
        ("polynomial", 1000, 2, "proved"),
        ("polynomial", 1000, 0, "proved"),
    ],
)
def test_a_growth_below_the_sum_is_marked_printed(name, n, vc_dim, status):
    answer = gb.answer(VC, n=n, vc_dim=vc_dim, growth=name, **FACTS)
    assert answer.status == status
    assert ("not a guarantee" in answer.text) == (status == "printed")


def test_the_size_that_the_theorem_passes_decides():
    """VC 1971 counts at 2n: at n = 1 it asks for m = 2, where m^2 = 4 is the truth."""
    assert gb.answer(VC, n=1, vc_dim=2, growth="polynomial", **FACTS).status == "proved"
    assert VC.sizes({"empirical_risk": 0.1, "n": 7, "log_growth": Sauer(2), "delta": 0.05}) == [14]


def test_the_exponential_form_is_refused_below_the_dimension():
    with pytest.raises(ValueError, match=r"'sauer-exp' needs vc_dim <= m.*m = 18, vc_dim = 19"):
        VC(n=9, vc_dim=19, growth="sauer-exp", **FACTS)
    assert math.isfinite(VC(n=10, vc_dim=19, growth="sauer-exp", **FACTS))
    with pytest.raises(ValueError, match="'sauer-exp' needs vc_dim <= m"):
        VC(n=np.array([9.0, 10.0]), vc_dim=19, growth="sauer-exp", **FACTS)
    with pytest.raises(ValueError, match="'sauer-exp' needs vc_dim <= m"):
        VC(n=9, log_growth=SauerExp(19), **FACTS)


def test_a_count_does_not_pass_for_its_log():
    with pytest.raises(ValueError, match=r"log_growth\(1\) = 2"):
        VC(n=100, log_growth=lambda m: m + 1, **FACTS)
    with pytest.raises(ValueError, match=r"log_growth\(1\) = -1"):
        VC(n=100, log_growth=lambda m: -1.0, **FACTS)
    value = VC(n=100, log_growth=lambda m: math.log(m + 1), **FACTS)
    assert value == VC(n=100, vc_dim=1, **FACTS)


def test_a_class_that_carries_its_growth_is_taken():
    class Thresholds:
        def log_growth(self, m):
            return math.log(m + 1)

    assert VC(n=100, log_growth=Thresholds(), **FACTS) == VC(n=100, vc_dim=1, **FACTS)


@pytest.mark.parametrize("growth", ["Sauer", "", 3, None, "exp"])
def test_an_unknown_growth_is_refused(growth):
    with pytest.raises(ValueError, match="growth must be one of sauer, sauer-exp, polynomial"):
        VC(n=100, vc_dim=1, growth=growth, **FACTS)


def test_growth_without_dimension_is_refused():
    with pytest.raises(ValueError, match="growth goes with vc_dim"):
        VC(n=100, log_growth=Sauer(2), growth="polynomial", **FACTS)
