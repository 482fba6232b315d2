"""A bound of one's own, and everything that is derived from its declaration."""

import math

import numpy as np
import pytest
import sympy

import genbounds as gb
from genbounds.claims import EVERY_HYPOTHESIS, FIXED, below
from genbounds.declaration import bound
from genbounds.generic import kl_inverse_lower, kl_inverse_upper, let, log_ratio, sqrt, total

FACTS = {"empirical_risk": 0.25, "n": 200, "delta": 0.05}
SOURCE = "Hoeffding1963, Theorem 2"


@bound(FIXED, source=SOURCE, entry="own_entry", additive=True, given=("independent_test_set",))
def own(empirical_risk, n, delta):
    """A bound declared in a test."""
    c = let("c", log_ratio(1, delta) / n)
    return empirical_risk + sqrt(c / 2)


@bound(FIXED, source=SOURCE)
def pair(empirical_risk, n, delta):
    """An upper bound with a partner."""
    return kl_inverse_upper(empirical_risk, log_ratio(1, delta) / n)


@bound(below(FIXED), source=SOURCE)
def pair_lower(empirical_risk, n, delta):
    """The partner."""
    return kl_inverse_lower(empirical_risk, log_ratio(1, delta) / n)


@bound(EVERY_HYPOTHESIS, source=SOURCE, additive=True)
def both(empirical_risk, n, log_growth, delta):
    """Both sides on one event."""
    return empirical_risk + sqrt((log_growth(2 * n) + log_ratio(4, delta)) / n)


@bound(FIXED, source=SOURCE, additive=True, needs=("n >= 2", "sample_variance <= 1"))
def needy(empirical_risk, sample_variance, n, delta):
    """Silent for one observation."""
    return empirical_risk + sqrt(2 * sample_variance * log_ratio(2, delta) / n) + 1 / (n - 1)


@bound(below(FIXED), source=SOURCE, needs=("n >= 2",))
def needy_lower(empirical_risk, n, delta):
    """Silent from below."""
    return empirical_risk - sqrt(log_ratio(1, delta) / (n - 1))


@bound(FIXED, source=SOURCE, fixed=("mixture_rho",), direction={"mixture_rho": None})
def tuned(empirical_risk, mixture_rho, n, delta):
    """A parameter that must not see the data."""
    return empirical_risk + mixture_rho + log_ratio(1, delta) / (mixture_rho * n)


@bound(FIXED, source=SOURCE, status="order")
def rate_only(n, delta):
    """A rate without constants."""
    return log_ratio(1, delta) / n


def hand(empirical_risk=0.25, n=200, delta=0.05):
    return empirical_risk + math.sqrt(math.log(1 / delta) / n / 2)


def test_a_declared_bound_is_a_number_a_formula_and_a_source():
    assert own(**FACTS) == pytest.approx(hand(), rel=1e-15)
    assert own.name == "own"
    assert own.entry == "own_entry"
    assert pair.entry == "pair"
    assert own.arguments == ("empirical_risk", "n", "delta")
    assert own.status == "proved"
    assert "A bound declared in a test." in own.__doc__
    assert repr(own) == f"<own(empirical_risk, n, delta): {SOURCE}>"
    assert "@article{Hoeffding1963" in own.citation or "Hoeffding1963" in own.citation


def test_the_fast_and_the_careful_path_agree():
    assert own(**FACTS) == own.evaluate(FACTS)
    assert own.evaluate({**FACTS, "n": np.array([200.0])}).tolist() == pytest.approx(
        [own(**FACTS)], rel=1e-15
    )


