"""The edge: a user's arguments become numbers for formulas, or one error that lists every fault.

Scalars stay Python scalars, arrays become float64, symbols and other kinds of number pass
unchecked.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import repeat
from typing import Any, NamedTuple

from genbounds.generic import backend_of, load_backend
from genbounds.growth import GROWTHS, ClassGrowth, Growth, OwnGrowth
from genbounds.variables import COUNTING, DERIVATIONS, RELATIONS, VARIABLES, Derivation, Variable


class Settled(NamedTuple):
    """Facts that passed the checks, and how the arguments follow from them."""

    names: tuple[str, ...]
    facts: dict[str, Any]
    derivations: tuple[Derivation, ...]

    @property
    def values(self) -> dict[str, Any]:
        """The arguments of the formula."""
        return self.derive(self.facts)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was derived from what, in words."""
        return tuple(d.sentence for d in self.derivations)

    def derive(self, facts: Mapping[str, Any], without: str = "") -> dict[str, Any]:
        """The arguments out of facts of the same names, whatever kind of number they are.

        What depends on the fact `without`, which is still sought, is left out.
        """
        values = {name: facts[name] for name in self.names if name in facts}
        for derivation in self.derivations:
            if without not in derivation.sources:
                sources = [facts[source] for source in derivation.sources]
                values[derivation.target] = derivation.function(*sources)
        return values


def settle(names: Sequence[str], given: Mapping[str, Any], unknown: str | None = None) -> Settled:
    """The arguments `names` out of what was given; one `ValueError` names every fault.

    `unknown` is the argument that a caller wants to solve for: it may be missing, and what is
    derived from it waits.
    """
    faults: list[str] = []
    kind = _growth_kind(given, unknown, faults)
    facts = _converted({k: v for k, v in given.items() if k != "growth"}, faults)
    missing = {unknown} if unknown else set()
    derivations = _derivations(names, facts, missing, kind)
    served = {d.target for d in derivations}
    used = {*names, *(s for d in derivations for s in d.sources), "growth"}
    faults += _check_names(names, given, served | missing | set(given), used)
    checked = facts | _concrete(facts)
    _check_domains(checked, faults)
    _check_counts(names, checked, faults)
    _check_relations(checked, faults)
    _check_shapes(checked, faults)
    if faults:
        raise ValueError("; ".join(faults))
    return Settled(tuple(names), facts, tuple(derivations))


