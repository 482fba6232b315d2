"""Worlds of posteriors: facts against loops, and every PAC-Bayes theorem that holds in them."""

import math
from fractions import Fraction
from itertools import product
from statistics import variance

import mpmath
import numpy as np
import pytest

from genbounds import catalogue
from genbounds.referee.entrywise import values
from genbounds.referee.parameters import PARAMETERS
from genbounds.referee.readings import chance_beyond, ratios
from genbounds.referee.regimes import obstacles
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.drawn import DrawnHypothesis, drawn_worlds
from genbounds.referee.worlds.drawn_weights import drawn_weight_worlds
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.noisy_weights import NoisyWeights, noisy_worlds
from genbounds.referee.worlds.posteriors import Posteriors, posterior_worlds
from genbounds.referee.worlds.priors import (
    PrivatePrior,
    SeveralPriors,
    private_worlds,
    several_prior_worlds,
)
from genbounds.referee.worlds.watched import watched_worlds
from genbounds.variables import VARIABLES
from tests.referee.worlds.agreement import agrees

F = Fraction
THREE_VALUES = FiniteWorld(
    law=("1/5", "1/2", "3/10"), losses=((0, "1/2", 1), (1, "1/4", 0)), prior=("1/4", "3/4")
)

COIN = FiniteWorld(("1/2", "1/2"), ((1, 0),))
RIGHT_ON_ONE = FiniteWorld(
    ("1/6",) * 6, tuple(tuple(int(i != j) for i in range(6)) for j in range(6))
)
COIN_OR_NOTHING = FiniteWorld(("51/100", "49/100"), ((1, 0), (0, 0)), prior=("9/10", "1/10"))

SPECIAL = {
    "dziugaite_roy": several_prior_worlds, "dziugaite_roy_excess": several_prior_worlds,
    "dziugaite_roy_private": private_worlds, "langford_shawe_taylor": noisy_worlds,
    "mcallester_dropout": noisy_worlds, "rivasplata_gaussian": drawn_weight_worlds,
    "viallard_gaussian": drawn_weight_worlds,
}  # fmt: skip


def loops(world, n):
    """Every sequence of n cells with its probability, in fractions."""
    for cells in product(range(len(world.law)), repeat=n):
        yield cells, math.prod((world.law[c] for c in cells), start=F(1))


def row_of(draws, cells):
    """The index of the outcome with these cells."""
    counts = [cells.count(c) for c in range(draws.counts.shape[1])]
    return next(t for t, row in enumerate(draws.counts.tolist()) if row == counts)


# --- facts


def test_facts_are_means_over_the_posterior_of_each_hypothesis():
    """Against statistics.variance and loops over the sample, all in fractions."""
    world, n, split = Posteriors(THREE_VALUES, resolution=4, tilts=1), 3, F(1, 3)
    draws = world.outcomes(n, exact=True).knowing(split_point=split)
    facts = {
        "empirical_risk": lambda x: sum(x) / n,
        "second_moment": lambda x: sum(v * v for v in x) / n,
        "sample_variance": variance,
        "positive_part": lambda x: sum(max(v - split, F(0)) for v in x) / n,
        "negative_part": lambda x: sum(max(split - v, F(0)) for v in x) / n,
    }
    for cells, _ in loops(THREE_VALUES, n):
        t = row_of(draws, cells)
        for p, shares in enumerate(world.posteriors):
            for name, of in facts.items():
                each = [of([row[c] for c in cells]) for row in THREE_VALUES.losses]
                wanted = sum(q * x for q, x in zip(shares, each, strict=True))
                assert draws[name][t, p] == wanted, (name, cells, shares)


def test_truths_are_means_over_the_posterior():
    world = Posteriors(THREE_VALUES, resolution=3)
    draws, law = world.outcomes(2, exact=True), THREE_VALUES.law
    for p, shares in enumerate(world.posteriors):
        means = [sum(a * x for a, x in zip(law, row, strict=True)) for row in THREE_VALUES.losses]
        spreads = [
            sum(a * (x - m) ** 2 for a, x in zip(law, row, strict=True))
            for row, m in zip(THREE_VALUES.losses, means, strict=True)
        ]
        for name, each in (("risk", means), ("variance", spreads)):
            assert draws[name][0, p] == sum(q * x for q, x in zip(shares, each, strict=True))
    assert sum(draws.weights) == 1


