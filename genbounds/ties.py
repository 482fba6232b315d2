"""Ties that no precision settles: limits whose tail is a rational number, compared exactly.

The upper limit by a binomial tail lies above p where the tail at p is more than delta, and so does
Chernoff's limit by its bound of the tail. For rational p and delta both sides are rational, so it
is decided in integers whether a limit lies above p, below it, or at it.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

_MOST_BITS = 1 << 24  # of the numbers compared: inputs that tie share their few digits
_MOST_TERMS = 10**4

Tail = Callable[[int, int, Fraction], Fraction]


def binomial_tail(k: int, n: int, p: Fraction) -> Fraction:
    """P(Bin(n, p) <= k), by Horner's rule in integers."""
    good, bad = p.denominator - p.numerator, p.numerator
    term = whole = 1
    for i in range(1, k + 1):
        term = term * bad * (n - i + 1) // i  # C(n, i) bad^i
        whole = whole * good + term
    return Fraction(whole * good ** (n - k), p.denominator**n)


def entropy_tail(k: int, n: int, p: Fraction) -> Fraction:
    """exp(-n kl(k/n, p)), Chernoff's bound of the tail below the mean; 1 from there on."""
    if p * n <= k:
        return Fraction(1)
    below = (p * n / k) ** k if k else Fraction(1)
    return below * ((1 - p) * n / (n - k)) ** (n - k)


class Limit(NamedTuple):
    """A theorem that inverts a rational tail at delta over a number of hypotheses."""

    tail: Tail
    lower: bool = False
    needs_no_errors: bool = False

    def sign(self, facts: Mapping[str, Any], p: Fraction) -> int | None:
        """1, 0 or -1 as the limit lies above p, at it or below; None where it is not decided."""
        counts = self._counts(facts)
        if counts is None:
            return None
        k, n = counts
        level = Fraction(facts["delta"]) / Fraction(facts.get("n_hypotheses", 1))
        if not self.lower:
            return self._sign(k, n, p, level)
        found = self._sign(n - k, n, 1 - p, level)  # the limit of successes, from the other end
        return None if found is None else -found

    def _sign(self, k: int, n: int, p: Fraction, level: Fraction) -> int | None:
        if k >= n:
            return (p < 1) - (p > 1)  # the limit is 1
        if not 0 < p < 1:
            return 1 if p <= 0 else -1  # it lies between
        if k > _MOST_TERMS or n * p.denominator.bit_length() > _MOST_BITS:
            return None
        tail = self.tail(k, n, p)
        return (tail > level) - (tail < level)

    def _counts(self, facts: Mapping[str, Any]) -> tuple[int, int] | None:
        """The errors and n, where both are whole and all facts are known rationals."""
        n: Any = facts.get("n")
        risk: Any = facts.get("empirical_risk", 0)
        needed = (n, risk, facts.get("delta"), facts.get("n_hypotheses", 1))
        if not all(isinstance(x, (int, Fraction)) for x in needed) or "log_cardinality" in facts:
            return None
        k = 0 if self.needs_no_errors else facts.get("errors", risk * n)
        return (int(k), int(n)) if k == int(k) and n == int(n) else None


LIMITS = {
    "clopper_pearson": Limit(binomial_tail),
    "clopper_pearson_lower": Limit(binomial_tail, lower=True),
    "clopper_pearson_several": Limit(binomial_tail),
    "clopper_pearson_several_lower": Limit(binomial_tail, lower=True),
    "chernoff": Limit(entropy_tail),
    "chernoff_lower": Limit(entropy_tail, lower=True),
    "finite_chernoff": Limit(entropy_tail),
    "finite_chernoff_lower": Limit(entropy_tail, lower=True),
    "finite_realizable": Limit(binomial_tail, needs_no_errors=True),
}
