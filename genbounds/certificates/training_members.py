"""Whether a model can be one of a class that the user names, as far as the sample can tell.

That some member labels the rows as the model does is necessary, not sufficient: what was looked at
is said beside every number, and any part of the sample that no member labels so is a refusal.
"""

from typing import Any

from genbounds.certificates.predicting import column
from genbounds.certificates.training_conditions import LOOKED, NOT_LOOKED
from genbounds.certificates.training_theorems import Seen
from genbounds.classes.base import HypothesisClass, NoOracleError
from genbounds.classes.finite import FiniteClass
from genbounds.classes.halfspaces import HomogeneousHalfspaces
from genbounds.classes.linear_balls import LinearFunctions

TALKATIVE = 25_000
"""Numbers in the rows on which a class is asked whether a member labels them as the model does."""
SEARCHED = 200
"""Rows on which the supremum over the class tells, where the class has no quicker way."""
KINDS = {"multiclass": "functions to several labels"}
SIGNS_FIXED = (
    "which of the two labels +1 stands for in the class, and that there are no others to be said, "
    "was settled before the sample was seen"
)


def check_labels(H: HypothesisClass, model: Any, said: list[Any]) -> None:
    """`ValueError` where a model has more labels than the functions of the class."""
    most = 2 if H.values in ("labels", "scores") else getattr(H, "classes", None)
    known, labels = getattr(model, "classes_", None), set(said)
    if known is not None and not isinstance(known, list):
        labels |= set(column("classes_", known))
    if isinstance(most, int) and len(labels) > most:
        raise ValueError(
            f"{H!r} is a class of functions with {most} labels, and the model has {len(labels)}: "
            "no member of the class is the model"
        )


def membership(H: HypothesisClass, seen: Seen, X: Any) -> tuple[str, ...]:
    """What has to be true of the model and the class, with what was checked of it.

    `ValueError` where no member labels the sample, or a part of it, as the model does.
    """
    signs: HypothesisClass = H
    if isinstance(H, LinearFunctions) and H.dim is not None:
        signs = HomogeneousHalfspaces(H.dim)
    if signs.values != "labels":
        return (
            NOT_LOOKED.format(
                why=f"labels do not tell it of a class of {KINDS.get(H.values, H.values)}"
            ),
        )
    if isinstance(H, FiniteClass):
        why = "its members are lists of values on numbered points"
        return NOT_LOOKED.format(why=why), SIGNS_FIXED
    (tell, most), n = _teller(signs), seen.n
    rows = _spread(n, max(1, min(n, most, TALKATIVE // _width(signs, X, n))))
    points = signs.points(
        X.tocsr()[rows].toarray() if hasattr(X, "tocsr") else signs.points(X)[rows]
    )
    try:
        fits = any(tell(points, s * seen.predicted[rows]) for s in (1, -1))
    except NoOracleError:
        return NOT_LOOKED.format(why="no way is known to tell it of labels"), SIGNS_FIXED
    if not fits:
        some = "" if len(rows) == n else f"{len(rows)} of "
        raise ValueError(f"no member of {H!r} labels {some}these points as the model does")
    return LOOKED.format(m=len(rows), n=n), SIGNS_FIXED


def _width(H: HypothesisClass, X: Any, n: int) -> int:
    """The numbers in a row of X; `ValueError` where X has not n rows."""
    shape = X.shape if hasattr(X, "tocsr") else H.points(X).shape
    if shape[0] != n:
        raise ValueError(f"X has {shape[0]} rows, y has {n}")
    return max(1, int(shape[1]))


def _spread(n: int, m: int) -> Any:
    """m of n rows, from the first to the last at equal distances."""
    import numpy as np

    return np.linspace(0, n - 1, m).round().astype(int)


def _teller(H: HypothesisClass) -> tuple[Any, int]:
    """How a class tells whether a member gives labels, and on how many rows at most."""
    if hasattr(H, "realises"):
        return H.realises, TALKATIVE

    def tell(points: Any, labels: Any) -> bool:
        found = H.supremum(points, labels)
        if found.label == "lower":
            raise NoOracleError("a search from below refutes nothing")
        return bool(found.values > len(labels) - 1)

    return tell, SEARCHED
