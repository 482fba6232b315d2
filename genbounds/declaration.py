"""What a bound is: a theorem as one object, made from a function that reads like its formula."""

import math
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from genbounds.arguments import is_allowed, number, plain_tests, settle
from genbounds.claims import Claim
from genbounds.estimates import Estimate, for_argument
from genbounds.generic import Exact, backend_of, load_backend
from genbounds.kinds import all_lifted, is_one_number, kind_of, refuse_mixed
from genbounds.own_variables import OWN, restore
from genbounds.variables import VARIABLES, Variable
from genbounds.wellformed import STATUSES, WANTED, refuse_faults, refuse_no_theorem
from genbounds.written import Written

if TYPE_CHECKING:
    from genbounds.enclosing import Enclosure

__all__ = ["STATUSES", "SYMMETRIC", "Bound", "bound", "delegating"]

_EMPIRICAL = ("empirical_risk", "margin_risk")
_FLIP = {"+": "-", "-": "+"}
_IN_LOSS_UNITS = dict.fromkeys(
    ("risk", "excess_risk", "gap", "std", "risk_difference", "supremum", "absolute_supremum"), 1
) | {"variance": 2}
SYMMETRIC = ("deviation", "cdf_deviation", "gap")
"""Quantities that are deviations themselves: their mirror image is the same bound."""