# --- what a declaration must say


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"given": ("no_such_condition",)}, "unknown condition 'no_such_condition'"),
        ({"fixed": ("vc_dim",)}, "'vc_dim' is not an argument"),
        ({"direction": {"vc_dim": "+"}}, "'vc_dim' is not an argument"),
        ({"status": "true"}, "status must be one of proved, printed, refuted, order, got 'true'"),
        ({"status": "printed"}, "a bound that is printed says why"),
        ({"status": "refuted"}, "a bound that is refuted says why"),
    ],
)
def test_a_wrong_declaration_is_refused(wrong, message):
    with pytest.raises(ValueError, match="f: ") as caught:

        @bound(FIXED, source=SOURCE, **wrong)
        def f(n, delta):
            return log_ratio(1, delta) / n

    assert message in str(caught.value)


def test_an_argument_outside_the_vocabulary_is_refused():
    with pytest.raises(ValueError, match="unknown variable 'confidence'"):

        @bound(FIXED, source=SOURCE)
        def f(n, confidence):
            return confidence / n


# --- gap


def test_the_gap_is_the_bound_without_its_empirical_risk():
    assert own.gap(n=200, delta=0.05) == pytest.approx(hand() - 0.25, rel=1e-14)
    assert own.gap.arguments == ("n", "delta")
    assert own.gap.claim.quantity == "gap"
    assert own.gap.source == own.source


def test_the_gap_does_not_cancel():
    gap = own.gap(n=10**18, delta=0.05)
    assert gap == pytest.approx(math.sqrt(math.log(20) / 2e18), rel=1e-14)
    assert own(empirical_risk=0.25, n=10**18, delta=0.05) - 0.25 != pytest.approx(
        gap, rel=1e-9, abs=0
    )


def test_only_an_additive_bound_has_a_gap():
    with pytest.raises(
        ValueError, match="pair is not its empirical risk plus a deviation: it has no gap"
    ):
        pair.gap  # noqa: B018


# --- two_sided


def test_an_additive_bound_shares_delta_between_its_sides():
    low, high = own.two_sided(**FACTS)
    deviation = math.sqrt(math.log(2 / 0.05) / 400)
    assert (low, high) == pytest.approx((0.25 - deviation, 0.25 + deviation), rel=1e-14)
    assert own.two_sided.gap(n=200, delta=0.05) == pytest.approx(deviation, rel=1e-14)
    assert own.two_sided.claim.side == "both"
    assert not own.two_sided.one_event


def test_one_event_costs_delta_once():
    low, high = both.two_sided(**FACTS, vc_dim=2)
    assert both.two_sided.one_event
    assert high == both(**FACTS, vc_dim=2)
    assert (low + high) / 2 == pytest.approx(0.25, rel=1e-14)
    assert both.two_sided.gap(n=200, delta=0.05, vc_dim=2) == both.gap(n=200, delta=0.05, vc_dim=2)


def test_partners_share_delta():
    expected = pair_lower(**FACTS | {"delta": 0.025}), pair(**FACTS | {"delta": 0.025})
    assert pair.two_sided(**FACTS) == expected
    assert pair_lower.two_sided(**FACTS) == expected


def test_without_a_partner_there_are_no_two_sides():
    with pytest.raises(ValueError, match="tuned has no partner for the other side"):
        tuned.two_sided  # noqa: B018


def test_without_delta_there_are_no_two_sides():
    with pytest.raises(
        ValueError, match="chernoff_tail is no confidence bound with a delta to share"
    ):
        gb.catalogue["chernoff_tail"].two_sided  # noqa: B018


def test_two_sides_check_their_input_once():
    with pytest.raises(ValueError, match=r"delta must be in \(0, 1\), got 1.5"):
        own.two_sided(empirical_risk=0.1, n=10, delta=1.5)
    with pytest.raises(ValueError, match="missing argument n "):
        own.two_sided(empirical_risk=0.1, delta=0.5)
    with pytest.raises(ValueError, match="delta must be a number"):
        own.two_sided(empirical_risk=0.1, n=10, delta="half")