def number(name: str, value: Any) -> Any:
    """One argument as a number that formulas take; `TypeError` says what it was."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value if type(value) in (int, float) else _plain(value)
    if isinstance(value, Fraction):
        return value.numerator / value.denominator
    backend = backend_of(type(value))
    if backend == "arrays":
        return _from_numpy(name, value)
    if backend == "balls":
        return load_backend("balls").ball(value)
    if backend in ("tensors", "traced"):
        return load_backend(backend).real(name, value)
    if backend != "floats":
        return value
    raise TypeError(f"{name} must be a number or a numpy array, got {_described(value)}")


def _plain(value: float) -> float:
    return int(value) if isinstance(value, int) else float(value)


def _from_numpy(name: str, value: Any) -> Any:
    if value.dtype.kind not in "iuf":
        raise TypeError(f"{name} must hold real numbers, got an array of {value.dtype}")
    return value.item() if value.ndim == 0 else value.astype(float)


def _described(value: Any) -> str:
    return "None" if value is None else f"{type(value).__name__} {value!r}"[:80]


def _converted(given: Mapping[str, Any], faults: list[str]) -> dict[str, Any]:
    facts = {}
    for name, value in given.items():
        if name not in VARIABLES:
            continue
        try:
            facts[name] = _READERS.get(VARIABLES[name].kind, number)(name, value)
        except TypeError as fault:
            faults.append(str(fault))
    return facts


def _function(name: str, value: Any) -> Any:
    """A log growth function or covering number, or a hypothesis class that carries one."""
    if name == "log_growth" and hasattr(value, "log_growth") and hasattr(value, "vc_dim"):
        return ClassGrowth(value)
    function = getattr(value, name, value)
    if not callable(function):
        raise TypeError(f"{name} must be a function of the sample size, got {_described(value)}")
    if name != "log_growth" or isinstance(function, (Growth, ClassGrowth)):
        return function
    checked = function if isinstance(function, OwnGrowth) else OwnGrowth(function)
    _check_growth(checked)
    return checked


def _check_growth(function: OwnGrowth) -> None:
    """One point has one or two labelings; a raw count returned in place of its log shows here."""
    try:
        at_one = function(1)
    except ValueError as fault:
        raise TypeError(str(fault)) from None
    if backend_of(type(at_one)) == "floats" and at_one > math.log(2) + 1e-12:
        raise TypeError(
            "log_growth must return the log of the number of labelings: "
            f"log_growth(1) = {at_one!r} is not in [0, ln 2]"
        )


def _sequence(name: str, value: Any) -> Any:
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise TypeError(f"{name} must be a sequence of numbers, got {_described(value)}")
    listed: Any = value
    backend = backend_of(type(value))
    try:
        entries = listed.tolist() if backend == "arrays" else value
        if isinstance(entries, list) and set(map(type, entries)) <= {int, float}:
            return tuple(map(float, entries))
        if backend in ("tensors", "traced"):
            return load_backend(backend).sequence(name, value)
        entries = tuple(map(_entry, repeat(name), entries))
        kinds = {"tensors", "traced"}.intersection(map(backend_of, set(map(type, entries))))
        # one array: not a tuple of numbers
        return load_backend(max(kinds)).sequence(name, entries) if kinds else entries
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be a flat sequence of numbers") from None


def _entry(name: str, x: Any) -> Any:
    value = number(name, x)
    return float(value) if backend_of(type(value)) == "floats" else value


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "function": _function,
    "sequence": _sequence,
    "data": _sequence,
}


def is_allowed(name: str, value: Any) -> bool:
    """Whether one argument passes the checks of its variable."""
    try:
        settle((name,), {name: value})
    except ValueError:
        return False
    return True


def _growth_kind(given: Mapping[str, Any], unknown: str | None, faults: list[str]) -> type[Growth]:
    name = given.get("growth", "sauer")
    if not isinstance(name, str) or name not in GROWTHS:
        faults.append(f"growth must be one of {', '.join(GROWTHS)}, got {name!r}")
        return GROWTHS["sauer"]
    if "growth" in given and "vc_dim" not in given and unknown != "vc_dim":
        faults.append("growth goes with vc_dim")
    return GROWTHS[name]


def _derivations(
    names: Sequence[str], facts: Mapping[str, Any], unknown: set[str], kind: type[Growth]
) -> list[Derivation]:
    """How the arguments that were not given follow from what was given or is sought."""
    found = []
    for derivation in DERIVATIONS:
        known = facts.keys() | unknown
        if derivation.target in known or derivation.target not in names:
            continue
        if derivation.target == "log_growth":
            sentence = f"growth function: {kind.words}, d = vc_dim"
            derivation = derivation._replace(function=kind, sentence=sentence)
        if known.issuperset(derivation.sources):
            found.append(derivation)
    return found


def _check_names(
    names: Sequence[str], given: Mapping[str, Any], known: set[str], used: set[str]
) -> list[str]:
    faults = [
        f"unknown argument {name!r} (this bound takes {', '.join(accepted(names))})"
        for name in given
        if name not in used
    ]
    faults += [
        f"missing argument {name} ({describe(name)}){_ways(name)}"
        for name in names
        if name not in known
    ]
    return faults


def accepted(names: Sequence[str]) -> list[str]:
    """The arguments of a bound and, in brackets, what each can be derived from."""
    return [f"{name}{_ways(name)}" for name in names]


def _ways(name: str) -> str:
    ways = [" and ".join(d.sources) for d in DERIVATIONS if d.target == name]
    return f" (or {', or '.join(ways)})" if ways else ""


def describe(name: str) -> str:
    """A variable's meaning and range in a few words."""
    variable = VARIABLES[name]
    return f"{variable.meaning}: {variable.domain}"


