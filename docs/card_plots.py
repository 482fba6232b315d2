"""A small picture for the card of each bound: its value along the variable that matters most.

cards.py asks for it before each build. Nothing is typed here but the usual facts: the caption says
them, and the curves are what the bound answers on them. A bound whose value is no curve in one
number says so instead.
"""

import math
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from small_svg import Chart

from genbounds.answers import trivial_value
from genbounds.declaration import Bound
from genbounds.generic import log, log_ratio, maximum
from genbounds.variables import VARIABLES, Variable

DELTAS = (1e-6, 1e-3, 0.05)
POINTS = 41
USUAL = {
    "empirical_risk": 0.1, "margin_risk": 0.1, "surrogate_risk": 0.1, "risk": 0.15, "vc_dim": 10,
    "variance": 0.09, "sample_variance": 0.09, "biased_variance": 0.09, "second_moment": 0.1,
    "kl": 100, "chi2": 1, "log_density_ratio": 100, "renyi": 100, "n_hypotheses": 100, "bits": 100,
    "log_prior": 10, "log_cardinality": 10, "catoni_c": 1, "trade_off": 0.2, "epsilon": 0.05,
    "alternative_risk": 0.05, "power_error": 0.05, "split_fraction": 0.5, "n_ghost": 100,
    "compression_size": 5, "margin": 0.5, "max_margin": 1, "bernstein_constant": 1, "scale": 0.1,
    "norm_exponent": 1.5, "n_classes": 10, "weight_bound": 1, "weight_norm": 1, "radius": 1,
    "rademacher": 0.01, "empirical_rademacher": 0.01, "rademacher_of_hypotheses": 0.01,
    "empirical_rademacher_of_hypotheses": 0.01, "absolute_rademacher_of_hypotheses": 0.01,
}  # fmt: skip
"""What a person would type; for the rest, the middle of the range in the vocabulary."""
OF_N = {
    "errors": 0.1, "errors_first_only": 0.1, "errors_second_only": 0.05, "population_size": 10,
    "n_unlabelled": 1, "gram_trace": 1, "inverse_temperature": 0.5, "matrix_variance": 1,
}  # fmt: skip
"""What grows with the sample: so much of n."""


class Curves(NamedTuple):
    """The values along one variable, a row for each delta (or one alone), and the other facts."""

    variable: Variable
    at: np.ndarray
    rows: dict[float | None, np.ndarray]
    facts: dict[str, str]


class NoCurve(Exception):
    """Why the bound has no picture, as the end of a sentence."""


class Haussler:
    """Haussler's bound on the packing of a class of pseudo-dimension 10, whatever the size."""

    words = "Haussler's bound for pseudo-dimension 10"

    def __call__(self, scale: Any, size: Any) -> Any:
        entropy = maximum(0, log(2) + 1 + log_ratio(1, scale))
        return 1 + log(11) + 10 * entropy + 0 * size


def picture(bound: Bound) -> str:
    """The picture as HTML; or a sentence on why there is none."""
    try:
        curves = found(bound)
    except NoCurve as reason:
        return f"No picture: {reason}.\n"
    chart = Chart(curves.at, scale=curves.variable.name, trivial=trivial(bound))
    for delta, row in curves.rows.items():
        chart.add(row, "" if delta is None else f"{delta:g}")
    drawn = chart.svg(title=words(bound, curves))
    return f'<figure class="curve">\n{drawn}\n<figcaption>{caption(curves)}</figcaption></figure>\n'


@cache
def found(bound: Bound) -> Curves:
    """The curves, or `NoCurve`."""
    if bound.status == "order":
        raise NoCurve("a rate without constants has no number")
    listed = [a for a in bound.arguments if VARIABLES[a].kind in ("data", "sequence")]
    if listed:
        raise NoCurve(f"its value depends on all of `{listed[0]}`, not on one number")
    variable = VARIABLES[main_variable(bound)]
    at = grid(variable)
    known = facts(bound, variable.name, at)
    varies = "delta" in bound.arguments and variable.name != "delta"
    rows = {delta: along(bound, known | stated(delta) | {variable.name: at}, at)
            for delta in (DELTAS if varies else (None,))}  # fmt: skip
    rows = {delta: row for delta, row in rows.items() if np.isfinite(row).any()}
    if not rows:
        raise NoCurve("on the usual facts the theorem is silent")
    return Curves(variable, at, rows, shown(bound, variable.name))


def main_variable(bound: Bound) -> str:
    """n where there is one; an accuracy; else the first number, delta last."""
    numbers = [a for a in bound.arguments if VARIABLES[a].kind in ("real", "integer")]
    first = [a for a in ("n", "epsilon") if a in numbers]
    return [*first, *(a for a in numbers if a != "delta"), "delta"][0]


def grid(v: Variable) -> np.ndarray:
    """The typical range of a variable, evenly in its logarithm; of n in tens."""
    at = np.geomspace(*v.typical, POINTS)
    if v.name == "n":
        return np.unique(10 * np.round(at / 10))
    return np.unique(np.round(at)) if v.kind == "integer" else at


def facts(bound: Bound, moving: str, at: np.ndarray) -> dict[str, Any]:
    """What the other arguments are: numbers, functions, or a share of the moving n."""
    return dict(fact(name, moving, at) for name in bound.arguments if name not in (moving, "delta"))


def fact(name: str, moving: str, at: np.ndarray) -> tuple[str, Any]:
    if name == "log_growth":
        return "vc_dim", USUAL["vc_dim"]
    if VARIABLES[name].kind == "function":
        return name, Haussler()
    return name, np.round(OF_N[name] * at) if is_share(name, moving) else usual(name)


def is_share(name: str, moving: str) -> bool:
    return moving == "n" and name in OF_N


def usual(name: str) -> float:
    v = VARIABLES[name]
    number = USUAL.get(name, float(f"{math.sqrt(math.prod(v.typical)):.2g}"))
    return int(number) if v.kind == "integer" else number


def stated(delta: float | None) -> dict[str, float]:
    return {} if delta is None else {"delta": delta}


def along(bound: Bound, known: dict[str, Any], at: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return np.broadcast_to(np.asarray(bound(**known), float), at.shape)


def shown(bound: Bound, moving: str) -> dict[str, str]:
    """The facts in words, for the caption."""
    said = {}
    for name, value in facts(bound, moving, np.ones(1)).items():
        said[name] = f"{value:g}" if isinstance(value, (int, float)) else Haussler.words
        if is_share(name, moving):
            said[name] = "n" if OF_N[name] == 1 else f"{OF_N[name]:g} n"
    return said


def trivial(bound: Bound) -> float | None:
    """What holds without data, for upper bounds: there the picture is shaded."""
    return None if bound.claim.side == "lower" else trivial_value(bound.claim, "upper")


def caption(curves: Curves) -> str:
    deltas = [f"{delta:g}" for delta in curves.rows if delta is not None]
    at = [f"<code>{name}</code> = {value}" for name, value in curves.facts.items()]
    at += [f"<code>delta</code> = {', '.join(deltas)}"] if deltas else []
    return f"Against <code>{curves.variable.name}</code>" + (", at " + ", ".join(at) if at else "")


def words(bound: Bound, curves: Curves) -> str:
    """The lowest curve's ends, for a reader who does not see it."""
    delta, row = list(curves.rows.items())[-1]
    ends = np.flatnonzero(np.isfinite(row))[[0, -1]]
    told = [f"{row[i]:.4g} at {curves.variable.name} = {curves.at[i]:.4g}" for i in ends]
    return f"{bound.name}{'' if delta is None else f', delta = {delta:g}'}: {', '.join(told)}"
