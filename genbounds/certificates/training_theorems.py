"""What may be said of a model of a class, at any delta: counted labelings, and margins on a grid.

Labelings are counted once on the sample and a longer ghost sample, where the hypergeometric tail is
inverted as it stands. A margin is chosen on the sample among countably many that were fixed in
advance, each of which has its share of delta.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from genbounds.answers import Answer
from genbounds.claims import CONDITIONS
from genbounds.class_facts import GHOSTS
from genbounds.classes.base import HypothesisClass
from genbounds.registry import find

_GHOSTS = GHOSTS["leboeuf_hypergeometric"]
"""Ghost observations for each of the sample; fixed, since the theorem asks for that."""
LEAST = 1e-100
"""The smallest length that a margin may be fixed at, and one over the largest."""
FINEST = 60
"""Margins on the grid that are tried below the largest of them."""
FIXED = CONDITIONS["fixed_before_sample"]
MARGIN_FIXED, GHOSTS_FIXED = FIXED.format(parameters="margin"), FIXED.format(parameters="n_ghost")
GHOST_RULE = (
    f"the number of ghost observations, {_GHOSTS} n (n without errors), and the half of delta that "
    "is kept for samples without errors were fixed before the sample was seen"
)
GRID = (
    "the margins {unit} * 2^(-k/2) for {which} were fixed before the sample was seen, and the "
    "shares of delta, 1/((i + 1) (i + 2)) for the i-th of {order}"
)


class Seen(NamedTuple):
    """The sample as theorems see it: its size, the model's errors, the features.

    For two labels: which of them, as +1 for the second and -1; which of them the model says; its
    score, if it has one.
    """

    n: int
    errors: int
    features: Any
    signs: Any = None
    predicted: Any = None
    values: Any = None


class Theorem(NamedTuple):
    """A way to a bound at a given delta (None where it does not speak), and what it rests on."""

    answer: Callable[[float], Answer | None]
    given: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()

    def also(self, given: tuple[str, ...]) -> "Theorem":
        """The same on further conditions."""
        return self._replace(given=(*self.given, *given))


class Scale(NamedTuple):
    """What the user fixed before the sample: a margin, or the largest of them."""

    margin: float | None = None
    max_margin: float | None = None

    @property
    def unit(self) -> float:
        """A length in the features' units."""
        return self.margin or self.max_margin or 1.0

    def check(self) -> None:
        """`ValueError` where a length is so extreme that its grid cannot be computed with."""
        for name, length in self._asdict().items():
            if length is not None and not LEAST <= length <= 1 / LEAST:
                raise ValueError(f"{name} must lie between {LEAST} and {1 / LEAST}, got {length}")


class Share(NamedTuple):
    """A part of delta that belongs to one of countably many classes, and the sentence about it."""

    part: float = 1.0
    given: tuple[str, ...] = ()


WHOLE = Share()


def share(i: int) -> float:
    """The part of delta of the i-th possibility, i = 0, 1, ...: together they have 1."""
    return 1 / ((i + 1) * (i + 2))


def zigzag(k: int) -> int:
    """The place of a whole number in 0, -1, 1, -2, 2, ..."""
    return 2 * k if k >= 0 else -2 * k - 1


def counted(H: HypothesisClass, seen: Seen, of: Share = WHOLE) -> list[Theorem]:
    """Every hypothesis of a class of labels; half of delta is kept for those without errors."""

    def answer(delta: float) -> Answer:
        part = delta * of.part / 2
        facts = {"n": seen.n, "log_growth": H, "delta": part}
        always = Answer(
            find("leboeuf_hypergeometric"), errors=seen.errors, n_ghost=_GHOSTS * seen.n, **facts
        )
        if seen.errors:
            return always
        return min(always, Answer(find("double_sample"), n_ghost=seen.n, **facts), key=_raw)

    return [Theorem(answer, (inside(H), *of.given, GHOST_RULE), (GHOSTS_FIXED,))]


def inside(H: HypothesisClass) -> str:
    """The sentence that puts the model into a class."""
    return f"the model is one of this class: {H.sentence}"


def _raw(found: Answer) -> Any:
    return found.raw


def ramp(margins: Any, margin: float) -> float:
    """The mean of the loss that is 1 up to margin 0 and falls to 0 at the given margin."""
    import numpy as np

    return float(np.mean(np.clip(1 - margins / margin, 0, 1)))


Grid = Iterable[tuple[float, float]]


def on_grid(make: Callable[..., Answer], margins: Any, grid: Grid, delta: float) -> Answer:
    """The smallest of the answers at margins that share delta, each with its own part."""
    answers = (
        make(margin=margin, margin_risk=ramp(margins, margin), delta=delta * part)
        for margin, part in grid
    )
    return min(answers, key=_raw)


def margins_to_try(scale: Scale, least: float, most: float, *, bounded: bool = False) -> Grid:
    """Margins of the grid between two lengths, with their shares; the user's alone if he fixed one.

    With a largest margin they go down from it, else both ways from 1. What lies outside keeps its
    share, unused.
    """
    from math import ceil, floor, log2

    if scale.margin is not None:
        return [(scale.margin, 1.0)]
    low = max(floor(2 * log2(scale.unit / most)), -(10**4))
    high = min(max(ceil(2 * log2(scale.unit / least)), low), low + FINEST)
    if bounded or scale.max_margin is not None:
        return [
            (scale.unit * 2 ** (-k / 2), share(k)) for k in range(max(low, 0), max(high, 0) + 1)
        ]
    return [(2 ** (-k / 2), share(zigzag(k))) for k in range(low, high + 1)]


def grid_given(scale: Scale, *, bounded: bool = False) -> Iterator[str]:
    """The sentence about the margins."""
    if scale.margin is not None:
        yield f"the margin {scale.margin:g} was fixed before the sample was seen"
    elif bounded or scale.max_margin is not None:
        yield GRID.format(unit=f"{scale.unit:g}", which="k = 0, 1, ...", order="them")
    else:
        yield GRID.format(unit="1", which="every whole k", order="k = 0, -1, 1, -2, 2, ...")