def test_divergences_agree_with_mpmath():
    world, order = Posteriors(THREE_VALUES, resolution=5, tilts=2), 3
    draws = world.outcomes(1).knowing(renyi_order=order)
    with mpmath.workdps(40):
        for i, shares in enumerate(world.posteriors):
            both = zip(shares, world.prior, strict=True)
            pairs = [(as_mpf(q), as_mpf(p)) for q, p in both if q]
            kl = mpmath.fsum(q * mpmath.log(q / p) for q, p in pairs)
            renyi = mpmath.log(mpmath.fsum(q**order / p ** (order - 1) for q, p in pairs)) / 2
            chi2 = mpmath.fsum(q**2 / p for q, p in pairs) - 1
            for name, wanted in (("kl", kl), ("renyi", renyi), ("chi2", chi2)):
                assert draws[name][0, i] == pytest.approx(float(wanted), rel=1e-13, abs=1e-15)


def as_mpf(x):
    return mpmath.mpf(x.numerator) / x.denominator


def test_mass_outside_of_the_prior_costs_infinitely_much():
    world = FiniteWorld(("1/2", "1/2"), ((1, 0), (0, 1)), prior=(1, 0))
    draws = Posteriors(world).outcomes(1)
    assert draws["kl"].tolist() == draws["chi2"].tolist() == [[0.0, math.inf]]
    assert draws["renyi"].tolist() == [[0.0, math.inf]]


def test_floats_are_the_fractions():
    world = Posteriors(THREE_VALUES, resolution=6, tilts=2)
    exact, plain = (world.outcomes(3, e).knowing(split_point=F(1, 2)) for e in (True, False))
    for name in ("empirical_risk", "risk", "gap", "variance", "kl", "renyi", "negative_part"):
        assert exact[name].astype(float) == pytest.approx(plain[name], rel=1e-13, abs=1e-15)
    assert exact.weights.astype(float) == pytest.approx(plain.weights, rel=1e-12)


def test_another_law_on_the_same_outcomes():
    law = ("1/10", "1/10", "4/5")
    other = FiniteWorld(law, THREE_VALUES.losses, prior=THREE_VALUES.prior)
    moved = Posteriors(THREE_VALUES, 3).outcomes(4).under(np.array([0.1, 0.1, 0.8]))
    fresh = Posteriors(other, 3).outcomes(4)
    for name in ("risk", "gap", "variance", "weights", "kl"):
        assert moved[name] == pytest.approx(fresh[name], rel=1e-13, abs=1e-16), name


def test_choices_cross_the_posteriors():
    world = Posteriors(THREE_VALUES, choices=(("catoni_c", (1, "1/2")), ("trade_off", (1,))))
    draws = world.outcomes(2)
    assert draws["catoni_c"].tolist() == [[1.0, 0.5] * 3]
    assert draws["n_candidates"] == 2
    assert draws["risk"].shape == draws["kl"].shape == (1, 6)
    assert world_of(world.to_dict()) == world


def test_the_halved_priors_hold_every_gibbs_posterior_within_a_factor():
    """Halving k times comes within sqrt 2 of any weight from 1 to 2^-(k + 1/2)."""
    world = Posteriors(THREE_VALUES, tilts=3)
    for slope in (0.1, 0.7, 2.0):
        gibbs = np.array([0.25, 0.75 * math.exp(-slope)])
        odds = gibbs[0] / gibbs[1]
        near = [float(q[0] / q[1]) for q in world.posteriors if q[1] > 0]
        assert min(abs(math.log(odds / x)) for x in near if x > 0) <= math.log(2) / 2 + 1e-12


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Posteriors(THREE_VALUES, resolution=0, tilts=-1), ("resolution", "tilts")),
        (lambda: Posteriors(THREE_VALUES, listed=((1, 1),)), ("listed",)),
        (lambda: Posteriors(THREE_VALUES, tilts=20_000), ("over 20000",)),
        (lambda: DrawnHypothesis(COIN, "greedy", 0, 0), ("rule", "strength", "denominator")),
        (lambda: PrivatePrior(Posteriors(THREE_VALUES), "1/2"), ("base",)),
        (lambda: SeveralPriors(Posteriors(THREE_VALUES), 1), ("concentrated",)),
        (lambda: NoisyWeights((1,), (0, 1), directions=0, lengths=()),
         ("angles", "directions", "lengths")),
    ],
)  # fmt: skip
def test_faults_are_named(make, words):
    with pytest.raises(ValueError, match=".*".join(words)):
        make()