def test_two_sides_of_arrays():
    low, high = own.two_sided(
        empirical_risk=np.array([0.1, 0.2]), n=np.array([[100.0], [400.0]]), delta=0.05
    )
    assert low.shape == high.shape == (2, 2)
    one = own.two_sided(empirical_risk=0.2, n=400, delta=0.05)
    assert (low[1, 1], high[1, 1]) == pytest.approx(one, rel=1e-14)


def test_the_latex_of_two_sides_folds_the_half():
    assert own.two_sided.latex == r"\sqrt{\frac{c}{2}},\quad c = \frac{\ln \frac{2}{\delta}}{n}"


# --- LaTeX and symbols


def test_latex_prints_the_formula_in_the_order_written():
    assert own.latex == r"\hat R + \sqrt{\frac{c}{2}},\quad c = \frac{\ln \frac{1}{\delta}}{n}"
    assert own.gap.latex == r"\sqrt{\frac{c}{2}},\quad c = \frac{\ln \frac{1}{\delta}}{n}"
    assert r"\ln\Pi\left(2 n\right)" in both.latex
    assert needy.latex_needs == (r"n \ge 2", r"\hat V \le 1")


def test_the_expression_is_exact_and_its_value_the_bounds():
    expression = own.expression
    assert not expression.atoms(sympy.Float)
    symbols = own.symbols
    assert set(symbols) == set(own.arguments)
    found = expression.subs(
        {
            symbols["empirical_risk"]: sympy.Rational(1, 4),
            symbols["n"]: 200,
            symbols["delta"]: sympy.Rational(1, 20),
        }
    )
    assert float(found) == pytest.approx(own(**FACTS), rel=1e-15)


# --- needs


def test_where_a_need_fails_the_theorem_is_silent():
    facts = {"empirical_risk": 0.1, "sample_variance": 0.1, "delta": 0.05}
    assert needy(n=1, **facts) == math.inf
    assert needy_lower(n=1, empirical_risk=0.1, delta=0.05) == -math.inf
    assert math.isfinite(needy(n=2, **facts))
    assert needy(n=np.array([1.0, 2.0]), **facts).tolist() == [math.inf, needy(n=2, **facts)]
    assert needy.unmet({"n": 1, **facts}) == ("n >= 2",)
    assert needy.unmet({"n": 2, **facts}) == ()


def test_the_answer_says_which_need_failed():
    answer = gb.answer(needy, n=1, empirical_risk=0.1, sample_variance=0.1, delta=0.05)
    assert answer.unmet == ("n >= 2",)
    assert any("silent here: it needs n >= 2" in note for note in answer.notes)
    assert answer.vacuous


def test_a_gap_keeps_the_needs():
    assert needy.gap(sample_variance=0.1, n=1, delta=0.05) == math.inf


# --- fixed


def test_what_is_fixed_before_the_sample_is_a_condition():
    assert tuned.conditions == ("the parameters mixture_rho were fixed before the sample was seen",)
    assert own.conditions == (
        "the sample was not used, directly or indirectly, to choose the hypothesis",
    )


def test_what_is_fixed_before_the_sample_is_not_solved_for():
    with pytest.raises(ValueError, match="mixture_rho of tuned is fixed before the sample is seen"):
        gb.solve(tuned, "mixture_rho", target=0.3, **FACTS)


# --- direction


def test_directions_come_from_the_vocabulary_and_turn_round_below():
    assert [own.direction_of(name) for name in own.arguments] == ["+", "-", "-"]
    assert [pair_lower.direction_of(name) for name in pair_lower.arguments] == ["+", "+", "+"]
    assert tuned.direction_of("mixture_rho") is None
    assert both.direction_of("log_growth") == "+"


# --- estimates


def test_an_estimate_enters_at_its_safe_end_and_pays_its_delta():
    estimate = gb.Estimate(lower=0.2, upper=0.3, delta=0.01, how="a second sample")
    assert own(empirical_risk=estimate, n=200, delta=0.05) == own(
        empirical_risk=0.3, n=200, delta=0.05 - 0.01
    )
    assert pair_lower(empirical_risk=estimate, n=200, delta=0.05) == pair_lower(
        empirical_risk=0.2, n=200, delta=0.05 - 0.01
    )


