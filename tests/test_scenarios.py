"""Questions of courses, papers, forums and handbooks: test sets, finite classes and VC bounds.

Inputs and answers are literals. Questions about hypothesis classes, Rademacher complexity and
PAC-Bayes belong to other families.
"""

import math

import pytest

import genbounds as gb
from genbounds.generic import lambert_w_minus1

B = gb.catalogue
approx = pytest.approx


# --- Learning From Data


@pytest.mark.parametrize(
    ("scenario", "models", "n"),
    [("LFD-3.1", 1, 840), ("LFD-3.2", 10, 1301), ("LFD-3.3", 100, 1761)],
)
def test_lfd_hypotheses_in_a_bin(scenario, models, n):
    """Caltech CS156 hw3 Q1-3: Hoeffding and the union bound, eps = .05, probability at most .03."""
    assert (
        gb.solve(
            B["hoeffding_several"].two_sided, "n", epsilon=0.05, delta=0.03, n_hypotheses=models
        )
        == n
    )


def test_lfd_4_1_sample_size_in_the_books_convention():
    """CS156 hw4 Q1: d = 10, eps = .05, 95%, growth N^d."""
    found = gb.solve(
        B["vapnik_chervonenkis"], "n", epsilon=0.05, delta=0.05, vc_dim=10, growth="polynomial"
    )
    assert found == 452957


def test_lfd_4_1w_closed_form_is_on_the_lower_branch():
    """N = -(8d/eps^2) W_{-1}(-(eps^2/16d) (delta/4)^{1/d}); the principal branch gives 0.3226."""
    scale = 8 * 10 / 0.05**2
    found = -scale * lambert_w_minus1(-((0.05 / 4) ** (1 / 10)) / (2 * scale))
    assert found == approx(452956.8647230992, rel=1e-12)
    assert math.ceil(found) == 452957


def test_lfd_4_1s_with_the_exact_sauer_sum():
    assert gb.solve(B["vapnik_chervonenkis"], "n", epsilon=0.05, delta=0.05, vc_dim=10) == 400700


FOUR = ("vapnik_chervonenkis", "abu_mostafa_rademacher", "parrondo_van_den_broeck", "devroye")


@pytest.mark.parametrize(
    ("scenario", "n", "values", "smallest"),
    [
        (
            "LFD-4.2",
            10000,
            (0.632174915201, 0.331308785962, 0.223698293681, 0.215228049808),
            "devroye",
        ),
        (
            "LFD-4.3a",
            5,
            (13.828161485, 7.04877656418, 5.10136198199, 5.59312554318),
            "parrondo_van_den_broeck",
        ),
    ],
)
def test_lfd_four_bounds_side_by_side(scenario, n, values, smallest):
    """CS156 hw4 Q2 and Q3: d = 50, delta = .05, growth N^d."""
    found = {name: B[name].gap(n=n, vc_dim=50, growth="polynomial", delta=0.05) for name in FOUR}
    assert list(found.values()) == approx(list(values), rel=1e-11)
    assert min(found, key=found.__getitem__) == smallest


def test_lfd_2_6():
    """LFD example 2.6: d = 3, eps = .1, delta = .1, growth N^d + 1; the book says about 30,000."""
    found = gb.solve(
        B["vapnik_chervonenkis"],
        "n",
        epsilon=0.1,
        delta=0.1,
        vc_dim=3,
        growth="polynomial-plus-one",
    )
    assert found == 29300


@pytest.mark.parametrize(
    ("name", "n"),
    list(zip(FOUR, (452957, 138886, 47830, 43655), strict=True)),
)
def test_vc_5_smallest_n_of_the_four(name, n):
    """Bound at most .05, d = 10, delta = .05, growth N^d."""
    assert gb.solve(B[name], "n", epsilon=0.05, delta=0.05, vc_dim=10, growth="polynomial") == n


