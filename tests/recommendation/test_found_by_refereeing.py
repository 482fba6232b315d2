"""What a sceptical reader found: sides, shares of delta, promises, counts, refusals."""

import itertools
import math

import pytest
from pytest import approx
from scipy import optimize, stats

import genbounds as gb
from genbounds.recommendation import recommend

B = gb.catalogue


def upper(k, n, delta=0.05):
    return stats.beta.ppf(1 - delta, k + 1, n - k)


def chernoff(q, n, delta=0.05):
    """The p above q with n kl(q, p) = ln(1/delta), by bracketing."""

    def excess(p):
        kl = q * math.log(q / p) + (1 - q) * math.log((1 - q) / (1 - p))
        return n * kl - math.log(1 / delta)

    return optimize.brentq(excess, q, 1 - 1e-12, xtol=1e-14)


def named(found):
    return {x.what: x for x in found.improvements}


# --- what is asked for


@pytest.mark.parametrize(
    "more", [{"target": 0.05}, {"epsilon": 0.05}, {"target": 0.05, "n_hypotheses": 9}]
)
def test_no_size_is_enough_from_below_at_a_fixed_count(more):
    """The lower limit at 10 errors falls with n: 0.0502 at 110, less than 0.05 from 112 on."""
    limits = [stats.beta.ppf(0.05, 10, n - 9) for n in (100, 110, 200, 1000)]
    assert limits == sorted(limits, reverse=True)
    assert limits[1] > 0.05 > limits[2]
    with pytest.raises(ValueError, match="the lower bound falls as n grows: no n is enough"):
        recommend(errors=10, side="lower", **more)


def test_a_number_of_errors_is_no_rate():
    with pytest.raises(ValueError, match="with a number of errors give target"):
        recommend(epsilon=0.05, errors=3)
    with pytest.raises(ValueError, match="give side='upper'"):
        recommend(epsilon=0.05, errors=0, side="both")
    n = recommend(epsilon=0.05, errors=0).number
    assert n == recommend(target=0.05, errors=0).number == math.ceil(math.log(0.05, 0.95))


def test_two_models_out_of_many():
    with pytest.raises(ValueError, match="selected from 20 on it, divide delta by the number of"):
        recommend(n=1000, errors_first_only=10, errors_second_only=25, selected_from=20)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"natarajan_dim": 5, "n": 1000}, "n_classes"),
        ({"natarajan_dim": 5, "n": 1000, "errors": 9}, "n_classes"),
        ({"natarajan_dim": 5, "epsilon": 0.1}, "n_classes"),
        ({"vc_dim": 5, "n_classes": 3, "n": 1000, "errors": 9}, "natarajan_dim"),
    ],
)
def test_a_refusal_names_the_one_fact_that_is_missing_first(facts, missing):
    with pytest.raises(ValueError, match=f"no theorem applies: {missing} would open natarajan;"):
        recommend(**facts)
    whole = {"n_classes": 3, "natarajan_dim": 5} | facts
    whole.pop("vc_dim", None)
    assert recommend(**whole).groups


# --- who shares delta


def test_the_best_of_several_pays_for_each_also_where_it_is_counted():
    facts = {"n": 1000, "selected_from": 20, "test_set": True}
    rate = named(recommend(**facts, empirical_risk=0.03))["errors instead of empirical_risk"]
    assert rate.number == approx(upper(30, 1000, 0.05 / 20), rel=1e-9)
    assert "clopper_pearson_several" in rate.effect
    assert recommend(**facts, errors=30).number == approx(rate.number, rel=1e-12)
    unknown = named(recommend(**facts))["the number of errors"]
    assert unknown.number == approx(1 - (0.05 / 20) ** (1 / 1000), rel=1e-9)
    size = named(recommend(n=1000, n_hypotheses=20, test_set=True))["the number of errors"]
    assert size.number == approx(1 - 0.05 ** (1 / 1000), rel=1e-9)


