"""Questions of courses, papers and forums, put to `recommend` as a user would put them.

Inputs and answers are literals. The theorem that is picked is the one that the answer names, or
one that proves more.
"""

import pytest
from pytest import approx

import genbounds as gb
from genbounds.recommendation import recommend

B = gb.catalogue


def numbers(group):
    """Theorem -> its number, as the table of a group says it."""
    found = {}
    for row in group.table.records():
        if row.get("n is") != "necessary":
            values = [x for x in row.values() if type(x) in (int, float)]
            found[row["bound"].split(",")[0]] = values[0] if len(values) == 1 else tuple(values)
    return found


CLASSES = {
    "LFD-1.10": "an expected minimum of frequencies, no bound on a risk",
    "LFD-3.7": "growth functions of classes",
    "LFD-4.1w": "the closed form of the inverse of a bound: `solve` gives it",
    "VC-1": "VC dimensions of classes",
    "VC-2": "VC dimensions of classes",
    "VC-3": "three upper bounds on a growth function",
    "RA-1": "an exact Rademacher complexity",
}
"""Questions about classes and formulas, to which no theorem on a risk is the answer."""

EQUAL = [
    ("LFD-3.1", {"n_hypotheses": 1, "epsilon": 0.05, "delta": 0.03, "side": "both"}, 840),
    ("LFD-3.2", {"n_hypotheses": 10, "epsilon": 0.05, "delta": 0.03, "side": "both"}, 1301),
    ("LFD-3.3", {"n_hypotheses": 100, "epsilon": 0.05, "delta": 0.03, "side": "both"}, 1761),
    ("TS-1", {"epsilon": 0.05, "delta": 0.05, "side": "both"}, 738),
    ("TS-3", {"selected_from": 20, "epsilon": 0.05, "delta": 0.05}, 1199),
    ("AU-.95-.95", {"errors": 0, "target": 0.05, "delta": 0.05}, 59),
    ("AU-.99-.95", {"errors": 0, "target": 0.01, "delta": 0.05}, 299),
    ("AU-.9-.95", {"errors": 0, "target": 0.1, "delta": 0.05}, 29),
    ("AU-.99-.99", {"errors": 0, "target": 0.01, "delta": 0.01}, 459),
    ("PAC-1", {"n_hypotheses": 3**10, "errors": 0, "epsilon": 0.1, "delta": 0.05}, 133),
    ("PAC-3", {"n_hypotheses": 50, "errors": 0, "epsilon": 0.1, "delta": 0.05}, 66),
    ("TS-4", {"errors": 192, "n": 600, "delta": 0.025}, 0.3589768280676),
    ("TS-4", {"errors": 192, "n": 600, "delta": 0.5, "side": "lower"}, 0.3192671749287),
    ("TS-7", {"errors": 0, "n": 50, "delta": 0.05}, 0.05815507911697),
    ("TS-7", {"errors": 0, "n": 50, "side": "both"}, (0, 0.0711217364642)),
    ("TS-8", {"errors": 150, "n": 10000, "side": "both"}, (0.0127096736085, 0.0175787549612)),
    ("TS-8", {"errors": 150, "n": 10000}, 0.017157718182),
    ("TS-8", {"n": 10000, "side": "both"}, 0.0135810151574),
    ("TS-10", {"n": 10000, "selected_from": 1000, "side": "both"}, 0.02301807413001365),
    ("AU-30", {"errors": 0, "n": 30}, 0.09503385285530414),
    ("EV-5", {"errors": 27, "n": 164, "side": "both"}, (1 - 0.8886134049, 1 - 0.7695795843)),
    ("EV-7", {"errors_first_only": 300, "errors_second_only": 220}, 0.0005194158497),
    ("EV-10", {"errors": 2, "n": 50}, 1 - 0.8793858446),
]
"""Scenario, call, and the number that its answer names."""

NAMED = {
    "LFD-3.1": "finite_hoeffding", "LFD-3.2": "finite_hoeffding", "LFD-3.3": "finite_hoeffding",
    "TS-1": "hoeffding", "TS-3": "hoeffding_several", "TS-10": "hoeffding_several",
    "EV-7": "sign_test", "PAC-1": "clopper_pearson_several", "PAC-3": "clopper_pearson_several",
}  # fmt: skip
"""Theorems that are picked; where none is named it is the exact binomial limit, or Hoeffding's."""