# --- theorems hold


SERVED = [
    name for name, b in catalogue.items() if b.claim.scope in ("every_posterior", "posterior_draw")
]


@pytest.mark.parametrize("name", SERVED)
@pytest.mark.parametrize("delta", [0.02, 0.3])
def test_no_theorem_fails(name, delta):
    theorem = catalogue[name]
    makers = SPECIAL.get(name, posterior_worlds)
    drawn = theorem.claim.scope == "posterior_draw" and name not in SPECIAL
    tested = 0
    for world, n in drawn_worlds(delta) if drawn else makers():
        if "n >= 2" in theorem.needs and n < 2:
            continue
        draws = world.outcomes(n)
        for known in settings(theorem, draws):
            told = draws.knowing(**known)
            facts = {a: delta if a == "delta" else told[a] for a in theorem.arguments}
            if name == "langford_shawe_taylor":
                found = (told["risk"] - 1e-12 > values(theorem, facts)) * 2.0
            else:
                found = ratios(theorem, told, delta)
            assert chance_beyond(theorem, told, found) <= delta, (world, n, known)
            tested += 1
    assert tested > 10 or name == "langford_shawe_taylor"


def settings(theorem, draws):
    """Every combination of the parameters that the world does not know itself."""
    names = [
        a for a in theorem.arguments
        if a in PARAMETERS and a not in ("prior_index", "weight_scale")
    ]  # fmt: skip
    for chosen in product(*(PARAMETERS[a] for a in names)):
        known = dict(zip(names, map(float, chosen), strict=True))
        if "n_candidates" in known:
            known["n_candidates"] = int(known["n_candidates"])
        yield known


@pytest.mark.parametrize("name", ["coin_betting_kl", "coin_betting_kl_lower", "chugg"])
@pytest.mark.parametrize("delta", [0.05, 0.5])
def test_no_theorem_for_every_n_fails(name, delta):
    theorem = catalogue[name]
    sign = -1 if theorem.claim.side == "lower" else 1
    for world, n in watched_worlds():
        for known in ({}, {"inverse_temperature": 0.3}):
            draws = world.outcomes(n).knowing(**known)
            facts = {a: delta if a == "delta" else draws[a] for a in theorem.arguments}
            beyond = sign * (draws[theorem.claim.quantity] - values(theorem, facts)) > 1e-12
            assert draws.chance(np.broadcast_to(beyond, (len(draws.cells), draws.n.size))) <= delta


def test_every_theorem_has_a_world_of_its_regime():
    """Each is tested where its conditions hold."""
    made = [
        next(make())[0]
        for make in (posterior_worlds, several_prior_worlds, private_worlds, noisy_worlds,
                     watched_worlds, drawn_weight_worlds, lambda: drawn_worlds(0.1))
    ]  # fmt: skip
    for name in SERVED:
        theorem = catalogue[name]
        assert any(not obstacles(theorem, w) and serves(theorem, w) for w in made), name


def serves(theorem, world):
    """Whether the world knows all that the theorem takes."""
    draws = world.outcomes(2)
    known = next(settings(theorem, draws))
    return all(a == "delta" or hasattr(draws.knowing(**known), a) for a in theorem.arguments)


def test_parameters_are_in_their_ranges_and_complete():
    for name, tried in PARAMETERS.items():
        assert all(VARIABLES[name].contains(float(x)) for x in tried), name
        assert len(set(tried)) == len(tried)
    fixed = {name for b in catalogue.values() for name in b.fixed}
    assert fixed <= set(PARAMETERS)


@pytest.mark.parametrize(
    "world", [Posteriors(RIGHT_ON_ONE), DrawnHypothesis(RIGHT_ON_ONE, strength="1/5")]
)
def test_sampled_outcomes_are_those_that_are_listed(world):
    """A frequency in 20 000 samples against the exact probability; a false alarm has 2e-11."""
    trials = 20_000
    sampled, listed = world.draw(3, trials, np.random.default_rng(5)), world.outcomes(3)
    hit = [(draws["gap"] > 0.4).any(axis=1, keepdims=True) for draws in (sampled, listed)]
    assert agrees(
        round(float(sampled.chance(hit[0])) * trials), trials, float(listed.chance(hit[1]))
    )
    if isinstance(world, DrawnHypothesis):
        assert sampled["posterior"].sum(axis=1) == pytest.approx(1)