def test_the_one_theorem_that_answers_pays_for_those_on_clean_samples():
    facts = {"n": 10**6, "margin": 0.3, "n_hypotheses": 50}
    found = recommend(**facts, margin_risk=0.01).groups[0]
    assert len(found.answers) == 1
    assert found.events == recommend(**facts, margin_risk=0).groups[0].events == 3
    name = found.best.bound.name
    assert found.number == B[name](**facts, margin_risk=0.01, delta=0.05 / 3) > found.best.raw
    assert f"By {name}, with delta/3: the rest of delta is kept" in found.sentence


def test_chernoff_is_not_paid_beside_the_rule_of_three():
    """1 - delta^(1/n) <= ln(1/delta)/n, as 1 - exp(-x) <= x."""
    for n, delta in itertools.product((1, 3, 50, 10**6), (1e-9, 0.05, 0.5)):
        exact = B["chernoff"](empirical_risk=0, n=n, delta=delta)
        assert exact == approx(-math.expm1(math.log(delta) / n), rel=1e-12)
        assert exact <= B["rule_of_three"](n=n, delta=delta)
    found = recommend(n=1000, empirical_risk=0.1)
    assert found.groups[0].events == 1
    assert found.number == approx(chernoff(0.1, 1000), rel=1e-9)
    several = recommend(n=1000, empirical_risk=0.1, n_hypotheses=30)
    assert several.number == approx(chernoff(0.1, 1000, 0.05 / 30), rel=1e-9)


