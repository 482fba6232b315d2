"""Every bound on torch tensors: the floats' values, and the slopes of 80-digit arithmetic."""

import math
from itertools import islice
from typing import Any

import mpmath
import pytest
from mpmath import mpf

from genbounds.variables import VARIABLES
from tests.catalogue.draws import NUMBERED, is_number, points, whole

torch = pytest.importorskip("torch")

# Values of torch and of floats differ where a formula itself cancels.
VALUE = 1e-11
SLOPE = 1e-8
# A slope so far out is compared with nothing: the way to it overflows or is subnormal.
LEAST, LARGEST = 1e-280, 1e280
SLOW_IN_DIGITS = {
    "dudley": "an integral over a function with a root in its lower end",
    "jeffreys": "a search in an integral",
    "jeffreys_lower": "a search in an integral",
    "risk_difference": "two binomial tails of up to a million terms",
}
COUNTS = ("errors", "errors_first_only", "errors_second_only", "vc_dim", "population_size")


def tensors(facts: dict[str, Any]) -> dict[str, Any]:
    """Numbers and sequences as tensors that ask for slopes."""
    return {
        name: x if VARIABLES[name].kind == "function" else _tensor(x) for name, x in facts.items()
    }


def _tensor(x: Any) -> Any:
    return torch.tensor(x, dtype=torch.float64, requires_grad=True)


def slopes(value: Any, given: dict[str, Any]) -> dict[str, Any]:
    leaves = {name: x for name, x in given.items() if isinstance(x, torch.Tensor)}
    found = torch.autograd.grad(value, list(leaves.values()), allow_unused=True)
    return {
        k: torch.zeros_like(leaves[k]) if g is None else g
        for k, g in zip(leaves, found, strict=True)
    }


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_values_are_those_of_floats(bound: Any) -> None:
    for facts in points(bound, 8):
        given, plain = tensors(facts), bound(**facts)
        value = bound(**given)
        assert value.shape == () and value.dtype == torch.float64
        assert value.item() == pytest.approx(plain, rel=VALUE, nan_ok=True), facts
        for name, slope in slopes(value, given).items():
            assert slope.isfinite().all(), (name, facts)


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_slopes_are_those_of_digits(bound: Any) -> None:
    moving = [k for k in bound.arguments if VARIABLES[k].kind == "real" and not whole(bound, k)]
    if not moving or bound.name in SLOW_IN_DIGITS:
        return
    small = (x for x in points(bound, 8) if all(x.get(name, 0) <= 3000 for name in COUNTS))
    for facts in islice(small, 4):
        given = tensors(facts)
        found = slopes(bound(**given), given)
        for name in moving:
            exact = difference(bound, facts, name)
            if exact is not None and not (abs(exact) < LEAST or abs(exact) > LARGEST):
                # a rounding of the value for each change of x by its own size is beyond floats
                rounding = 1e-15 * abs(bound(**facts) / facts[name])
                close = pytest.approx(exact, rel=SLOPE, abs=rounding)
                assert found[name].item() == close, (name, facts)


def difference(bound: Any, facts: dict[str, Any], name: str) -> float | None:
    """The central difference in one argument; none at a kink, a step or an end of the domain."""
    v, x = VARIABLES[name], mpf(facts[name])
    room = [abs(x), x - mpf(v.low), mpf(v.high) - x]
    with mpmath.workdps(80):
        step = min(room) * mpf(10) ** -16
        if not step > 0:
            return None
        exact = {k: mpf(y) if is_number(k) else y for k, y in facts.items()}
        below, here, above = (bound(**exact | {name: x + h}) for h in (-step, 0, step))
        if not all(map(mpmath.isfinite, (below, here, above))):
            return None
        slope, one_sided = (above - below) / (2 * step), (above - here) / step
        return float(slope) if abs(slope - one_sided) <= 1e-6 * abs(slope) else None


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_a_batch_goes_entry_by_entry(bound: Any) -> None:
    """A batch whose entries go different ways has the values and slopes of its entries."""
    found = [x for x in points(bound, 6) if all(is_number(k) for k in x)]
    if not found:
        return
    names = list(found[0])
    given = {k: _tensor([float(facts[k]) for facts in found]) for k in names}
    values = bound(**given)
    whole_batch = slopes(values.sum(), given)
    for i, facts in enumerate(found):
        alone = {k: _tensor(float(x)) for k, x in facts.items()}
        value = bound(**alone)
        assert values[i].item() == pytest.approx(value.item(), rel=1e-12, nan_ok=True)
        for name, slope in slopes(value, alone).items():
            assert math.isclose(whole_batch[name][i].item(), slope.item(), rel_tol=1e-9), name