VC = {"vc_dim": 10, "epsilon": 0.05, "delta": 0.05, "side": "both"}
LOOSER = [
    ("LFD-4.1", {**VC, "growth": "polynomial"}, "vapnik_chervonenkis", 452957),
    ("LFD-4.1s", VC, "vapnik_chervonenkis", 400700),
    ("LFD-2.6", {"vc_dim": 3, "epsilon": 0.1, "delta": 0.1, "growth": "polynomial-plus-one"},
     "vapnik_chervonenkis", 29300),
    ("VC-5", {**VC, "growth": "polynomial"}, "abu_mostafa_rademacher", 138886),
    ("VC-5", {**VC, "growth": "polynomial"}, "parrondo_van_den_broeck", 47830),
    ("VC-5", {**VC, "growth": "polynomial"}, "devroye", 43655),
    ("PAC-4", {"vc_dim": 3, "errors": 0, "epsilon": 0.1, "delta": 0.05},
     "mitchell_sample_size", 1899),
    ("PAC-3", {"n_hypotheses": 50, "errors": 0, "epsilon": 0.1}, "finite_realizable_linear", 70),
    ("PAC-1", {"n_hypotheses": 3**10, "errors": 0, "epsilon": 0.1}, "finite_realizable_linear",
     140),
    ("LFD-4.2", {"n": 10000, "vc_dim": 50, "growth": "polynomial"}, "devroye.gap",
     0.215228049808),
    ("PB-1", {"n": 60000, "kl": 5000, "empirical_risk": 0.02}, "pac_bayes_kl", 0.134340191672),
    ("PB-1", {"n": 60000, "kl": 5000, "empirical_risk": 0.02}, "mcallester", 0.224311647763),
]  # fmt: skip
"""Scenario, call, the theorem that its answer names and its number: it is listed, not above it."""


def said(found):
    """What the text says, on one line."""
    return " ".join(found.text.split())


@pytest.mark.parametrize(("scenario", "facts", "expected"), EQUAL)
def test_the_number_of_the_answer(scenario, facts, expected):
    found = recommend(**facts)
    assert found.number == approx(expected, rel=1e-9)
    best = found.best.bound
    name = best if isinstance(best, str) else best.name
    exact = ("clopper_pearson", "hoeffding")
    assert name.split(".")[0].removesuffix("_lower") in (NAMED.get(scenario), *exact)
    assert found.why.startswith(f"Why {name.removesuffix('.gap')}: ")
    assert said(found).startswith(found.sentence)
    assert found.why in said(found)


@pytest.mark.parametrize(("scenario", "facts", "named", "expected"), LOOSER)
def test_the_theorem_of_the_answer_or_one_that_proves_more(scenario, facts, named, expected):
    found = recommend(**facts)
    listed = numbers(found.groups[0])
    assert listed[named] == approx(expected, rel=1e-11)
    assert min(listed.values()) <= expected * (1 + 1e-9)
    first = next(iter(listed))
    assert listed[first] == min(listed.values())
    assert B[first.split(".")[0]].status == "proved"
    assert found.why in said(found)
    if not found.vacuous:
        assert first.removesuffix(".gap") in found.sentence


def test_what_is_picked_for_the_questions_on_growth_functions():
    """Devroye's bound, except with few points."""
    picked = [recommend(**facts).best for _, facts, *_ in LOOSER[:6]]
    assert {row.bound for row in picked[3:]} == {"devroye"}
    assert [row.n for row in picked[3:]] == [43655] * 3
    assert picked[0].n == 43655


def test_lfd_4_3a_five_points_say_nothing():
    """CS156 hw4 Q3: Parrondo's is the smallest of four, 5.10; every one of them is vacuous."""
    found = recommend(n=5, vc_dim=50, growth="polynomial")
    assert found.vacuous
    assert found.sentence.startswith("VACUOUS")
    four = {a.bound.name: a.raw for a in found.groups[0].answers}
    assert four["parrondo_van_den_broeck.gap"] == approx(5.10136198199, rel=1e-11)
    assert four["devroye.gap"] == approx(5.59312554318, rel=1e-11)
    assert found.best.raw <= 5.10136198199
    assert any("would say something" in x.effect for x in found.improvements)


def test_lfd_vac_a_test_set_too_small_for_its_accuracy():
    found = recommend(n=1000, epsilon=0.01, side="both")
    assert found.best.delta == approx(1.6374615061559636, rel=1e-12)
    assert found.vacuous
    assert found.number == 1
    assert found.sentence.startswith("VACUOUS: hoeffding.two_sided")
    assert "1.638, which is 1 or more" in found.sentence
    (n, reached) = [x.number for x in found.improvements]
    assert n == 18445  # ln(40) / (2 * 0.01^2) = 18444.4
    assert reached == approx((3.6888794541139363 / 2000) ** 0.5, rel=1e-12)


def test_ev_9_a_certificate_that_says_nothing():
    """A posterior too far from its prior: the empirical error was reported as the bound."""
    found = recommend(kl=2.85e6, n=1000, empirical_risk=0.597)
    assert found.vacuous
    assert found.sentence.startswith("VACUOUS")
    assert found.number == approx(1.0)
    assert said(found).startswith("VACUOUS")


def test_approximations_are_never_recommended():
    """EV-5, EV-10, AU-30: Wald's, Wilson's and Jeffreys' intervals are no guarantees."""
    found = recommend(errors=2, n=50)
    for name in ("wald", "wilson", "agresti_coull", "jeffreys"):
        assert "no guarantee" in found.not_applicable[name]
    assert recommend(errors=0, n=30).number < B["rule_of_three"](n=30, delta=0.05)


def test_every_scenario_is_answered_or_is_about_something_else():
    answered = {row[0] for row in [*EQUAL, *LOOSER]} | {"LFD-4.3a", "LFD-vac", "EV-9"}
    assert not answered & CLASSES.keys()
    assert len(answered | CLASSES.keys()) == 36