def test_vc_3_three_forms_of_sauers_lemma():
    """N = 10, d = 3: the sum, N^d + 1, (eN/d)^d."""
    found = [math.exp(kind(3)(10)) for kind in (gb.Sauer, gb.PolynomialPlusOne, gb.SauerExp)]
    assert found == approx([176, 1001, 743.908774933], rel=1e-11)


def test_lfd_vac_a_test_set_too_small_for_its_accuracy():
    """Test set of 1000, eps = .01: the failure probability is above 1, so it says nothing."""
    found = gb.solve(B["hoeffding"].two_sided, "delta", epsilon=0.01, n=1000)
    assert found == approx(1.6374615061559636, rel=1e-13)
    assert found > 1


# --- finite classes


def test_pac_1_conjunctions():
    """Mitchell ch. 7: 10 literals, 3^10 hypotheses, eps = .1, delta = .05."""
    facts = {"target": 0.1, "delta": 0.05, "n_hypotheses": 3**10}
    assert gb.solve(B["finite_realizable_linear"], "n", **facts) == 140
    assert gb.solve(B["finite_realizable"], "n", **facts) == 133


def test_pac_3_fifty_hypotheses():
    facts = {"target": 0.1, "delta": 0.05, "n_hypotheses": 50}
    assert gb.solve(B["finite_realizable_linear"], "n", **facts) == 70
    assert gb.solve(B["finite_realizable"], "n", **facts) == 66


def test_pac_4_mitchells_sample_size():
    """Mitchell eq. 7.7: VC dimension 3, eps = .1, delta = .05."""
    assert gb.solve(B["mitchell_sample_size"], "n", epsilon=0.1, delta=0.05, vc_dim=3) == 1899
    assert B["mitchell_sample_size"](epsilon=0.1, delta=0.05, vc_dim=3) == approx(
        1898.25, abs=0.005
    )


# --- test sets


def test_ts_1_two_sided_hoeffding():
    """Within .05 at 95%."""
    assert gb.solve(B["hoeffding"].two_sided, "n", epsilon=0.05, delta=0.05) == 738


def test_ts_3_twenty_submissions():
    """One-sided .05 at 95% for the best of 20."""
    assert gb.solve(B["hoeffding_several"], "n", epsilon=0.05, delta=0.05, n_hypotheses=20) == 1199


def test_ts_4_langfords_example():
    """192 errors of 600: exact upper at delta = .025, exact lower at delta = .5."""
    assert B["clopper_pearson"](errors=192, n=600, delta=0.025) == approx(
        0.3589768280676, rel=1e-12
    )
    assert B["clopper_pearson_lower"](errors=192, n=600, delta=0.5) == approx(
        0.3192671749287, rel=1e-12
    )


def test_ts_7_no_errors_of_fifty():
    assert B["clopper_pearson"](errors=0, n=50, delta=0.05) == approx(0.05815507911697, rel=1e-12)
    two_sided = B["clopper_pearson"].two_sided(errors=0, n=50, delta=0.05)
    assert two_sided == approx((0.0, 0.0711217364642), rel=1e-12)


def test_ts_8_mnist():
    """150 errors of 10000: Clopper-Pearson two-sided and one-sided, Hoeffding's half-width."""
    facts = {"n": 10000, "delta": 0.05}
    assert B["clopper_pearson"].two_sided(errors=150, **facts) == approx(
        (0.0127096736085, 0.0175787549612), rel=1e-10
    )
    assert B["clopper_pearson"](errors=150, **facts) == approx(0.017157718182, rel=1e-10)
    assert B["hoeffding"].two_sided.gap(**facts) == approx(0.0135810151574, rel=1e-10)


def test_ts_10_best_of_a_thousand():
    """UML 11.2: 1000 models on 10000 points, two-sided at 95%; one-sided .02225."""
    facts = {"n": 10000, "delta": 0.05, "n_hypotheses": 1000}
    assert B["hoeffding_several"].two_sided.gap(**facts) == approx(0.02301807413001365, rel=1e-13)
    assert B["hoeffding_several"].gap(**facts) == approx(0.02225, abs=5e-6)


