"""No proved theorem of the catalogue that speaks of a world fails on it, by exact probabilities."""

from fractions import Fraction

import pytest

from genbounds import catalogue
from genbounds.referee.certifying import certified_chance
from genbounds.referee.counterexamples import Counterexample
from genbounds.referee.draws import NotKnownError
from genbounds.referee.regimes import obstacles
from genbounds.referee.worlds.adaptive import BestOf
from genbounds.referee.worlds.cdf import UniformSample
from genbounds.referee.worlds.chains import Drift, StickyChain
from genbounds.referee.worlds.pairs import PairedModels
from genbounds.referee.worlds.paths import Paths
from genbounds.referee.worlds.populations import Population
from genbounds.referee.worlds.sequences import Sequences
from genbounds.referee.worlds.sums import BoundedSum, SignedSum
from tests.referee.worlds.agreement import failure, restated

PARAMETERS = {
    "stitching_ratio": 2, "stitching_exponent": 1.4, "start_time": 1, "mixture_rho": 5,
    "betting_cap": 0.9, "split_point": 0.3, "bernstein_gamma": 0.3,
}  # fmt: skip
RISKS = ("1/20", "1/5", "1/2", "19/20")
WORLDS = {
    "population": ([Population((1,) * k + ("1/2",) + (0,) * (11 - k)) for k in (0, 3, 9)]
                   + [Population((1,) * k + (0,) * (12 - k)) for k in (1, 4, 11)], 5),
    "paths": ([Paths(p, other, first=2) for p in RISKS for other in (None, "3/10")], 60),
    "sequences": ([Sequences((0, "1/2", 1), ("1/2", "1/4", "1/4")),
                   Sequences((0, "1/2", 1), (0, "1/5", "4/5")),
                   Sequences((0, 1), ("4/5", "1/5"))], 6),
    "martingale": ([Sequences((0, "1/2", 1), ("1/2", 0, "1/2"),
                              ((0, 1, 0), ("1/2", 0, "1/2"), (0, 1, 0)), watched=True)], 6),
    "best-of": ([BestOf(p, k) for p in RISKS for k in (1, 6)], 20),
    "pairs": ([PairedModels("1/20", "1/5"), PairedModels("1/2", "1/2"), PairedModels("1/3", 0)],
              20),
    "cdf": ([UniformSample(), UniformSample(5)], 10),
    "bounded": ([BoundedSum((1, 2), p) for p in RISKS], 8),
    "signed": ([SignedSum((1, 2)), SignedSum((1,))], 8),
}  # fmt: skip
HEARD = {
    "population": {"hypergeometric", "hypergeometric_lower", "serfling", "hoeffding_serfling",
                   "bernstein_serfling", "empirical_bernstein_serfling"},
    "paths": {"howard_stitched", "howard_stitched_rounded", "normal_mixture", "hoeffding_every_n",
              "howard_stitched_boundary", "sequential_probability_ratio"},
    "sequences": {"betting", "betting_lower", "hoeffding", "chernoff", "maurer_pontil", "bernstein",
                  "clopper_pearson", "rule_of_three"},
    "martingale": {"betting_every_n", "betting_every_n_lower", "hoeffding_every_n"},
    "best-of": {"clopper_pearson_several", "clopper_pearson_several_lower", "hoeffding_several"},
    "pairs": {"risk_difference", "risk_difference_lower", "conditional_difference",
              "conditional_difference_lower"},
    "cdf": {"dvoretzky_kiefer_wolfowitz"},
    "bounded": {"mcdiarmid"},
    "signed": {"azuma"},
}  # fmt: skip


def speaks_of(theorem, world):
    """Whether the claim is about such a world, and is a number with a probability."""
    claim = theorem.claim
    sided = claim.form == "value" and claim.side != "equal"
    proved = claim.surely == "probability" and theorem.status == "proved"
    return sided and proved and not obstacles(theorem, world)


@pytest.mark.parametrize("regime", WORLDS)
def test_no_theorem_fails(regime):
    worlds, n = WORLDS[regime]
    heard = set()
    for world in worlds:
        draws = world.outcomes(n).knowing(**PARAMETERS)
        for name in catalogue:
            if not speaks_of(catalogue[name], world):
                continue
            try:
                chances = [failure(catalogue[name], draws, delta) for delta in (0.05, 0.4)]
            except NotKnownError:
                continue
            heard.add(name)
            assert chances[0] <= 0.05 + 1e-12, (name, world)
            assert chances[1] <= 0.4 + 1e-12, (name, world)
    assert heard >= HEARD[regime]


