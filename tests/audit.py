"""The float path held against certified enclosures: worst errors, over a grid and random draws.

    python -m tests.audit             a sample: minutes become seconds
    python -m tests.audit --write     the whole campaign, and docs/audit.md from it
    python -m tests.audit --write chernoff log_sauer      these again, the others as recorded

The float is compared with the exact value at the very doubles that went in.
"""

import argparse
import json
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import genbounds as gb
from genbounds import generic
from genbounds.enclosing import exact_facts, lifted, tightened
from genbounds.generic import load_backend
from tests.catalogue.draws import NUMBERED, points
from tests.catalogue.records import OUTWARD

PAGE = Path(__file__).parents[1] / "docs" / "audit.md"
RECORD = Path(__file__).parent / "audit.json"
DRAWS, DRAWS_OF_A_BOUND = 100_000, 10_000
STATED_OF_BOUNDS = 1e-12
"""Relative error of a bound, unless a row below says otherwise."""


class Worst(NamedTuple):
    """The largest error met, where, and over how many comparisons."""

    error: float
    arguments: tuple[Any, ...]
    count: int


# --- random arguments

Random = np.random.Generator


def unit(random: Random) -> float:
    """[0, 1], often next to an end."""
    kind = random.integers(0, 8)
    if kind == 0:
        return float(random.integers(0, 2))
    x = (
        float(random.random())
        if kind < 4
        else 10.0 ** random.uniform(-300 if kind == 4 else -16, 0)
    )
    return 1.0 - x if kind == 7 else x


def cost(random: Random) -> float:
    """ln(1/delta) for any delta, or a share of it."""
    return float(10.0 ** random.uniform(-20, math.log10(700.0)))


def positive(low: float, high: float) -> Callable[[Random], float]:
    """Log-uniform."""
    ends = math.log(low), math.log(high)
    return lambda random: float(math.exp(random.uniform(*ends)))


def whole(low: int, high: int) -> Callable[[Random], int]:
    """Log-uniform integers."""
    ends = math.log(max(low, 1)), math.log(high)

    def draw(random: Random) -> int:
        if low == 0 and random.random() < 0.1:
            return 0
        return min(high, max(low, round(math.exp(random.uniform(*ends)))))

    return draw


def counted(largest: int) -> Callable[[Random], tuple[Any, ...]]:
    """(k, n, c) with 0 <= k <= n."""

    def draw(random: Random) -> tuple[Any, ...]:
        n = whole(1, largest)(random)
        k = min(n, whole(0, n)(random))
        return (n - k if random.random() < 0.2 else k), n, cost(random)

    return draw


def each(*draws: Callable[[Random], Any]) -> Callable[[Random], tuple[Any, ...]]:
    """Independent arguments."""
    return lambda random: tuple(draw(random) for draw in draws)


def _chosen(random: Random) -> tuple[int, int]:
    n = whole(1, 10**18)(random)
    return n, min(n, whole(0, 10**6)(random))


def _tail(random: Random) -> tuple[int, int, float]:
    n = whole(1, 10**6)(random)
    return min(n, whole(0, n)(random)), n, min(max(unit(random), 1e-9), 1 - 1e-9)


def _signed(largest: float) -> Callable[[Random], float]:
    """Either sign, its size log-uniform or uniform."""

    def draw(random: Random) -> float:
        size = positive(1e-300, largest)(random) if random.random() < 0.5 else 3.0 * random.random()
        return float(size * random.choice([-1.0, 1.0]))

    return draw


def _below_one(random: Random) -> float:
    x = _signed(1e300)(random)
    return x if x < 1.0 else unit(random)


def _near_the_branch(random: Random) -> tuple[float]:
    x = -math.exp(-1.0) * (1 - 10.0 ** random.uniform(-15, 0))
    return (x if random.random() < 0.5 else -(10.0 ** random.uniform(-300, -1)),)


