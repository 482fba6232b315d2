"""Realizable learning at the optimal rate (d + ln(1/delta))/n, by learners that are not plain ERM.

Empirical risk minimisation pays a logarithm that majority votes and one-inclusion graphs avoid. Two
results come with constants; the others are known up to a constant and have a rate but no number.
"""

from genbounds.claims import Claim
from genbounds.declaration import bound
from genbounds.generic import log, log_ratio

LEARNER = Claim(scope="some_learner", loss="zero_one", setting="realizable")
IN_EXPECTATION = LEARNER._replace(surely="expectation")


@bound(
    LEARNER, source="Hanneke2016, Theorem 2", entry="hanneke_error",
    given=("at_least_three_hypotheses",),
)  # fmt: skip
def hanneke(n, vc_dim, delta):
    """Hanneke's vote over consistent hypotheses of recursive subsamples: the first optimal learner.

    The constant is that of the proof (equations 9 and 10). Far larger than for a consistent
    hypothesis at any sample in practice; no claim about empirical risk minimisation.
    """
    return 1800 * (vc_dim + log_ratio(18, delta)) / (n + 1)


@bound(
    IN_EXPECTATION, source="HausslerLittlestoneWarmuth1994",
    entry="one_inclusion_expected",
)  # fmt: skip
def one_inclusion(n, vc_dim):
    """The one-inclusion graph learner, in expectation, trained on n observations.

    Its graph on n + 1 points can be oriented with out-degree at most d; by symmetry the last point
    is wrong with probability d/(n + 1). Markov's inequality is all that holds with high
    probability.
    """
    return vc_dim / (n + 1)


@bound(
    IN_EXPECTATION, source="AdenAliHogsgaardLarsenZhivotovskiy2024", status="order",
)  # fmt: skip
def majority_of_three(n, vc_dim):
    """The vote of three consistent hypotheses, each from a third of the sample, in expectation.

    With high probability the paper has a further ln ln; a preprint of 2026 removes it.
    """
    return vc_dim / n


@bound(LEARNER, source="Larsen2023", status="order")
def larsen_bagging(n, vc_dim, delta):
    """Bagging: the vote of consistent hypotheses of O(ln(n/delta)) bootstrap samples is optimal."""
    return (vc_dim + log_ratio(1, delta)) / n


@bound(LEARNER, source="Simon2015", status="order", needs=("n >= 3",))
def simon(n, vc_dim, delta):
    """The vote of three consistent hypotheses of nested samples: off by an iterated logarithm.

    In general, 2K - 1 hypotheses leave the K times iterated logarithm; K = 2 here.
    """
    return (vc_dim * log(log(n)) + log_ratio(1, delta)) / n


@bound(
    LEARNER, source="AuerOrtner2007", status="order", given=("intersection_closed",),
    needs=("vc_dim >= 1",),
)  # fmt: skip
def auer_ortner(n, vc_dim, delta):
    """The smallest consistent hypothesis (closure) of a class closed under intersections."""
    return (vc_dim * log(vc_dim) + log_ratio(1, delta)) / n
