"""A bound's formula run once on recorded numbers: the user's, or the names of its arguments."""

from collections.abc import Mapping
from typing import Any

from genbounds.arguments import settle
from genbounds.backends import plain, steps
from genbounds.backends.steps import Recorded
from genbounds.declaration import Bound
from genbounds.formulas import hint
from genbounds.two_sided import TwoSided, _at_ends
from genbounds.variables import VARIABLES


def recorded(bound: Bound, facts: Mapping[str, Any], given: Mapping[str, Any] | None = None) -> Any:
    """The bound's value on facts for one call, remembering how it was made.

    `given` are arguments that are recorded numbers already.
    """
    inputs, width = _arguments(bound, facts, given or {})
    value = _run(bound, inputs)
    return value if width == 1 else value * _width(width, bound.degree)


def _arguments(
    bound: Bound, facts: Mapping[str, Any], given: Mapping[str, Any]
) -> tuple[dict[str, Any], Any]:
    """The arguments as recorded numbers, and the width of the loss."""
    prepared, width = bound.prepared(facts)
    settled = settle(bound.arguments, prepared)
    values = settled.values
    inputs = {k: _input(k, v) for k, v in settled.facts.items()} | dict(given)
    for derivation in settled.derivations:
        variable = VARIABLES[derivation.target]
        if variable.kind == "function":
            inputs[variable.name] = _input(variable.name, values[variable.name])
        else:
            value = derivation.function(*(inputs[source] for source in derivation.sources))
            inputs[variable.name] = steps.named(variable.latex, variable.name, value)
    return inputs, width


def _width(width: Any, degree: int = 1) -> Any:
    """What the value is multiplied by, for a loss of this width."""
    number = steps.given("w", "width", width if isinstance(width, int) else float(width))
    return number if degree == 1 else number**degree


def _input(name: str, value: Any) -> Any:
    latex = VARIABLES[name].latex
    if VARIABLES[name].kind != "function":
        return steps.given(latex, name, value)
    function = steps.Named(latex, name, value)
    return lambda *sizes: steps.applied(function, *sizes)


def computations(bound: Bound | TwoSided, facts: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What is computed, by side: one recorded number, or the two ends of an interval."""
    if not isinstance(bound, TwoSided):
        return [("lower" if bound.claim.side == "lower" else "upper", recorded(bound, facts))]
    if bound.deviation:
        half = recorded(bound.gap, facts)
        return [("lower", -half), ("upper", half)]
    given: dict[str, Any] = {}
    if not bound.one_event:
        whole = steps.given(r"\delta", "delta", facts["delta"])
        given["delta"] = steps.named(r"\delta_{\mathrm{side}}", "delta of each side", whole / 2)
        facts = {**facts, "delta": facts["delta"] / 2}
    if bound.additive:
        return [
            ("lower", mirrored(bound, facts, given)),
            ("upper", recorded(bound.bound, facts, given)),
        ]
    return [
        ("lower", recorded(bound.lower, facts, given)),
        ("upper", recorded(bound.upper, facts, given)),
    ]


def in_words(bound: Bound | TwoSided) -> list[str]:
    """The formula with names for the arguments: definitions first, one line for each side."""
    if isinstance(bound, TwoSided) and not (bound.additive or bound.deviation):
        ends = (("lower", bound.lower), ("upper", bound.upper))
        lines = [f"{side}: {line}" for side, end in ends for line in in_words(end)]
        return lines if bound.one_event else [*lines, "each with delta / 2 for delta"]
    if isinstance(bound, TwoSided):
        centre = "" if bound.deviation else f"{bound.bound.empirical} "
        *definitions, last = in_words(bound.gap)
        return [*definitions, f"{centre}+- {last}"]
    inputs = {name: _input(name, None) for name in bound.arguments}
    names: dict[str, str] = {}

    def leaf(x: Recorded) -> Any:
        if x.operation == "input":
            return plain.symbol(x.operands[1])
        if x.operation != "let" or _is_local(x):
            return None
        names.setdefault(x.operands[1], str(steps.rendered(x.operands[2], plain, leaf)))
        return plain.symbol(x.operands[1])

    value = str(steps.rendered(_run(bound, inputs), plain, leaf))
    return [*(f"{name} = {text}" for name, text in names.items()), value]


def _is_local(x: Any) -> bool:
    """Whether a value rests on the placeholder of a function, so that it has no name outside."""
    if not isinstance(x, Recorded):
        return False
    return x.operation == "entry" or any(map(_is_local, x.operands))


def _run(bound: Bound, inputs: Mapping[str, Any]) -> Any:
    """The formula on recorded numbers; `ValueError` where it takes plain ones only."""
    try:
        return bound.formula(**{name: inputs[name] for name in bound.arguments})
    except (TypeError, AttributeError) as fault:
        raise ValueError(
            f"{bound.name} cannot be read step by step: its formula is not written in the names of "
            f"genbounds.generic. {hint(bound.formula, fault)}"
        ) from fault


def mirrored(bound: TwoSided, facts: Mapping[str, Any], given: Mapping[str, Any]) -> Any:
    """The lower end of an additive bound: the same deviation below the empirical risk."""
    risk = bound.bound.empirical or ""
    low, high = _at_ends(dict(facts), risk)
    inputs, width = _arguments(bound.bound, low, given)
    rest = {k: v for k, v in high.items() if k not in (risk, "errors")}
    deviation = recorded(bound.bound.gap, rest, given)
    return (inputs[risk] if width == 1 else inputs[risk] * _width(width)) - deviation