def test_an_estimate_for_nothing_costs_nothing():
    certain = gb.Estimate(lower=0.2, upper=0.3, delta=0.0, how="counted")
    assert own(empirical_risk=certain, n=200, delta=0.05) == own(
        empirical_risk=0.3, n=200, delta=0.05
    )


def test_two_estimates_pay_both():
    risk = gb.Estimate(0.2, 0.3, 0.01, "one")
    variance = gb.Estimate(0.1, 0.2, 0.02, "two")
    found = needy(empirical_risk=risk, sample_variance=variance, n=200, delta=0.05)
    assert found == pytest.approx(
        needy(empirical_risk=0.3, sample_variance=0.2, n=200, delta=0.02), rel=1e-14
    )


def test_an_estimate_without_the_end_that_is_needed_is_refused():
    heuristic = gb.Estimate(lower=0.2, upper=math.inf, delta=0.0, how="a search")
    with pytest.raises(ValueError, match="cannot enter own, which needs its upper end"):
        own(empirical_risk=heuristic, n=200, delta=0.05)
    assert pair_lower(empirical_risk=heuristic, n=200, delta=0.05) == pair_lower(
        empirical_risk=0.2, n=200, delta=0.05
    )


@pytest.mark.parametrize("delta", [0.05, 0.06, -0.01, math.nan])
def test_an_estimate_that_leaves_nothing_of_delta_is_refused(delta):
    estimate = gb.Estimate(lower=0.2, upper=0.3, delta=delta, how="a second sample")
    with pytest.raises(ValueError, match="leaves nothing of delta"):
        own(empirical_risk=estimate, n=200, delta=0.05)


def test_an_estimate_of_an_argument_without_direction_is_refused():
    estimate = gb.Estimate(lower=1.0, upper=2.0, delta=0.01, how="a guess")
    with pytest.raises(ValueError, match="mixture_rho: an estimate"):
        tuned(mixture_rho=estimate, **FACTS)


def test_an_answer_says_where_an_estimate_came_from():
    estimate = gb.Estimate(lower=0.2, upper=0.3, delta=0.01, how="a second sample")
    answer = gb.answer(own, empirical_risk=estimate, n=200, delta=0.05)
    assert "empirical_risk: a second sample" in answer.notes


# --- width


def test_width_rescales_the_loss():
    wide = own(empirical_risk=2.5, n=200, delta=0.05, width=10)
    assert wide == pytest.approx(10 * own(**FACTS), rel=1e-15)
    assert own.gap(n=200, delta=0.05, width=10) == pytest.approx(
        10 * own.gap(n=200, delta=0.05), rel=1e-15
    )


def test_a_variance_scales_with_the_square_of_the_width():
    facts = {"n": 200, "delta": 0.05}
    wide = needy(empirical_risk=2.5, sample_variance=10.0, width=10, **facts)
    assert wide == pytest.approx(
        10 * needy(empirical_risk=0.25, sample_variance=0.1, **facts), rel=1e-14
    )


def test_both_sides_scale_with_the_width():
    wide = own.two_sided(empirical_risk=2.5, n=200, delta=0.05, width=10)
    assert wide == pytest.approx([10 * x for x in own.two_sided(**FACTS)], rel=1e-14)


@pytest.mark.parametrize("width", [0, -1, math.nan, math.inf, "2", None, True, [1], np.ones(2)])
def test_a_wrong_width_is_refused(width):
    with pytest.raises(ValueError, match="width must be a number greater than 0"):
        own(**FACTS, width=width)


def test_a_risk_beyond_the_width_is_refused():
    with pytest.raises(ValueError, match="empirical_risk must be in"):
        own(empirical_risk=11.0, n=200, delta=0.05, width=10)