@pytest.mark.parametrize(
    ("reliability", "confidence", "n"),
    [(0.95, 0.95, 59), (0.99, 0.95, 299), (0.9, 0.95, 29), (0.99, 0.99, 459)],
)
def test_au_zero_failures(reliability, confidence, n):
    """Reliability demonstration: n = ln(1 - C) / ln(R)."""
    found = gb.solve(
        B["clopper_pearson"],
        "n",
        target=round(1 - reliability, 9),
        errors=0,
        delta=round(1 - confidence, 9),
    )
    assert found == n


def test_au_30_clean_runs():
    """The rule of three says .1."""
    assert B["clopper_pearson"](errors=0, n=30, delta=0.05) == approx(
        0.09503385285530414, rel=1e-14
    )
    assert B["rule_of_three"](n=30, delta=0.05) == approx(0.1, abs=2e-4)


def test_ev_5_humaneval():
    """137 of 164 solved: the exact interval for the success rate, Wald's and Wilson's beside it."""
    facts = {"errors": 164 - 137, "n": 164, "delta": 0.05}
    low, high = B["clopper_pearson"].two_sided(**facts)
    assert (1 - high, 1 - low) == approx((0.7695795843, 0.8886134049), rel=1e-9)
    low, high = B["wald"].two_sided(**facts)
    assert (1 - high, 1 - low) == approx((0.7786, 0.8921), abs=5e-5)
    low, high = B["wilson"].two_sided(**facts)
    assert (1 - high, 1 - low) == approx((0.7711, 0.8843), abs=5e-5)


def test_ev_7_mcnemar():
    """300 against 220 discordant points: the exact two-sided sign test."""
    found = B["sign_test"](errors_first_only=300, errors_second_only=220)
    exact = 2 * sum(math.comb(520, i) for i in range(221)) / 2**520
    assert found == approx(exact, rel=1e-13)
    assert found == approx(0.0005194158497, rel=1e-9)


def test_ev_10_forty_eight_of_fifty():
    """Wilson's lower end (no guarantee) and the exact one; the blog says "only 86%"."""
    facts = {"errors": 2, "n": 50}
    assert 1 - B["wilson"].two_sided(**facts, delta=0.05)[1] == approx(0.8653990931, rel=1e-9)
    assert 1 - B["wilson"](**facts, delta=0.05) == approx(0.88610, abs=5e-6)
    assert 1 - B["clopper_pearson"](**facts, delta=0.05) == approx(0.8793858446, rel=1e-9)
    assert 1 - B["clopper_pearson"].two_sided(**facts, delta=0.05)[1] == approx(0.86286, abs=5e-6)
    assert not B["wilson"].claim.is_guarantee
    assert B["clopper_pearson"].claim.is_guarantee


# --- the same through the front door


def test_the_front_door_answers_a_test_set():
    assert gb.test_set(errors=192, n=600, delta=0.025).value == approx(0.3589768280676, rel=1e-12)
    assert gb.test_set(errors=192, n=600, delta=0.5, side="lower").value == approx(
        0.3192671749287, rel=1e-12
    )
    both = gb.test_set(errors=150, n=10000, delta=0.05, side="both")
    assert both.value == approx((0.0127096736085, 0.0175787549612), rel=1e-10)


def test_the_front_door_answers_a_sample_size():
    found = gb.sample_size(vc_dim=10, epsilon=0.05, delta=0.05)
    by_name = {row.bound: row.n for row in found.sufficient}
    assert by_name["vapnik_chervonenkis"] == 400700
    assert found.n == min(by_name.values())
    assert found.necessary is None or found.necessary <= found.n
    assert gb.sample_size(errors=0, epsilon=0.05, delta=0.05).n == 59
    assert gb.sample_size(epsilon=0.05, delta=0.05).n == 738
    realizable = gb.sample_size(n_hypotheses=50, epsilon=0.1, delta=0.05, question="realizable")
    assert {row.bound: row.n for row in realizable.sufficient}["finite_realizable_linear"] == 70
    assert realizable.n == 66