KNOWN = [
    {"n": 500},
    {"n": 500, "vc_dim": 3},
    {"n": 500, "n_hypotheses": 40},
    {"n": 500, "bits": 20},
    {"n": 500, "natarajan_dim": 3, "n_classes": 4},
    {"n": 500, "vc_dim": 3, "n_hypotheses": 40, "bits": 9},
    {"n": 500, "vc_dim": 700},
    {"n": 2, "vc_dim": 3},
    {"n": 500, "kl": 3, "trade_off": 0.5},
    {"n": 500, "variance": 0.1},
    {"n": 500, "pseudo_dim": 4},
    {"n": 500, "empirical_rademacher": gb.Estimate(0.01, 0.02, 0.01, "drawn")},
]
MARGINS = [
    {"n": 500, "margin": 0.3, "n_hypotheses": 50},
    {"n": 500, "margin": 0.3, "vc_dim": 3},
    {"n": 500, "margin": 0.3, "weight_bound": 1, "radius": 1},
    {"n": 10**6, "margin": 0.3, "fat_dim": 9},
]


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: ",".join(known))
@pytest.mark.parametrize("name", ["errors", "empirical_risk"])
@pytest.mark.parametrize("side", ["upper", "lower", "both"])
def test_who_shares_delta_does_not_depend_on_what_is_seen(known, name, side):
    n = known["n"]
    counts = [k for k in (0, 1, n // 7, n // 2, n) if k <= n]
    rates = [k if name == "errors" else k / n for k in counts]
    shares = []
    for rate in rates:
        try:
            groups = recommend(**known, **{name: rate}, side=side).groups
        except ValueError:  # nothing answers
            groups = []
        shares.append([(g.topic.key, g.events, g.reason == "free") for g in groups])
    assert all(share == shares[0] for share in shares)
    assert shares[0] or side == "lower"


@pytest.mark.parametrize("known", MARGINS, ids=lambda known: ",".join(known))
def test_who_shares_delta_does_not_depend_on_the_margins(known):
    shares = {recommend(**known, margin_risk=q).groups[0].events for q in (0, 0.01, 0.4, 1)}
    assert len(shares) == 1


@pytest.mark.parametrize("variance", [0, 1e-9, 0.1, 0.25])
def test_nor_on_the_variance_that_is_seen(variance):
    first, second = (
        recommend(n=500, empirical_risk=0.3, sample_variance=v).groups[0] for v in (variance, 0.2)
    )
    assert first.events == second.events == 2


def test_losses_are_losses_also_where_all_are_0_or_1():
    coarse, fine = [0, 1, 0, 0] * 30, [0, 1, 0, 0.25] * 30
    first, second = (recommend(losses=losses).groups[0] for losses in (coarse, fine))
    assert first.events == second.events
    assert {a.bound.name for a in first.answers} == {a.bound.name for a in second.answers}
    exact = named(recommend(losses=coarse))["errors and n instead of losses"]
    assert exact.number == approx(upper(30, 120), rel=1e-9)
    assert "errors and n instead of losses" not in named(recommend(losses=fine))


# --- what would help


FACTS = [
    {"n": 1000, "empirical_risk": 0.1},
    {"n": 1000},
    {"n": 1000, "empirical_risk": 0.1, "vc_dim": 5},
    {"n": 1000, "errors": 30, "vc_dim": 3},
    {"n": 1000, "errors": 0, "vc_dim": 10},
    {"n": 100, "errors": 30, "vc_dim": 30},
    {"n": 1000, "errors": 30, "n_hypotheses": 1000},
    {"n": 1000, "empirical_risk": 0.03, "n_hypotheses": 1000},
    {"n": 1000, "errors": 30, "bits": 50},
    {"n": 5000, "natarajan_dim": 3, "n_classes": 4, "errors": 90},
    {"n": 60000, "empirical_risk": 0.02, "kl": 5000},
    {"n": 10**6, "margin": 0.3, "n_hypotheses": 50, "margin_risk": 0.01},
    {"n": 1000, "empirical_risk": 0.1, "n_hypotheses": 1, "test_set": True, "selected_from": 7},
    {"n": 2000, "vc_dim": 4},
    {"n": 2000, "empirical_rademacher": 0.05, "empirical_risk": 0.1},
]


@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: ",".join(facts))
def test_what_is_promised_of_a_fact_is_what_it_gives(facts):
    """With the fact at the level that is named the claim is really smaller, or below 1/2."""
    found = recommend(**facts)
    offered = {x.what: x.number for x in found.improvements if x.what in gb.variables.VARIABLES}
    for fact, level in offered.items():
        whole = gb.variables.VARIABLES[fact].kind == "integer"
        then = recommend(**facts, **{fact: int(level) if whole else level})
        assert then.number < (0.5 if found.vacuous else found.number), fact


def test_some_facts_are_promised():
    found = recommend(n=1000, empirical_risk=0.1)
    assert {"variance", "sample_variance"} <= named(found).keys()
    assert named(found)["variance"].number < 0.1193
    assert "vc_dim" in named(recommend(n=1000, errors=30, bits=50))


def test_the_size_for_an_accuracy_is_the_least_over_all_theorems():
    found = recommend(epsilon=0.05, vc_dim=10, n=1000)
    size, reached = (x.number for x in found.improvements)
    theorems = [row.bound for row in found.groups[0].rows]

    def gaps(n):
        return min(B[name].gap(n=n, vc_dim=10, delta=0.05) for name in theorems)

    assert gaps(size) <= 0.05 < gaps(size - 1)
    assert size == 40316
    assert reached == gaps(1000)


def test_sizes_say_their_counts():
    (few,) = [recommend(target=0.05, empirical_risk=0.01)]
    assert few.number == 59
    assert few.sentence.endswith("is 0.01, that is at most 0 errors.")
    more = recommend(target=0.1, empirical_risk=0.06)
    k = math.floor(0.06 * more.number + 1e-9)
    assert upper(k, more.number) <= 0.1
    assert more.sentence.endswith(f"that is at most {k} errors.")
    helps = named(recommend(n=1003, errors=31, vc_dim=3))
    beside = helps["a test set of 200"]
    assert "with at most 7 errors on it" in beside.effect  # ceil(200 * 31 / 1003)
    assert beside.number == approx(upper(7, 200), rel=1e-9)


# --- ghosts


def test_the_number_of_ghosts_is_set_by_a_rule():
    found = recommend(n=1217, errors=0, vc_dim=10)
    group = found.groups[0]
    values = {a.bound.name: a.raw for a in group.answers}
    known = {"n": 1217, "vc_dim": 10}
    assert values["double_sample"] == B["double_sample"](**known, n_ghost=1217, delta=0.05)
    assert values["leboeuf_hypergeometric"] == B["leboeuf_hypergeometric"](
        **known, errors=0, n_ghost=4868, delta=0.05
    )
    share = 0.05 / group.events
    assert found.number == B["double_sample"](**known, n_ghost=1217, delta=share) < 0.06
    assert "4 n for leboeuf_hypergeometric and n for double_sample" in found.notes[-1]
    assert recommend(**known, errors=7).groups[0].events == group.events
    mine = recommend(**known, errors=0, n_ghost=67)
    assert not mine.notes
    answers = {a.bound.name: a.raw for a in mine.groups[0].answers}
    assert answers["double_sample"] == B["double_sample"](**known, n_ghost=67, delta=0.05)


def test_a_size_says_for_how_many_ghosts_it_is():
    found = recommend(target=0.05, errors=0, vc_dim=10)
    n = found.number
    assert f"{n} observations are enough, by double_sample with 67 ghosts:" in found.sentence
    values = [B["double_sample"](n=m, n_ghost=67, vc_dim=10, delta=0.05) for m in (n, n - 1)]
    assert values[0] <= 0.05 < values[1]


def test_more_data_has_more_ghosts():
    found = recommend(n=1000, errors=30, vc_dim=3)
    share = 0.05 / found.groups[0].events

    def value(n, errors):
        facts = {"n": n, "n_ghost": 4 * n, "vc_dim": 3, "delta": share}
        return B["leboeuf_hypergeometric"](**facts, errors=errors)

    assert named(found)["2 times the data (n = 2000)"].number == value(2000, 60)
    (half,) = [x.number for x in found.improvements if "halved" in x.effect]
    goal = (found.number + 0.03) / 2
    assert value(half, half * 3 // 100) <= goal < value(half - 1, (half - 1) * 3 // 100)


def test_risk_has_the_same_rule():
    found = gb.risk(n=1217, errors=4, vc_dim=10, delta=0.05)
    values = {a.bound.name: a.raw for a in found.answers}
    expected = B["leboeuf_hypergeometric"](n=1217, errors=4, n_ghost=4868, vc_dim=10, delta=0.05)
    assert values["leboeuf_hypergeometric"] == expected
    assert any("4 n for leboeuf_hypergeometric" in note for note in found.notes)
    assert found.theorems == gb.risk(n=1217, errors=0, vc_dim=10, delta=0.05).theorems


# --- words


@pytest.mark.parametrize(
    ("side", "words"),
    [("upper", "below it"), ("lower", "above it"), ("both", "narrower")],
)
def test_the_first_is_first_from_its_side(side, words):
    found = recommend(n=1000, empirical_risk=0.1, side=side)
    assert found.groups[0].reason == "first"
    assert f"the others that apply are never {words};" in found.why


def test_a_lower_end_at_0_says_nothing():
    group = recommend(n=1000, errors=3, vc_dim=5, side="lower").groups[0]
    rows = group.table.records()
    assert any(row["bound"].endswith(".two_sided") for row in rows)
    assert all(row["vacuous"] == (row["risk >="] <= 1e-6) for row in rows)
    assert group.vacuous
    assert "is at least 0, which holds without any data" in group.sentence
    speaks = recommend(n=5000, errors=800, vc_dim=3, side="lower").groups[0]
    for row in speaks.table.records():
        assert row["vacuous"] == (row["risk >="] <= 1e-6)


def test_a_description_is_one_hypothesis_own():
    said = recommend(n=1000, errors=30, bits=50).sentence
    assert "every hypothesis of the class with these values is at most" in said
    assert "with this empirical risk" in recommend(n=1000, errors=30, vc_dim=3).sentence