class Bound(Written):
    """A theorem: claim, conditions, formula and source. Call it with keywords to get its number.

    The value is raw: above 1 it is vacuous, and where a relation in `needs` fails the theorem is
    silent and the value infinite. Wrong input raises one `ValueError` that names every fault.

    `peaks` names arguments in which the value rises to one peak and falls from there on: not
    monotone, but `solve` can tell from which value on it stays below a target.
    """

    origin: tuple[Any, str] | None = None
    """Of a derived theorem: what it is an attribute of, and its name there."""

    def __init__(
        self, formula: Callable[..., Any], claim: Claim, *, source: str, name: str | None = None,
        entry: str = "", status: str = "proved", why: str = "", given: Iterable[str] = (),
        needs: Iterable[str] = (), fixed: Iterable[str] = (), additive: bool = False,
        event: str = "", direction: Mapping[str, str | None] | None = None,
        witness: Mapping[str, Any] | None = None, expression: bool = True,
        peaks: Iterable[str] = (),
    ) -> None:  # fmt: skip
        refuse_no_theorem(formula, claim, name)
        code = formula.__code__
        self.formula, self.claim, self.source, self.status, self.why = (
            formula,
            claim,
            source,
            status,
            why,
        )
        self.name = name or formula.__name__
        self.entry = entry or self.name
        self.arguments = code.co_varnames[: code.co_argcount]
        self.given, self.needs, self.fixed = tuple(given), tuple(needs), tuple(fixed)
        self.additive, self.event, self.exceptions = additive, event, dict(direction or {})
        self.witness, self.has_expression = dict(witness or {}), expression
        self.family = (formula.__module__ or "").rpartition(".")[2]
        self.__doc__ = formula.__doc__ or claim.sentence
        self.__name__ = self.__qualname__ = self.name
        self.__module__ = formula.__module__
        self.peaks = tuple(peaks)
        refuse_faults(self)

    def __reduce__(self) -> Any:
        """Bounds of the catalogue travel by name, others whole, with the variables they brought."""
        from genbounds.registry import find, is_found

        if is_found(self):
            return find, (self.name,)
        if self.origin is not None:
            return getattr, self.origin
        state = {k: v for k, v in self.__dict__.items() if k not in _CACHED}
        own = tuple(OWN[name] for name in self.arguments if name in OWN)
        return _restored, (own, self.formula, self.claim, state)

    def __repr__(self) -> str:
        return f"<{self.name}({', '.join(self.arguments)}): {self.source}>"

    # --- numbers

    def __call__(self, **given: Any) -> Any:
        """The raw value, a number of the kind that came in."""
        try:
            return self._fast(**given)
        except (TypeError, ArithmeticError):
            pass  # not plain numbers in range: the careful path answers, or says what is wrong
        return self.evaluate(given)

    @cached_property
    def _fast(self) -> Callable[..., Any]:
        """The vocabulary's checks and the formula in one generated function, for plain numbers.

        It raises `TypeError` for anything else, which the careful path then takes.
        """
        if self.status == "order":
            return self.evaluate_nothing
        tests = plain_tests(self.arguments)
        tests += [f"({need})" for need in self.needs]
        lines = [
            f"def fast(*, {', '.join(self.arguments)}):",
            f"    if {' and '.join(tests)}:",
            f"        value = formula({', '.join(self.arguments)})",
            "        if type(value) is Exact:",
            "            return value.within('floats')",
            "        if value == value:",
            "            return value",
            "    raise TypeError",
        ]
        space: dict[str, Any] = {"formula": self.formula, "Exact": Exact}
        exec("\n".join(lines), space)
        return space["fast"]  # type: ignore[no-any-return]

    def evaluate_nothing(self, **given: Any) -> Any:
        """What a rate without constants answers: an error."""
        raise ValueError(f"{self.name} is known up to a constant only: it has a rate but no number")

    def evaluate(self, given: Mapping[str, Any]) -> Any:
        """The raw value by the careful path: arrays, estimates, widths, symbols, and all errors."""
        if self.status == "order":
            self.evaluate_nothing()
        facts, width = self.prepared(given)
        values = settle(self.arguments, facts).values
        self._refuse_growth(values)
        value = self.value(values)
        width = float(width) if isinstance(width, Fraction) else width
        value = value if width == 1 else value * width**self.degree
        return getattr(value, "arb", value)  # of a ball what python-flint's users know

    def prepared(self, given: Mapping[str, Any]) -> tuple[dict[str, Any], Any]:
        """The facts for a loss in [0, 1], estimates at their safe ends; and the width."""
        facts = {
            name: for_argument(name, value, given, self.arguments) for name, value in given.items()
        }
        width = facts.pop("width", 1)
        if not isinstance(width, (bool, str, list, tuple, type(None), Fraction)):
            width = number("width", width)
        if type(width) not in (int, float) or width != 1:
            facts = self._narrowed(facts, width)
        return self._settle_estimates(facts), width

    def value(self, values: Mapping[str, Any]) -> Any:
        """The formula where all of `needs` holds, else the infinity that says nothing."""
        kinds = set(map(kind_of, values.values())) - {"floats"}
        if kinds == {"arrays"}:
            return self._array_value(values)
        if differentiable := kinds & {"tensors", "traced"}:
            refuse_mixed(differentiable)
            backend = load_backend(max(differentiable))
            return backend.evaluate(self.formula, dict(values), self._needs, self.silence)
        if exact := kinds & {"digits", "balls"}:
            refuse_mixed(kinds)
            return self.scalar_value(all_lifted(values, load_backend(max(exact)).number))
        return self.applied(values) if kinds else self.scalar_value(values)

    def scalar_value(self, values: Mapping[str, Any]) -> Any:
        """`value` for Python numbers, mpmath's and balls."""
        if self.needs and self.unmet(values):
            return self.silence
        try:
            value = self.applied(values)
        except ArithmeticError:
            value = math.nan
        if type(value) is Exact:  # integers met nothing but exact constants
            return value.within("floats")
        told = backend_of(type(value)) == "balls" or value == value
        return value if told else self._array_value(values)

    @property
    def silence(self) -> float:
        """What the theorem says outside its domain: nothing, as a number."""
        return -math.inf if self.claim.side == "lower" else math.inf

    def unmet(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """The relations in `needs` that these scalar arguments violate."""
        return tuple(need for need, code in self._needs if not eval(code, {}, dict(values)))

    @cached_property
    def _needs(self) -> list[tuple[str, CodeType]]:
        return [(need, compile(need, self.name, "eval")) for need in self.needs]

    def _array_value(self, values: Mapping[str, Any]) -> Any:
        """IEEE arithmetic for scalars that divide by zero or overflow, and for arrays."""
        import numpy as np

        values = {k: x.within("floats") if type(x) is Exact else x for k, x in values.items()}
        scalar = all(np.ndim(getattr(x, "vc_dim", x)) == 0 for x in values.values())
        facts = {k: np.asarray(x, float) if is_one_number(x) else x for k, x in values.items()}
        with np.errstate(all="ignore"):
            result = self.applied(facts)
            for need in self.needs:
                result = np.where(eval(need, {}, facts), result, self.silence)
        numbers = [x for x in facts.values() if is_one_number(x)]
        shape = np.broadcast_shapes(np.shape(result), *map(np.shape, numbers))
        return float(result) if scalar else np.array(np.broadcast_to(result, shape), float)

    def enclose(self, *, digits: int = 20, binary: bool = False, **given: Any) -> "Enclosure":
        """The value with its proof: an interval of `digits` certain decimals, in python-flint.

        Facts are exact: integers, fractions, decimal strings such as "0.05"; a float means its
        shortest decimal, or with `binary` the double itself. `ValueError` where the intervals
        cannot decide; `ImportError` without the extra `certified`.

        >>> hoeffding.enclose(empirical_risk="0.1", n=1000, delta="0.05").digits
        '0.13870227560204949365'
        """
        from genbounds.enclosing import enclosure

        return enclosure(
            self, self.arguments, given,
            side=self.claim.side, what=self.name, digits=digits, binary=binary,
        )  # fmt: skip

    # --- what may be passed besides numbers

    @property
    def degree(self) -> int:
        """How the value scales with the width of the loss."""
        return _IN_LOSS_UNITS.get(self.claim.quantity, 0) if self.claim.form == "value" else 0

    def _narrowed(self, facts: dict[str, Any], width: Any) -> dict[str, Any]:
        """Arguments in units of the width: the loss then ranges over [0, 1]."""
        if self.claim.loss == "zero_one":
            raise ValueError(f"{self.name} holds for 0-1 loss only: width does not apply")
        if not self.degree:
            raise ValueError(f"{self.name} is not about a loss in [0, 1]: width does not apply")
        real = isinstance(width, (int, float, Fraction)) or backend_of(type(width)) == "balls"
        if isinstance(width, bool) or not real or not 0 < width < math.inf:
            raise ValueError(f"width must be a number greater than 0, got {width!r}")
        scaled = dict(facts)
        for name, value in facts.items():
            if name in VARIABLES and VARIABLES[name].degree:
                scaled[name] = value / width ** VARIABLES[name].degree
            elif name == "losses":
                scaled[name] = [x / width for x in value]
        return scaled

    def _settle_estimates(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Each estimate enters at its safe end; their deltas come out of the bound's."""
        estimates = {k: v for k, v in facts.items() if isinstance(v, Estimate)}
        if not estimates:
            return facts
        found = facts | {name: self._safe_end(name, value) for name, value in estimates.items()}
        if "delta" not in self.arguments and any(value.delta for value in estimates.values()):
            raise ValueError(
                f"{', '.join(estimates)}: {self.name} has no delta that could pay for an estimate; "
                "give its end as a number, and its delta to what rests on it"
            )
        delta = found.get("delta", 1)
        if "delta" in self.arguments and not is_allowed("delta", delta):
            return found  # the full check names delta beside whatever else is wrong
        spent = sum(value.delta for value in estimates.values())
        if not all(value.delta >= 0 for value in estimates.values()) or not _all(spent < delta):
            names = ", ".join(estimates)
            raise ValueError(
                f"{names}: the estimate's delta {spent} leaves nothing of delta {delta}"
            )
        return found | ({"delta": delta - spent} if "delta" in self.arguments else {})

    def _safe_end(self, name: str, estimate: Estimate) -> float:
        """The end that weakens the bound."""
        grows = self.direction_of(name) or ""
        worse = _FLIP.get(grows, "") if self.claim.side == "lower" else grows
        end = estimate.end(worse)
        if end is None:
            raise ValueError(
                f"{name}: an estimate with ends [{estimate.lower}, {estimate.upper}] cannot enter "
                f"{self.name}, which needs its {'lower' if worse == '-' else 'upper'} end"
            )
        return end

    def _refuse_growth(self, values: Mapping[str, Any]) -> None:
        """(e m / d)^d bounds nothing below m = d: a call that would use it there is refused."""
        growth: Any = values.get("log_growth")
        if getattr(growth, "name", "") != "sauer-exp":
            return
        for m in self.sizes(values):
            concrete = backend_of(type(m)) in ("floats", "arrays", "balls")
            if concrete and not _all(m >= growth.vc_dim):
                raise ValueError(
                    f"growth 'sauer-exp' needs vc_dim <= m, the size that the theorem passes "
                    f"(m = {m}, vc_dim = {growth.vc_dim}); use growth 'sauer'"
                )

    def sizes(self, values: Mapping[str, Any]) -> list[Any]:
        """The sizes m at which the formula asks for the growth function."""
        asked: list[Any] = []

        def record(m: Any) -> Any:
            asked.append(m)
            return m * 0.0

        if "log_growth" in values:
            self.value({**values, "log_growth": record})
        return asked

    # --- direction

    def direction_of(self, name: str) -> str | None:
        """How the value moves with an argument: + or -, None where it is not monotone."""
        if name in self.exceptions:
            return self.exceptions[name]
        usual = VARIABLES[name].direction
        if self.claim.side == "lower" and self.claim.scope != "every_learner":
            usual = usual if name in _SAME_FROM_BELOW else _FLIP.get(usual, usual)
        return usual or None

    # --- derived theorems

    @property
    def empirical(self) -> str | None:
        """The argument that the bound adds its deviation to."""
        return next((name for name in _EMPIRICAL if name in self.arguments), None)

    @cached_property
    def gap(self) -> "Bound":
        """The deviation alone: the bound minus the empirical quantity, without cancellation."""
        if not self.additive:
            raise ValueError(
                f"{self.name} is not its empirical risk plus a deviation: it has no gap"
            )
        claim = self.claim._replace(quantity="gap")
        gap = delegating(self, f"{self.name}.gap", {self.empirical or "": "0"}, claim=claim)
        gap.origin = (self, "gap")
        return gap

    @cached_property
    def two_sided(self) -> Any:
        """Both sides at once, with `delta` for the whole statement."""
        from genbounds.two_sided import TwoSided

        return TwoSided(self)


_CACHED = ("_fast", "_needs", "gap", "two_sided", "latex", "latex_needs")


def _restored(
    own: tuple[Variable, ...], formula: Callable[..., Any], claim: Claim, state: dict[str, Any]
) -> Bound:
    """A bound of one's own out of what was pickled, its variables declared first."""
    restore(own)
    bound = Bound.__new__(Bound)
    bound.__dict__.update(state, formula=formula, claim=claim)
    return bound


_SAME_FROM_BELOW = {
    "empirical_risk",
    "errors",
    "losses",
    "risk",
    "errors_first_only",
    "errors_second_only",
}


def bound(
    claim: Claim | None = None, *, source: str = "", **declared: Any
) -> Callable[[Callable[..., Any]], Bound]:
    """Declare the decorated formula as a bound with this claim.

    `source` is a key of the library with a place (`"Hoeffding1963, Theorem 2"`) or free text;
    `declared` are the other parameters of `Bound`: `additive`, `given`, `needs`, `fixed`,
    `direction`, `entry`, `status`, `why`, ... The formula is written in `genbounds.generic`.
    """
    if not isinstance(claim, Claim):
        raise ValueError(f"{WANTED}; got {claim!r:.60}")
    theorem: Claim = claim
    return lambda formula: Bound(_named(formula), theorem, source=source, **declared)


def _named(formula: Any) -> Any:
    """The formula under the name by which it is found again once the bound has taken its own."""
    if isinstance(formula, FunctionType) and "<" not in formula.__qualname__:
        formula.__qualname__ = f"{formula.__qualname__.removesuffix('.formula')}.formula"
    return formula


def _all(verdict: Any) -> bool:
    return bool(verdict if isinstance(verdict, bool) else verdict.all())


def delegating(
    whole: Bound, name: str, replaced: Mapping[str, str], *, claim: Claim, rewritten: str = "{}",
    extra: tuple[str, ...] = (),
) -> Bound:  # fmt: skip
    """A bound that calls another's formula, arguments and result rewritten as Python source."""
    names = [name for name in whole.arguments if replaced.get(name) != "0"] + list(extra)
    passed = ", ".join(f"{name}={replaced.get(name, name)}" for name in whole.arguments)
    space: dict[str, Any] = {"formula": whole.formula}
    body = rewritten.format(f"formula({passed})")
    exec(f"def derived({', '.join(names)}): return {body}", space)
    formula = space["derived"]
    formula.__module__, formula.__doc__ = whole.__module__, whole.__doc__
    return Bound(
        formula, claim, name=name, source=whole.source, entry=whole.entry, status=whole.status,
        why=whole.why, given=whole.given, needs=whole.needs, fixed=whole.fixed, event=whole.event,
        direction={k: v for k, v in whole.exceptions.items() if k in names},
        expression=whole.has_expression, peaks=whole.peaks,
    )  # fmt: skip
