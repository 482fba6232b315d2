"""Growth functions as values: `g(m)` is the log of the number of labelings of m points.

A theorem passes the size that it needs (n, 2n, n^2); the value decides how the labelings are
counted.
"""

from collections.abc import Callable
from typing import Any

from genbounds.generic import backend_of, exp, log, log1p, log_sauer, where


class Growth:
    """The log of a growth function bounded through the VC dimension."""

    name = ""
    words = ""

    def __init__(self, vc_dim: Any) -> None:
        self.vc_dim = vc_dim

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.vc_dim!r})"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash((type(self), self.vc_dim))

    def __call__(self, m: Any) -> Any:
        raise TypeError(f"{type(self).__name__} counts no labelings")


class Sauer(Growth):
    """ln sum_{i <= d} C(m, i): exact for the worst class of VC dimension d, 2^m where d >= m."""

    name = "sauer"
    words = "the exact Sauer sum"

    def __call__(self, m: Any) -> Any:
        return log_sauer(m, self.vc_dim)


class SauerExp(Growth):
    """d ln(e m / d): above the Sauer sum for m >= d >= 1, and no bound below (+inf there)."""

    name = "sauer-exp"
    words = "(e m / d)^d, the exponential form of the Sauer sum"

    def __call__(self, m: Any) -> Any:
        d = self.vc_dim
        return where(
            d <= 0,
            lambda: 0 * m,
            lambda: where(m >= d, lambda: d * (1 + log(m / d)), lambda: m * float("inf")),
        )


class Polynomial(Growth):
    """d ln m: a convention of lectures, below the true growth where d <= 1 or m is small."""

    name = "polynomial"
    words = "m^d"

    def __call__(self, m: Any) -> Any:
        return self.vc_dim * log(m)


class PolynomialPlusOne(Growth):
    """ln(m^d + 1), never below the Sauer sum."""

    name = "polynomial-plus-one"
    words = "m^d + 1"

    def __call__(self, m: Any) -> Any:
        power = self.vc_dim * log(m)
        return power + log1p(exp(-power))


class OwnGrowth:
    """A user's log growth function: its values are checked, arrays are taken entry by entry."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self.function = function

    def __call__(self, m: Any) -> Any:
        backend = backend_of(type(m))
        if backend == "arrays" and m.ndim:
            import numpy as np

            return np.array([self(int(x)) for x in m.flat]).reshape(m.shape)
        whole = int(m) if backend in ("digits", "arrays") else m
        value = self.function(whole)
        if backend == "balls":
            return _exactly(value)
        if backend in ("symbols", "tex") or backend_of(type(value)) not in ("floats", "arrays"):
            return value
        if not isinstance(value, (int, float)) or not value >= -1e-12:
            raise ValueError(
                f"log_growth must return the log of a number of labelings, at least 0: "
                f"log_growth({whole}) = {value!r}"
            )
        return value


class ClassGrowth:
    """The growth function of a hypothesis class, in the kind of number that it is asked in."""

    def __init__(self, hypothesis_class: Any) -> None:
        self.hypothesis_class = hypothesis_class

    def __call__(self, m: Any) -> Any:
        value = self.hypothesis_class.log_growth(m)
        return _exactly(value) if backend_of(type(m)) == "balls" else value

    @property
    def words(self) -> str:
        """How labelings are counted."""
        return f"that of {self.hypothesis_class!r}"


def _exactly(value: Any) -> Any:
    """A growth function that answers a ball in floats has rounded: nothing can be certified."""
    if isinstance(value, float) and value - value == 0:
        raise TypeError(
            f"log_growth answers in floats ({value!r}), which cannot be certified: use the "
            "functions of genbounds.generic, integers or fractions in it"
        )
    return value


GROWTHS: dict[str, type[Growth]] = {
    kind.name: kind for kind in (Sauer, SauerExp, Polynomial, PolynomialPlusOne)
}
