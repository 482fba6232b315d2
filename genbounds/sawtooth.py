"""The least n from which a bound on floor(r n) errors stays at or below its goal.

With n the count jumps, so the bound is a saw: within a block of constant count its first n is the
worst. Chernoff's bound, which no block exceeds, certifies all n from some size on; from there the
blocks are walked down to the last that fails.
"""

import math
from fractions import Fraction

from genbounds.generic import load_backend
from genbounds.problems import LARGEST, NoSolutionError, Problem
from genbounds.roots import least_reached

_CHUNK = 512
_DOUBT = 1e-9
_PROBE = 2**20
_MOST_BLOCKS = 10**8


def least_n_at_rate(problem: Problem) -> int:
    """The least n whose successors all reach the target, the errors being floor(rate n)."""
    rate, target = problem.rate, float(problem.level)
    if rate is None or problem.side.sign < 0:
        raise ValueError("an error rate in place of a count serves upper bounds only")
    if not rate < Fraction(str(problem.level)):
        raise NoSolutionError(
            f"{problem.bound.name} stays above the error rate {float(rate):g}: "
            f"no n brings it to {target:g}",
            float(rate),
        )
    if target >= 1:
        return 1
    cost = _cost(problem)
    if rate == 0:
        return _least_in_block(problem, 1, LARGEST)
    block = _last_failing_block(problem, rate, target, cost)
    if block < 0:
        return 1
    return _least_in_block(problem, max(1, math.ceil(block / rate)), math.ceil((block + 1) / rate))


def _cost(problem: Problem) -> float:
    """ln(1/delta) and all that is added to it: a binomial bound at no errors is 1 - e^(-cost/n)."""
    facts, side = problem.settled.facts, problem.side
    found = [
        -n * math.log1p(-float(side.measure(problem.settled.derive({**facts, "n": n}))))
        for n in (_PROBE, 2 * _PROBE)
    ]
    if not math.isclose(found[0], found[1], rel_tol=1e-9):
        raise ValueError(
            f"{problem.bound.name} cannot be solved for n at an error rate: give errors"
        )
    return found[0]


def _last_failing_block(problem: Problem, rate: Fraction, target: float, cost: float) -> int:
    """The largest count whose first n misses the target; -1 where none does.

    Above the n that Chernoff's bound certifies every block reaches, so the walk down is complete.
    """
    import numpy as np

    floats, arrays = load_backend("floats"), load_backend("arrays")
    certified = cost / floats.relative_entropy(float(rate), target)
    if certified * rate > _MOST_BLOCKS:
        raise NoSolutionError(f"the least n is near {certified:.3g}: too many blocks to walk")
    top = math.floor(certified * (1 + 1e-9) * rate) + 1
    p, q = rate.numerator, rate.denominator
    while top >= 0:
        counts = np.arange(max(0, top - _CHUNK + 1), top + 1)
        first = np.maximum(1, -(-counts * q // p))
        tails = arrays.binomial_log_tail(counts.astype(float), first.astype(float), target)
        for i in np.flatnonzero(tails >= -cost - _DOUBT * cost)[::-1]:
            if not problem.decide(int(first[i])):
                return int(counts[i])
        top -= _CHUNK
    return -1


def _least_in_block(problem: Problem, first: int, reached: int) -> int:
    """Within a block of constant count the bound falls with n."""
    found = least_reached(problem.excess, problem.decide, first, reached)
    if found is None:
        raise problem.impossible(reached)
    return found