def test_what_a_theorem_is_silent_about():
    several, one = catalogue["clopper_pearson_several"], catalogue["clopper_pearson"]
    assert obstacles(several, BestOf("1/2", 3)) == ()
    assert obstacles(one, BestOf("1/2", 3)) == ("scope", "independent_test_set")
    assert obstacles(one, StickyChain("1/2", "1/2")) == ("data",)
    assert obstacles(one, Paths("1/2")) == ("time",)
    assert obstacles(one, Population((0, "1/2"))) == ("data", "loss")
    assert obstacles(one, PairedModels(0, 0)) == ()
    ratio, boundary = (
        catalogue["sequential_probability_ratio"],
        catalogue["howard_stitched_boundary"],
    )
    assert obstacles(ratio, Paths("1/2")) == ("simple_hypotheses",)
    assert obstacles(boundary, Paths("1/2", alternative="1/3")) == ("sub_gamma_increments",)


FIRST, SECOND = catalogue["clopper_pearson"], catalogue["hoeffding"]
MISUSED = {
    "peeking": (restated(FIRST, time="every_n"), Paths("1/2"), 5, "3/10", Fraction(5, 16)),
    "best of two": (restated(FIRST, scope="several_hypotheses"), BestOf("3/4", 2), 1, "3/10",
                    Fraction(7, 16)),
    "equal losses": (restated(FIRST, data="mixing"), StickyChain("1/5", 1), 10, "3/10",
                     Fraction(4, 5)),
    "last of two": (restated(SECOND, data="independent"), Drift((0, 1), last=True), 2, "3/10",
                    Fraction(0)),
    "last of eight": (restated(SECOND, data="independent"), Drift((0, 1), last=True), 8, "3/10",
                      Fraction(1)),
    "two increments": (restated(catalogue["mcdiarmid"], data="martingale"), SignedSum((1,)), 2,
                       "1/10", Fraction(1, 4)),
}  # fmt: skip


@pytest.mark.parametrize("name", MISUSED)
def test_misuse_is_certified(name):
    """Exact probabilities that the claim fails, each a few lines by hand.

    Drift: half of the losses are errors, and the truth is 1; the radius is sqrt(ln(10/3)/(2 n)),
    over 1/2 for n = 2 and below it for n = 8. Two fair signs add up to 2 with probability 1/4, and
    2 is beyond sqrt(ln 10) = 1.5.
    """
    theorem, world, n, delta, chance = MISUSED[name]
    assert set(obstacles(theorem, world)) <= {"independent_test_set", "data"}
    assert certified_chance(theorem, world, n, delta, {}) == chance


def test_a_counterexample_in_words():
    theorem, world, n, delta, chance = MISUSED["best of two"]
    found = Counterexample(theorem, world, n, Fraction(delta), chance, {})
    assert "2 models that err independently of each other with probability 3/4" in str(found)
    assert "0 errors of 1: probability 7/16: the truth is 0.75, the bound says 0.7" in str(found)


def test_every_world_tells_its_numbers():
    said = {
        Paths("1/7", "2/7", 3, 4): ("1/7", "2/7", "n = 3, 7, 11"),
        BestOf("1/7", 12): ("1/7", "12"),
        StickyChain("1/7", "2/7"): ("1/7", "2/7"),
        Drift(("1/7", "2/7"), last=True): ("1/7, 2/7", "last"),
        PairedModels("1/7", "2/7"): ("1/7", "2/7"),
        Sequences((0, "1/2", 1), ("1/7", 0, "6/7")): ("1/2: 0", "1: 6/7"),
        UniformSample(13): ("13",),
        BoundedSum((1, "3/2"), "1/7"): ("1, 3/2", "1/7"),
        SignedSum((1, "3/2")): ("1, 3/2", "sign"),
    }
    for world, numbers in said.items():
        assert all(number in world.sentence for number in numbers), world.sentence


def test_outcomes_in_words():
    assert PairedModels("1/3", "1/3").outcomes(2).outcome(5) == (
        "only the first errs on 2, only the second on 0 of 2 points"
    )
    assert Sequences((0, "1/2"), ("1/2", "1/2")).outcomes(2).outcome(1) == "losses 0 0.5"
    assert Paths("1/2").outcomes(3).outcome(2) == "2 errors at the time of the look"