def test_zero_one_loss_has_no_width():
    with pytest.raises(
        ValueError, match="occam_binomial holds for 0-1 loss only: width does not apply"
    ):
        gb.catalogue["occam_binomial"](errors=1, n=10, log_prior=1, delta=0.05, width=2)


# --- order, and other kinds of input


def test_a_rate_without_constants_has_no_number():
    with pytest.raises(ValueError, match="rate_only is known up to a constant only"):
        rate_only(n=10, delta=0.5)
    with pytest.raises(ValueError, match="rate_only is known up to a constant only"):
        rate_only.evaluate({"n": 10, "delta": 0.5})
    assert rate_only.latex == r"\frac{\ln \frac{1}{\delta}}{n}"


def test_sequences_are_read_once():
    @bound(FIXED, source=SOURCE)
    def summed(differences, delta):
        return sqrt(total(lambda c: c**2, differences) * log_ratio(1, delta))

    assert summed(differences=(x for x in (3.0, 4.0)), delta=math.exp(-1)) == pytest.approx(
        5.0, rel=1e-15
    )


def test_the_catalogue_finds_by_name_and_by_entry():
    assert gb.catalogue["hoeffding"] is gb.catalogue["hoeffding_radius"]
    assert gb.catalogue["hoeffding"] is gb.bounds.concentration.hoeffding
    assert "hoeffding" in gb.catalogue
    assert "nonsense" not in gb.catalogue
    assert (
        len(gb.catalogue)
        == len(list(gb.catalogue))
        == sum(map(len, gb.catalogue.families.values()))
    )
    with pytest.raises(KeyError, match="no bound is called 'hoefding'; did you mean hoeffding"):
        gb.catalogue["hoefding"]


@pytest.mark.parametrize("name", gb.catalogue)
def test_the_index_and_the_family_agree(name):
    found = gb.catalogue[name]
    assert found.name == name
    assert gb.catalogue[found.entry] is found
    assert name in gb.catalogue.families[found.family]
    assert getattr(getattr(gb.bounds, found.family), name) is found


def test_two_sides_take_an_estimate_each_at_its_own_end():
    """The lower side uses the lower end of the estimate, the upper side the upper end."""
    estimate = gb.Estimate(lower=0.2, upper=0.3, delta=0.01, how="a second sample")
    for theorem in (own, pair):
        low, high = theorem.two_sided(empirical_risk=estimate, n=200, delta=0.1)
        inner = theorem.two_sided(empirical_risk=0.2, n=200, delta=0.1)
        outer = theorem.two_sided(empirical_risk=0.3, n=200, delta=0.1)
        assert low < inner[0]
        assert high > outer[1]


@pytest.mark.parametrize("delta", ["small", None, 1.5, math.nan, True])
def test_an_estimate_beside_a_wrong_delta_is_refused_by_name(delta):
    estimate = gb.Estimate(lower=0.2, upper=0.3, delta=0.01, how="a second sample")
    with pytest.raises(ValueError, match="delta must be"):
        own(empirical_risk=estimate, n=200, delta=delta)


def test_an_estimate_beside_an_array_of_deltas():
    estimate = gb.Estimate(lower=0.2, upper=0.3, delta=0.01, how="a second sample")
    found = own(empirical_risk=estimate, n=200, delta=np.array([0.05, 0.1]))
    one = [own(empirical_risk=estimate, n=200, delta=delta) for delta in (0.05, 0.1)]
    assert found == pytest.approx(one, rel=1e-14)


def test_an_estimate_scales_with_the_width():
    wide = gb.Estimate(lower=2.0, upper=3.0, delta=0.01, how="a second sample")
    unit = gb.Estimate(lower=0.2, upper=0.3, delta=0.01, how="a second sample")
    found = own(empirical_risk=wide, n=200, delta=0.05, width=10)
    assert found == pytest.approx(10 * own(empirical_risk=unit, n=200, delta=0.05), rel=1e-14)