def _concrete(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Tensors as the plain numbers that the checks read; none while a function is being traced."""
    seen = {k: _seen(x) for k, x in facts.items() if VARIABLES[k].kind != "function"}
    return {k: x for k, x in seen.items() if x is not None}


def _seen(value: Any) -> Any:
    if isinstance(value, tuple):
        entries = value if set(map(type, value)) <= {float} else tuple(map(_seen, value))
        return None if any(x is None for x in entries) else entries
    backend = backend_of(type(value))
    if backend not in ("tensors", "traced"):
        return value
    found = load_backend(backend).host(value)
    return found.item() if getattr(found, "shape", None) == () else found


def _check_domains(facts: Mapping[str, Any], faults: list[str]) -> None:
    for name, value in facts.items():
        variable = VARIABLES[name]
        backend = "" if variable.kind == "function" else backend_of(type(value))
        if backend == "floats":
            bad = (
                _bad_sequence(variable, value)
                if isinstance(value, tuple)
                else _bad(variable, value)
            )
        elif backend == "arrays":
            bad = _bad_array(variable, value)
        elif getattr(value, "is_number", backend in ("digits", "balls")):
            bad = _bad_exact(variable, value)
        else:
            continue
        if bad:
            faults.append(f"{name} must be {variable.domain}, got {bad:.80}")


def _bad(variable: Variable, value: float) -> str:
    whole = variable.kind != "integer" or value == math.inf or value == value // 1
    infinite = value == math.inf and variable.open_high
    return "" if variable.contains(value) and whole and not infinite else repr(value)


def _bad_exact(variable: Variable, value: Any) -> str:
    """A concrete number of sympy, mpmath or flint, judged as the float that it is near."""
    if backend_of(type(value)) == "balls" and value.rational is not None:
        whole = variable.kind != "integer" or value.is_integer
        return "" if whole and variable.contains(value) else str(value)
    try:
        near = float(value)
    except (TypeError, OverflowError):
        return str(value)
    whole = variable.kind != "integer" or value == int(near)
    return "" if near == near and not _bad(variable, near) and whole else str(value)


def _bad_sequence(variable: Variable, values: tuple[float, ...]) -> str:
    if not values:
        return "an empty sequence"
    top = 1.0 if variable.kind == "data" else math.inf
    if math.isfinite(sum(values)) and min(values) >= variable.low and max(values) <= top:
        return ""
    bad = [i for i, x in enumerate(values) if not (variable.low <= x <= top and math.isfinite(x))]
    return f"{values[bad[0]]!r} at position {bad[0]}" if bad else ""


def _bad_array(variable: Variable, values: Any) -> str:
    import numpy as np

    if values.size == 0:
        return "an empty array"
    above = values > variable.low if variable.open_low else values >= variable.low
    below = values < variable.largest if variable.open_high else values <= variable.largest
    good = above & below
    if variable.kind == "integer":
        good &= np.floor(values) == values
    where = np.flatnonzero(~good)
    if not len(where):
        return ""
    return f"{float(values.flat[where[0]])!r} at position {int(where[0])} of the array"


def _check_counts(names: Sequence[str], facts: Mapping[str, Any], faults: list[str]) -> None:
    """A bound that counts errors or labelings takes whole sample sizes only."""
    counted = COUNTING.intersection(names) or ("errors" in facts and "empirical_risk" in names)
    if "n" not in facts or not counted:
        return
    whole = VARIABLES["n"]._replace(kind="integer")
    backend = backend_of(type(facts["n"]))
    check: Any = {"floats": _bad, "arrays": _bad_array, "balls": _bad_exact}.get(backend)
    bad = check(whole, facts["n"]) if check and not _any_fault(faults, "n") else ""
    if bad:
        faults.append(f"n must be {whole.domain} in a bound that counts, got {bad}")


def _any_fault(faults: Sequence[str], name: str) -> bool:
    return any(fault.startswith(f"{name} must") for fault in faults)


def _check_relations(facts: Mapping[str, Any], faults: list[str]) -> None:
    for relation in RELATIONS:
        if all(name in facts for name in relation.names):
            values = [facts[name] for name in relation.names]
            if all(backend_of(type(x)) in ("floats", "arrays", "balls") for x in values):
                _check_relation(relation.holds, values, relation.sentence, faults)


def _check_relation(
    holds: Callable[..., Any], values: list[Any], sentence: str, faults: list[str]
) -> None:
    try:
        verdict = holds(*values)
    except ValueError:
        return  # shapes that do not broadcast are reported once, by name
    if not (verdict.all() if hasattr(verdict, "all") else bool(verdict)):
        faults.append(f"{sentence}, got {', '.join(_brief(x) for x in values)}")


def _brief(value: Any) -> str:
    return repr(value) if backend_of(type(value)) == "floats" else "arrays where it fails"


def _check_shapes(facts: Mapping[str, Any], faults: list[str]) -> None:
    arrays = {
        k: v
        for k, v in facts.items()
        if not isinstance(v, (int, float, tuple)) and hasattr(v, "shape")
    }
    if len(arrays) < 2:
        return
    import numpy as np

    try:
        np.broadcast_shapes(*(v.shape for v in arrays.values()))
    except ValueError:
        shapes = ", ".join(f"{k} {v.shape}" for k, v in arrays.items())
        faults.append(f"shapes do not broadcast: {shapes}")


def plain_tests(names: Sequence[str]) -> list[str]:
    """Python sources that are all true only for plain numbers that pass every check."""
    related = [test for others, test in _RELATED.items() if {*names} >= {"n", *others}]
    return [_plain_test(name, names) for name in names] + related


_RELATED = {
    ("errors",): "errors <= n",
    ("errors_first_only", "errors_second_only"): "errors_first_only + errors_second_only <= n",
    ("population_size",): "n <= population_size",
}


def _plain_test(name: str, names: Iterable[str]) -> str:
    """Python source that is true only for a plain number in the variable's range."""
    v = VARIABLES[name]
    if v.kind in ("function", "sequence", "data"):
        return "False"
    low, high = ("<" if v.open_low else "<="), ("<" if v.open_high else "<=")
    top = "1e308" if v.largest == math.inf else repr(v.largest)
    bottom = "-1e308" if v.low == -math.inf else repr(v.low)
    inside = f"{bottom} {low} {name} {high} {top}"
    whole = v.kind == "integer" or (name == "n" and COUNTING.intersection(names))
    kind = f"type({name}) is int" if whole else f"type({name}) in (int, float)"
    return f"{kind} and {inside}"