_QUARTERS, _COSTS = (0.0, 1e-300, 1e-9, 0.25, 0.5, 1 - 2**-53, 1.0), (1e-300, 1e-9, 0.1, 3.0, 700.0)
_COUNTS = [
    (k, n, c)
    for n in (1, 2, 10, 10**6, 10**15)
    for k in {0, 1, n // 2, n - 1, n}
    for c in _COSTS[2:]
]

SPECIAL: dict[str, tuple[float, Callable[[Random], tuple[Any, ...]], Iterable[tuple[Any, ...]]]] = {
    "relative_entropy": (1e-15, each(unit, unit), product(_QUARTERS, (0.25, 0.5, 1e-9))),
    "kl_inverse_upper": (1e-15, each(unit, cost), product(_QUARTERS, _COSTS)),
    "kl_inverse_lower": (1e-15, each(unit, cost), product(_QUARTERS, _COSTS)),
    "binomial_tail_inverse": (1e-14, counted(10**15), _COUNTS),
    "binomial_tail_inverse_lower": (1e-12, counted(10**15), _COUNTS),
    "binomial_log_tail": (1e-12, _tail, [(0, 10, 0.5), (5, 10, 0.5), (9, 10, 1e-9)]),
    "log_binomial": (1e-15, _chosen, [(1, 0), (10**18, 10**6), (10**6, 5 * 10**5)]),
    "log_sauer": (1e-15, _chosen, [(1, 0), (1, 1), (10**18, 10**6), (1000, 500)]),
    "log_cover": (1e-15, _chosen, [(1, 1), (10**18, 10**6), (1000, 500)]),
    "log_xi": (4e-15, each(whole(1, 10**9)), [(1,), (2,), (999,), (1000,), (10**15,)]),
    "lambert_w": (1e-15, each(positive(1e-300, 1e300)), [(0.5,), (1e300,)]),
    "lambert_w_minus1": (1e-15, _near_the_branch, [(-0.3678794411714423,), (-5e-324,)]),
    "bennett_function": (1e-15, each(positive(1e-300, 1e300)), [(1.0,)]),
    "bennett_inverse": (1e-15, each(positive(1e-300, 1e300)), [(1.0,)]),
    "bennett_deviation": (2e-15, each(positive(1e-9, 1e9), cost), [(1.0, 1.0)]),
    "erfc": (1e-14, each(positive(1e-300, 25.0)), [(0.0,), (1.0,)]),
    "erfcx": (1e-14, each(positive(1e-300, 1e8)), [(0.0,), (1.0,)]),
    "exp_remainder": (1e-15, each(_signed(700.0)), [(0.0,), (-1.0,), (1.0,), (722.0,), (-1e300,)]),
    "log_remainder": (1e-15, each(_below_one), [(0.0,), (-1.0,), (0.5,), (1 - 2**-53,), (-1e300,)]),
    "zeta": (1e-15, each(lambda random: 1 + positive(1e-9, 100.0)(random)), [(2.0,), (1.4,)]),
    "gamma_ratio": (3e-15, each(positive(1e-3, 1e15)), [(0.5,), (1.0,), (1e15,)]),
    "log_cosh": (1e-15, each(positive(1e-150, 1e150)), [(1.0,)]),
    "log_ratio": (1e-15, each(positive(1e-300, 1e300), positive(1e-300, 1e300)), [(1, 1 - 2**-53)]),
    "normal_quantile": (1e-14, each(positive(1e-300, 0.49)), [(0.025,), (1e-300,)]),
}  # fmt: skip
"""Name: stated relative error, random arguments, the grid."""


# --- comparisons


def special(name: str, draws: int, seed: int = 0) -> Worst:
    """The worst error of a special function over its grid and so many draws."""
    _, draw, grid = SPECIAL[name]
    random, function = np.random.default_rng(seed), getattr(generic, name)
    cases = [*grid, *(draw(random) for _ in range(draws))]
    return worst((_error_of(function, case), case) for case in cases)


def _error_of(function: Callable[..., Any], case: tuple[Any, ...]) -> float:
    ball = load_backend("balls").ball
    exact = tightened(lambda: function(*map(ball, case)), 20, function.__name__)
    return error(function(*case), exact)


def of_bound(bound: Any, draws: int, seed: int = 1) -> Worst:
    """The worst error of a bound over so many sets of arguments."""
    cases = points(bound, draws, seed)
    return worst((_error_of_bound(bound, facts), tuple(facts.items())) for facts in cases)


def _error_of_bound(bound: Any, facts: dict[str, Any]) -> float:
    found = bound(**facts)
    exact = bound.enclose(**facts, binary=True).ball
    if bound.claim.quantity == "risk_difference":
        return float(abs(type(exact)(found) - exact).upper())  # as exact as a number near 1
    if bound.needs and math.isinf(found) == exact.is_finite():
        return 0.0  # a relation that holds with equality: the rounding of its sides decides it
    size = error(found, exact)
    if size > stated_of(bound) and "delta" in facts:
        size = min(size, _beyond_rounding_of_delta(bound, facts, found))
    return size


def _beyond_rounding_of_delta(bound: Any, facts: dict[str, Any], found: float) -> float:
    """The error that is left if ln(1/delta) may be off by its own rounding, which ties forgive."""
    import flint

    delta: float = facts["delta"]
    with flint.ctx.workprec(200):
        around = flint.arb(delta, delta * 2**-52 * (0.5 - 4 * math.log(delta)))
        values = lifted(exact_facts(facts | {"delta": around}, bound.arguments, binary=True))
        reach = bound(**values)
        return 0.0 if reach.contains(flint.arb(found)) else error(found, reach)


def error(found: float, exact: Any) -> float:
    """Relative; what overflows or underflows as a float must do so in the enclosure."""
    arb = type(exact)
    if not exact.is_finite() or math.isinf(found):
        same = float(exact) == found or (math.isinf(found) and abs(exact) > arb(1.79e308))
        return 0.0 if same else math.inf
    difference = abs(arb(found) - exact)
    if difference <= arb(1e-300):
        return 0.0
    return float((difference / abs(exact)).upper())


def worst(errors: Iterator[tuple[float, tuple[Any, ...]]]) -> Worst:
    """The largest of the errors."""
    found, where, count = 0.0, (), 0
    for size, arguments in errors:
        count += 1
        if not size <= found:
            found, where = size, arguments
    return Worst(found, where, count)


# --- the page


CANCELLING = {
    "desymmetrization": 1.1,  # R - m/sqrt(n) may vanish
    "split_kl": 1e-6,  # losses in a range of 1e12
    "pac_bayes_split_kl": 1e-6,
    "bartlett_bousquet_mendelson_lower": 1e-11,
}
"""Differences that may be far smaller than their terms."""


def stated_of(bound: Any) -> float:
    """The relative error that a bound promises; one that is rounded outwards promises its side."""
    return math.inf if bound.name in OUTWARD else CANCELLING.get(bound.name, STATED_OF_BOUNDS)


def audited() -> list[Any]:
    """The bounds whose floats can be held against balls."""
    from tests.catalogue.test_balls import WITHOUT_BALLS

    return [bound for bound in NUMBERED if bound.name not in WITHOUT_BALLS]


def campaign(names: Collection[str], draws: int, draws_of_a_bound: int) -> dict[str, Worst]:
    """The worst errors of the functions and bounds of these names, as they are found."""
    from joblib import Parallel, delayed

    def measured(name: str) -> tuple[str, Worst]:
        if name in SPECIAL:
            return name, special(name, draws)
        return name, of_bound(gb.catalogue[name], draws_of_a_bound)

    run = Parallel(n_jobs=-1, return_as="generator_unordered")
    return dict(run(delayed(measured)(name) for name in names))


def everything() -> list[str]:
    """All that is audited, by name: the special functions, then the bounds."""
    return [*SPECIAL, *(bound.name for bound in audited())]


def page(found: Mapping[str, Worst]) -> str:
    """The tables of worst errors, in Markdown."""
    functions = [(name, SPECIAL[name][0], found[name]) for name in SPECIAL]
    bounds = [(bound.name, stated_of(bound), found[bound.name]) for bound in audited()]
    between = BETWEEN.format(bounds=len(bounds), stated=STATED_OF_BOUNDS)
    return "\n".join([HEAD, *_table(functions), between, *_table(bounds), ""])


HEAD = """# The floats, audited

Every special function and every bound is evaluated twice at the same doubles: as a float, and in
[certified balls](certified.md), which contain the exact value. This page is what
`python -m tests.audit --write` found, the worst relative error of each over a committed grid and
random draws from the whole domain, corners included. A smaller sample of it is a test.

Where the rounding of ln(1/delta) alone moves the value by more, the error is what is left of it; a
difference of two risks is as exact as a number near 1.

## Special functions
"""
BETWEEN = """
## Bounds

{bounds} bounds; the stated relative error is {stated:g} unless the table says otherwise.
"""


def _table(rows: Iterable[tuple[str, float, Worst]]) -> list[str]:
    lines = ["| | stated | worst | at | comparisons |", "| --- | --- | --- | --- | --- |"]
    for name, stated, found in rows:
        where = ", ".join(map(_shown, found.arguments)) if found.error else ""
        lines.append(f"| `{name}` | {stated:.0e} | {found.error:.1e} | {where} | {found.count} |")
    return lines


def _shown(x: Any) -> str:
    if isinstance(x, (tuple, list)) and len(x) == 2 and isinstance(x[0], str):
        return f"{x[0]} = {_shown(x[1])}"
    return f"{x:.6g}" if isinstance(x, (int, float)) else str(x)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="the whole campaign")
    parser.add_argument("names", nargs="*", help="only these functions and bounds")
    given = parser.parse_args()
    sizes = (DRAWS, DRAWS_OF_A_BOUND) if given.write else (300, 20)
    kept = {} if not given.names else _read()
    found = kept | campaign(given.names or everything(), *sizes)
    if given.write:
        rows = {name: found[name]._asdict() for name in everything()}
        RECORD.write_text(json.dumps(rows, indent=0, default=str) + "\n", encoding="utf-8")
        found = _read()
        PAGE.write_text(page(found), encoding="utf-8")
    else:
        print(page(found))


def _read() -> dict[str, Worst]:
    rows = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    return {name: Worst(**row) for name, row in rows.items()}


if __name__ == "__main__":
    main()
