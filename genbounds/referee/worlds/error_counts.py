"""One hypothesis with 0-1 loss: what its number of errors says, whatever the law of that number."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from genbounds.generic import sqrt
from genbounds.referee.draws import Irrational, NotKnownError
from genbounds.referee.worlds.zero_one import ZeroOneDraws


class ErrorDraws(ZeroOneDraws):
    """Outcomes by (T, K) `errors` among `n` observations; exact where the `risk` is a fraction."""

    @property
    def exact(self) -> bool:
        """Whether the numbers are fractions."""
        return isinstance(self["risk"], Fraction)

    @cached_property
    def fixed_before_sample(self) -> Any:
        """(1, K) all of them: what a choice on the sample does to a theorem is to be seen."""
        return np.ones((1, np.shape(self["errors"])[1]), bool)

    def outcome(self, t: int) -> str:
        """The number of errors."""
        return f"{int(self['errors'][t, 0])} errors of {self.n}"

    @cached_property
    def sample_variance(self) -> Any:
        """(T, K) variances with denominator n - 1."""
        if np.min(self.n) < 2:
            raise NotKnownError("the sample variance needs n >= 2")
        return self.biased_variance * self.n / (self.n - 1)

    @cached_property
    def std(self) -> Any:
        """The standard deviation of the loss."""
        return Irrational(sqrt, (self.variance,)) if self.exact else np.sqrt(self.variance)


def by_errors(n: int, law: Any, **facts: Any) -> ErrorDraws:
    """Outcomes 0, 1, ..., n errors with the probabilities of `law`, exact where it is."""
    weights = np.asarray(law)
    return ErrorDraws(n, weights, errors=counts(n, exact=weights.dtype == object), **facts)


def counts(n: int, exact: bool = False) -> Any:
    """(n + 1, 1) numbers of errors 0, 1, ..., n."""
    found = [Fraction(k) if exact else k for k in range(n + 1)]
    return np.array(found, object if exact else np.int64)[:, None]


def in_kind(x: Fraction, exact: bool) -> Any:
    """The fraction itself, or its float."""
    return x if exact else float(x)


def row(n: int, exact: bool, start: int = 0) -> Any:
    """n + 1 probabilities, all of them at `start`: the law from which a recursion begins."""
    found = np.array([Fraction(0)] * (n + 1), object) if exact else np.zeros(n + 1)
    found[start] = Fraction(1) if exact else 1.0
    return found


def moved(law: Any) -> Any:
    """The law after one error more: every entry one place up, the last one lost."""
    found = np.roll(law, 1)
    found[0] = 0 * law[0]
    return found
