"""Looking at the data as they come: one hypothesis whose errors are counted at every time.

The instances of a claim are the times of the looks. Exact outcomes are the nodes of a lattice, the
numbers of errors 0, ..., n at each time; the probability that a path ever meets one of some nodes
is a recursion over time that stops the paths that have met one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from genbounds.generic import log
from genbounds.referee.draws import Irrational, NotKnownError
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.error_counts import ErrorDraws, counts, in_kind, moved, row
from genbounds.referee.worlds.parameters import chance, count, settle


@dataclass(frozen=True)
class Paths(World):
    """Independent losses that err with probability `risk`, watched from `first` on, every `step`.

    A sample of size n is a path up to time n, the horizon. The monitored sum (`threshold`) is the
    risk times n less the errors, in the intrinsic time n/4 with scale 0; with an `alternative` risk
    it is the log likelihood ratio of the alternative to the true risk.

    >>> draws = Paths(risk="1/2").outcomes(2, exact=True)
    >>> draws.chance(draws.errors == draws.n)  # errors only, at time 1 or at time 2
    Fraction(1, 2)
    """

    title = "paths"
    demands: ClassVar[dict[str, str]] = {"time": "every_n", "loss": "zero_one"}
    """The fields of a claim that a theorem must have to speak of this world."""
    risk: Any
    alternative: Any = None
    first: int = 1
    step: int = 1

    def __post_init__(self) -> None:
        readers = {"risk": chance, "first": count, "step": count}
        if self.alternative is not None:
            readers["alternative"] = chance
        settle(self, **readers)

    @property
    def breaks(self) -> tuple[str, ...]:
        """Conditions that do not hold for what is monitored."""
        return ("simple_hypotheses" if self.alternative is None else "sub_gamma_increments",)

    @property
    def sentence(self) -> str:
        """The world in numbers."""
        more = "" if self.alternative is None else f", the alternative is {self.alternative}"
        times = f"n = {self.first}, {self.first + self.step}, {self.first + 2 * self.step}, ..."
        return f"independent losses that err with probability {self.risk}, seen at {times}{more}"

    def looks(self, n: int) -> range:
        """The times of the looks, up to the horizon n."""
        if count("n", n) < self.first:
            raise ValueError(f"n must be at least {self.first}, when the first look is, got {n}")
        return range(self.first, n + 1, self.step)

    def outcomes(self, n: int, exact: bool = False) -> LatticeDraws:
        """(n + 1, looks) nodes; above the time, where no path goes, the errors are the time's."""
        times = np.array(self.looks(n))[None, :]
        errors = np.minimum(counts(n), times)
        if exact:
            errors, times = _fractions(errors), times.astype(object)
        return LatticeDraws(times, None, errors=errors, **self._facts(exact))

    def draw(self, n: int, trials: int, rng: Any) -> PathDraws:
        """(trials, looks) numbers of errors along `trials` paths."""
        times = np.array(self.looks(n))
        errors = np.cumsum(rng.random((trials, n)) < float(self.risk), axis=1)[:, times - 1]
        return PathDraws(times[None, :], None, errors=errors, **self._facts(False))

    def _facts(self, exact: bool) -> dict[str, Any]:
        found = {"risk": in_kind(self.risk, exact)}
        if self.alternative is not None:
            found["alternative_risk"] = in_kind(self.alternative, exact)
        return found


class PathDraws(ErrorDraws):
    """Errors along paths: (T, K) at K times, the array `n`."""

    gamma_scale: Any = 0

    @cached_property
    def intrinsic_time(self) -> Any:
        """(1, K) accumulated variance proxies, 1/4 for each loss."""
        return self.n * (Fraction(1, 4) if self.exact else 0.25)

    @cached_property
    def threshold(self) -> Any:
        """(T, K) what is monitored: the centred sum, or the log likelihood ratio."""
        if "alternative_risk" in self.__dict__:
            return self._log_ratios()
        return self["risk"] * self.n - self["errors"]

    def _log_ratios(self) -> Any:
        p, q, shape = self["risk"], self["alternative_risk"], np.shape(self["errors"])
        if not 0 < p < 1 or not 0 < q < 1:
            raise NotKnownError("the likelihood ratio needs both risks strictly between 0 and 1")
        if not self.exact:
            right = self.n - self["errors"]
            return self["errors"] * np.log(q / p) + right * np.log((1 - q) / (1 - p))
        found = np.empty(shape, object)
        for t, k in np.ndindex(shape):
            errors, time = int(self["errors"][t, k]), int(self.n[0, k])
            ratio = (q / p) ** errors * ((1 - q) / (1 - p)) ** (time - errors)
            found[t, k] = Irrational(log, (ratio,))
        return found


class LatticeDraws(PathDraws):
    """The nodes of all paths up to the last look: row k is the node of k errors."""

    def chance(self, hit: Any) -> Any:
        """The probability that a path ever meets a node that is hit."""
        found = np.asarray(hit, bool)
        if found.shape != self["errors"].shape:
            raise NotKnownError(
                "a path meets nodes over time: here a claim is about every n, or about n alone on "
                "a path with a single look"
            )
        return self._met(found)

    def outcome(self, t: int) -> str:
        """A row of nodes."""
        return f"{t} errors at the time of the look"

    def _met(self, hit: Any) -> Any:
        looks = {int(time): k for k, time in enumerate(self.n[0])}
        p, law = self["risk"], row(len(hit) - 1, self.exact)
        total = 0 * p
        for time in range(1, len(hit)):
            law = (1 - p) * law + moved(p * law)
            if time in looks:
                caught = hit[:, looks[time]]
                total = total + law[caught].sum()
                law[caught] = 0 * p
        return total


def _fractions(values: Any) -> Any:
    return np.vectorize(lambda x: Fraction(int(x)), otypes=[object])(values)
