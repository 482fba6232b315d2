"""A complexity on a sample: its number, what the number is, and how sure it is."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from genbounds import __version__
from genbounds.classes.base import Bracket
from genbounds.estimates import Estimate
from genbounds.rendering import Report, Shown

SHARE = 10
"""In a bound at level delta, an estimate that was drawn takes delta / 10 for its own error."""

_FUNCTIONS = {
    "labels": "labels +-1",
    "zero-one": "labels 0 and 1",
    "losses": "losses",
    "scores": "real scores",
}


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How far a mean of draws can lie from its expectation, from the class on the sample alone.

    `widths` is the 2-norm of the widths max_h h(x_i) - min_h h(x_i); `norm` is the largest 2-norm
    of a function on the sample, centred at the midranges.
    """

    widths: float
    norm: float
    normal: bool = False

    def above(self, draws: int, delta: float) -> float:
        """The expectation exceeds the mean of the suprema by more with probability <= delta.

        Of the two the smaller: McDiarmid over all n k signs, or the lower tail of a convex
        Lipschitz function (Samson 2000). Normal draws: Gaussian concentration.
        """
        level = math.log(1 / delta) / draws
        if self.normal:
            return self.norm * math.sqrt(2 * level)
        return min(self.widths * math.sqrt(level / 2), self.norm * math.sqrt(8 * level))

    def below(self, draws: int, delta: float) -> float:
        """The mean exceeds the expectation by more with probability <= delta.

        McDiarmid, or the log-Sobolev inequality of the cube (Boucheron, Lugosi and Massart 2013,
        Theorem 5.3), whichever is smaller.
        """
        level = math.log(1 / delta) / draws
        if self.normal:
            return self.norm * math.sqrt(2 * level)
        return min(self.widths * math.sqrt(level / 2), self.norm * math.sqrt(4 * level))

    def draws_for(self, error: float, delta: float) -> int:
        """The least number of draws whose two ends at delta/2 lie within `error` of the mean."""
        one = max(self.above(1, delta / 2), self.below(1, delta / 2))
        return max(1, math.ceil((one / error) ** 2))


