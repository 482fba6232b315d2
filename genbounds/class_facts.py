"""What a hypothesis class says to theorems: its growth function, its dimensions, its size."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from genbounds.arguments import settle
from genbounds.classes.base import Bracket, HypothesisClass, lower_end, upper_end
from genbounds.estimates import Estimate, for_argument
from genbounds.variables import VARIABLES

Facts = dict[str, Any]
OF_THE_CLASS = frozenset({
    "vc_dim", "growth", "log_growth", "log_covering", "n_hypotheses", "log_cardinality", "bits",
    "log_prior", "pseudo_dim", "fat_dim", "natarajan_dim", "n_classes", "littlestone_dim",
    "rademacher", "empirical_rademacher", "rademacher_of_hypotheses",
    "empirical_rademacher_of_hypotheses", "absolute_rademacher",
    "absolute_rademacher_of_hypotheses", "gaussian_complexity",
})  # fmt: skip
"""Facts that a class brings itself, so that a user gives either them or the class."""
GHOSTS = {"leboeuf_hypergeometric": 4, "double_sample": 1}
"""Ghost observations for each of the sample, where none are given: a rule fixed before it."""
GHOST_NOTE = "where n_ghost is not given it is, by a rule fixed before the sample, " + " and ".join(
    f"{k} n for {name}".removeprefix("1 ") for name, k in GHOSTS.items()
)
_OF_THE_SAMPLE = ("local-linear-ball", "loss-constrained", "star-hull")
_EXACT = 2**53


def alternatives(H: HypothesisClass) -> list[Facts]:
    """Ways to feed a theorem from the class, the most telling first; upper ends of brackets.

    A matrix of predictions says nothing about other points, where its hypotheses may differ more:
    of what is made from one, only their number enters. The VC dimension of a class of scores is
    that of their signs.
    """
    found = [] if _is_known_on_points_alone(H) else _counted(H)
    return [*found, *_size(H)]


def _counted(H: HypothesisClass) -> list[Facts]:
    if H.values == "labels":
        return [{"log_growth": H}, *_finite("vc_dim", H.vc_dim)]
    if H.values == "scores":
        return _finite("vc_dim", _known(H, "vc_dim"))
    classes = getattr(H, "classes", None)
    if H.values != "multiclass" or classes is None:
        return []
    dims = _finite("natarajan_dim", _known(H, "natarajan_dim"))
    return [dim | {"n_classes": classes} for dim in dims]


def _known(H: HypothesisClass, what: str) -> Any:
    """A dimension; infinite where nothing bounds it."""
    try:
        return getattr(H, what)
    except ValueError:
        return math.inf


def _finite(name: str, dim: float | Bracket) -> list[Facts]:
    return [{name: int(upper_end(dim))}] if upper_end(dim) < math.inf else []


def _size(H: HypothesisClass) -> list[Facts]:
    """The number of hypotheses, where it is finite and known."""
    size = getattr(H, "n_hypotheses", getattr(H, "cardinality", None))
    if size is None:
        return []
    return [{"n_hypotheses": size} if size < _EXACT else {"log_cardinality": math.log(size)}]


def for_lower_bounds(H: HypothesisClass) -> Facts:
    """What a theorem about every learner may use: lower ends of brackets."""
    if H.values != "labels" or lower_end(H.vc_dim) == math.inf:
        return {}
    return {"vc_dim": int(lower_end(H.vc_dim))}


def made_of(H: HypothesisClass) -> Iterator[HypothesisClass]:
    """The class and all classes that it was made of."""
    yield H
    for part in H.parameters.values():
        if isinstance(part, HypothesisClass):
            yield from made_of(part)


def ghosts(name: str, facts: Mapping[str, Any]) -> Facts:
    """The number of ghost observations that a theorem asks for, unless it is given."""
    if name not in GHOSTS or "n_ghost" in facts or "n" not in facts:
        return {}
    number, most = GHOSTS[name] * facts["n"], int(VARIABLES["n_ghost"].high)
    return {"n_ghost": number.clip(max=most) if hasattr(number, "clip") else min(number, most)}


def _is_known_on_points_alone(H: HypothesisClass) -> bool:
    return any(part.name == "finite" for part in made_of(H))


def depends_on_sample(H: HypothesisClass) -> bool:
    """Whether the class is another one for every sample, so that no bound here holds for it."""
    return any(part.name in _OF_THE_SAMPLE for part in made_of(H))


def in_words(H: HypothesisClass) -> str:
    """The class with what bounds for it rest on, in a line."""
    words = [] if _is_known_on_points_alone(H) else _dimensions(H)
    for way in _size(H):
        ((name, size),) = way.items()
        words.append(f"{_WORDS[name]} {size if isinstance(size, int) else f'{size:.6g}'}")
    return f"{H!r}: {', '.join(words)}" if words else repr(H)


def record(H: HypothesisClass) -> Any:
    """The class as plain data: name and parameters, or its repr where it holds data or infinity."""
    try:
        found = H.to_dict()
    except ValueError:
        return repr(H)
    infinite = any(isinstance(x, float) and math.isinf(x) for x in found["parameters"].values())
    return repr(H) if infinite else found


def _dimensions(H: HypothesisClass) -> list[str]:
    found = {
        "VC dimension": _stated(H, "vc_dim") if H.values == "labels" else "",
        "VC dimension of the signs": _stated(H, "vc_dim") if H.values == "scores" else "",
        "Natarajan dimension": _stated(H, "natarajan_dim") if H.values == "multiclass" else "",
    }
    return [f"{name} {dim}" for name, dim in found.items() if dim]


def _stated(H: HypothesisClass, what: str) -> str:
    """A dimension as it is written; empty where it is not known."""
    try:
        return str(getattr(H, what))
    except ValueError:
        return ""


_WORDS = {
    "n_hypotheses": "number of hypotheses",
    "log_cardinality": "log of the number of hypotheses",
}


def suited(names: Sequence[str], ways: Sequence[Facts], values: str) -> list[Facts]:
    """The ways that mean what a theorem means by its arguments.

    The complexity of hypotheses bounds a risk through margins; that of labels enters elsewhere as
    that of their losses. What else is known of scores is about their signs, and not about margins:
    theorems on the margins of votes take it of the labels that are voted on.
    """
    if "margin" not in names:
        return [way for way in ways if _BY_MARGIN not in way]
    return [way for way in ways if values == "labels" or _BY_MARGIN in way]


_BY_MARGIN = "empirical_rademacher_of_hypotheses"


def feeding(
    names: Sequence[str], facts: Mapping[str, Any], ways: Sequence[Facts],
    unknown: str | None = None,
) -> Facts | None:  # fmt: skip
    """The facts with the first way that, together, are exactly what a theorem takes; or None."""
    for way in ways or [{}]:
        given = {**facts, **way}
        try:
            settle(names, {name: _plain(name, x, given) for name, x in given.items()}, unknown)
        except ValueError:
            continue
        return given
    return None


def _plain(name: str, value: Any, facts: Mapping[str, Any]) -> Any:
    """A complexity, which was found or estimated, as the number that a bound would take."""
    found = for_argument(name, value, facts)
    return found.upper if isinstance(found, Estimate) else found