@dataclass(frozen=True, kw_only=True, repr=False)
class ComplexityEstimate(Shown):
    """An empirical complexity: 1/n, no absolute value, of the functions that `values` names.

    `lower <= complexity <= upper` holds with probability 1 - `delta` over the draws (`delta` is 0
    unless it was drawn). `value` is the best single number; for draws it uses control variates
    and `clt` is its usual 95% interval, which is no guarantee. A heuristic supremum (`label` is
    `lower`) leaves `upper` infinite: no certificate can rest on it.
    """

    value: float
    kind: str
    label: str
    values: str
    n: int
    of: str
    why: str
    quantity: str = "Rademacher"
    symmetric: bool = False
    contains_zero: bool = False
    draws: int | None = None
    level: float = 0.0
    mean: float = math.nan
    spread: Spread | None = None
    clt: tuple[float, float] | None = None
    reduction: tuple[str, ...] = ()
    variance_ratio: float = 1.0
    seed: int | None = None
    scale: float = 1.0
    convention: str = "1/n, no absolute value"

    # --- the number and its error

    @property
    def delta(self) -> float:
        """The probability, over the draws, that the interval misses the complexity."""
        return self.level if self.draws else 0.0

    @property
    def lower(self) -> float:
        """The lower end at `delta`."""
        return self.interval(self.delta)[0]

    @property
    def upper(self) -> float:
        """The upper end at `delta`; infinite where the supremum is only a lower bound."""
        return self.interval(self.delta)[1]

    @property
    def radius(self) -> float:
        """The larger distance from the mean of the draws to an end of the certified interval."""
        if self.draws is None or self.spread is None:
            return 0.0
        ends = (self.spread.above(self.draws, self.delta / 2),
                self.spread.below(self.draws, self.delta / 2))  # fmt: skip
        return self.scale * max(ends) / self.n

    def interval(self, delta: float) -> tuple[float, float]:
        """Both ends at another delta, fixed without looking at the draws."""
        low = high = self.value
        if self.draws is not None and self.spread is not None:
            scale = self.scale / self.n
            centre = self.scale * self.mean
            low = max(0.0, centre - scale * self.spread.below(self.draws, delta / 2))
            high = centre + scale * self.spread.above(self.draws, delta / 2)
            if not self.spread.normal:
                high = min(high, scale * self.spread.widths / 2 * math.sqrt(self.n))
        if self.label == "upper":
            low = 0.0
        return low, math.inf if self.label == "lower" else high

    @property
    def certificate(self) -> bool:
        """Whether an upper bound on a risk may rest on it."""
        return self.label != "lower"

    def __float__(self) -> float:
        return self.value

    # --- conventions

    def _converted(self, factor: float, **changes: Any) -> "ComplexityEstimate":
        clt = None if self.clt is None else (factor * self.clt[0], factor * self.clt[1])
        return replace(
            self, value=factor * self.value, scale=factor * self.scale, clt=clt, **changes
        )

    @property
    def zero_one(self) -> "ComplexityEstimate":
        """Of the same labels written 0 and 1: half, since adding a constant changes nothing."""
        return self._from_labels("zero-one", "zero_one")

    @property
    def losses(self) -> "ComplexityEstimate":
        """Of the 0-1 losses 1[h(x) != y]: half, whatever the labels y."""
        return self if self.values == "losses" else self._from_labels("losses", "losses")

    def _from_labels(self, values: str, what: str) -> "ComplexityEstimate":
        if self.values != "labels":
            of = _FUNCTIONS[self.values]
            raise ValueError(f"{what} follows from labels +-1; this is of {of}")
        return self._converted(0.5, values=values, symmetric=False, contains_zero=False)

    @property
    def twice(self) -> "ComplexityEstimate":
        """In the convention with 2/n in place of 1/n."""
        if "1/n" not in self.convention:
            raise ValueError(f"the convention is {self.convention} already")
        return self._converted(2.0, convention=self.convention.replace("1/n", "2/n"))

    @property
    def absolute(self) -> "ComplexityEstimate":
        """With |.| inside the supremum: the same if the class has -h for every h.

        With the zero function in the class it is at most twice as large: an upper bound.
        """
        convention = self.convention.replace("no absolute value", "absolute value")
        if self.symmetric:
            return self._converted(1.0, convention=convention)
        if self.contains_zero:
            label = "lower" if self.label == "lower" else "upper"
            return self._converted(2.0, convention=convention, label=label)
        raise ValueError(
            "the absolute complexity of a class that is not symmetric and lacks the zero function "
            "does not follow from this one"
        )

    def for_argument(
        self, name: str, facts: Mapping[str, Any] | None = None, arguments: Collection[str] = ()
    ) -> Estimate:
        """What a bound takes as its argument `name` beside the other facts of the call.

        Draws cost delta / 10 of the statement; exact values cost nothing. The sample has to be the
        bound's, of size `n`. A bound on errors that takes neither a margin nor a Lipschitz constant
        among its `arguments` refuses scores.
        """
        given = facts or {}
        delta = given.get("delta")
        if self.values == "scores" and arguments and not _of_scores(name, arguments):
            raise ValueError(
                f"{name} of this bound is of labels +-1; this is of real scores: use a bound that "
                "takes a margin or a Lipschitz constant"
            )
        found = self._as(name)
        self._refuse_other_size(name, given.get("n"))
        if self.draws is None:
            return Estimate(found.lower, found.upper, 0.0, self.summary)
        share = self._share(delta)
        low, high = found.interval(share)
        return Estimate(low, high, share, f"{self.summary}; {share:g} of delta pays for the draws")

    def _share(self, delta: Any) -> float:
        """What the draws take of delta; a delta out of its range is refused by the bound."""
        try:
            least = _least(delta)
        except (TypeError, ValueError):
            return self.level
        return least / SHARE if 0 < least < 1 else self.level

    def _refuse_other_size(self, name: str, n: Any) -> None:
        """A complexity on other points than those of the sample says nothing about it."""
        sizes = n.ravel().tolist() if getattr(n, "ndim", 0) else [n]
        others = [m for m in sizes if isinstance(m, (int, float)) and m != self.n]
        if others:
            raise ValueError(
                f"{name} is the complexity on {self.n} points, and n = {others[0]}: it is that of "
                "the sample itself"
            )

    def _as(self, name: str) -> "ComplexityEstimate":
        if self.convention != "1/n, no absolute value":
            raise ValueError(
                f"{name}: bounds take 1/n and no absolute value, not {self.convention}"
            )
        if (name == "gaussian_complexity") != (self.quantity == "Gaussian"):
            raise ValueError(f"{name} is not a {self.quantity} complexity")
        if name == "gaussian_complexity":
            return self
        if name == "empirical_rademacher":
            return self._of_losses(name)
        if name == "empirical_rademacher_of_hypotheses":
            if self.values in ("labels", "scores"):
                return self
            raise ValueError(f"{name} is of labels +-1 or scores; this is of {self.values}")
        raise ValueError(f"{name} takes no empirical Rademacher complexity")

    def _of_losses(self, name: str) -> "ComplexityEstimate":
        if self.values == "scores":
            raise ValueError(
                f"{name} is of losses in [0, 1]; this is of real scores: use a bound that takes "
                "empirical_rademacher_of_hypotheses, such as a margin bound"
            )
        return self.losses if self.values == "labels" else self

    # --- as text

    @property
    def summary(self) -> str:
        """One line."""
        number = f"{self.value:.6g}"
        if self.label == "lower":
            number = f"at least {self.lower:.6g}, by a search"
        if self.draws is not None:
            number = f"{number} ({self.draws} draws, seed {self.seed})"
        return f"{self.quantity} complexity of {self.of} on {self.n} points, {self.kind}: {number}"

    @cached_property
    def report(self) -> Report:
        """The parts that every rendering shows, in order."""
        rows: list[tuple[str, Any]] = [
            ("class", self.of),
            ("functions", _FUNCTIONS[self.values]),
            ("convention", self.convention),
            ("kind", f"{self.kind}; supremum {_LABELS[self.label]}"),
            ("certified", self._certified),
            ("CLT, 95%", self._usual),
            ("variance", self._reduction),
            ("seed", "" if self.seed is None else str(self.seed)),
            ("why", self.why),
        ]  # fmt: skip
        return Report(self.sentence, [(k, v) for k, v in rows if v])

    @property
    def sentence(self) -> str:
        """What a reader needs first."""
        what = f"empirical {self.quantity} complexity of {self.of} on these {self.n} points"
        if self.label == "lower":
            sure = f", with probability at least {100 * (1 - self.delta):g}% over the draws"
            return (
                f"The {what} is at least {self.lower:.6g}{sure if self.draws else ''}: a search's "
                "result, no certificate."
            )
        if self.label == "upper":
            return f"The {what} is at most {self.upper:.6g}."
        if self.draws is None:
            return f"The {what} is {self.value:.9g}."
        return (
            f"The {what} is about {self.value:.6g}; with probability at least "
            f"{100 * (1 - self.delta):g}% over the draws it lies in "
            f"[{self.lower:.6g}, {self.upper:.6g}]."
        )

    @property
    def _certified(self) -> str:
        if self.draws is None:
            return ""
        return f"[{self.lower:.9g}, {self.upper:.9g}] at delta = {self.delta:g}, {self.draws} draws"

    @property
    def _usual(self) -> str:
        if self.clt is None:
            return ""
        return f"[{self.clt[0]:.9g}, {self.clt[1]:.9g}], no guarantee"

    @property
    def _reduction(self) -> str:
        if not self.reduction:
            return ""
        names = ", ".join(self.reduction)
        return f"control variates {names}: variance {self.variance_ratio:.3g} times smaller"

    def to_dict(self) -> dict[str, Any]:
        """The number and everything needed to see what it is."""
        return {
            "version": __version__, "quantity": self.quantity, "class": self.of, "n": self.n,
            "value": self.value, "values": self.values, "convention": self.convention,
            "kind": self.kind, "label": self.label, "certificate": self.certificate,
            "lower": self.lower, "upper": None if math.isinf(self.upper) else self.upper,
            "delta": self.delta, "draws": self.draws, "radius": self.radius,
            "clt": None if self.clt is None else list(self.clt),
            "reduction": list(self.reduction), "seed": self.seed, "why": self.why,
            "sentence": self.sentence,
        }  # fmt: skip


_LABELS = {
    "exact": "exact",
    "lower": "a lower bound from a search: no certificate",
    "upper": "an upper bound from a relaxation",
}


def _of_scores(name: str, arguments: Collection[str]) -> bool:
    """Whether hypotheses are scores in a bound with these arguments."""
    through = any(other in arguments for other in ("margin", "lipschitz"))
    return through or name != "empirical_rademacher_of_hypotheses"


def _least(delta: Any) -> float:
    return float(delta.min()) if getattr(delta, "ndim", 0) else float(delta)


def shown(dim: float | Bracket) -> str:
    """A dimension in words."""
    return repr(dim) if isinstance(dim, Bracket) else str(dim)
