"""What coverage, refutation and slack say to people: a headline and labelled rows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from genbounds.referee.counterexamples import Counterexample, plain, shown
from genbounds.rendering import Report

if TYPE_CHECKING:
    from genbounds.referee.histograms import Histogram
    from genbounds.referee.refuting import Refutation
    from genbounds.referee.slacks import Slack
    from genbounds.referee.validating import Coverage
    from genbounds.referee.worlds.base import World

_BECAUSE = {
    "refuted": "the whole interval is above delta",
    "misused": "it fails too often, in a world of which the theorem does not speak",
    "consistent": "the whole interval is at most delta",
}


def of_coverage(found: Coverage) -> Report:
    """How often the claim failed, what follows, and how far it was from failing."""
    low, high = found.interval
    rows: list[tuple[str, Any]] = [
        ("verdict", f"{found.verdict}: {_why(found)}"),
        ("failures", f"{found.violations} of {found.trials}, a rate of {found.rate:.6g}"),
        ("interval", f"[{low:.6g}, {high:.6g}] holds the true probability of failure with "
                     f"confidence 1 - {found.level:g}; delta = {found.delta:g}"),
        ("margin", f"bound less truth: {_spread(found.margins)}"),
        ("ratio", f"deviation over radius, above 1 where it fails: {_spread(found.ratios)}"),
        ("tightness", _tightness(found)),
        ("world", _world(found.world)),
        ("claim", found.bound.claim.sentence),
        ("not covered", ", ".join(found.obstacles)),
        ("parameters", _parameters(found.parameters)),
        ("seed", str(found.seed)),
    ]  # fmt: skip
    return Report(
        f"{found.bound.name} failed on {found.violations} of {found.trials} samples of size "
        f"{found.n}, at delta = {found.delta:g}: {found.verdict}.",
        [(label, part) for label, part in rows if part],
    )


def _why(found: Coverage) -> str:
    """Why the verdict is what it is."""
    if found.verdict != "undecided":
        return _BECAUSE[found.verdict]
    if found.interval[1] <= found.delta:
        return "the interval is at most delta, but the world only comes near the supremum"
    return "the interval holds delta; more trials make it narrower"


def _spread(found: Histogram) -> str:
    """The median and the extremes of a distribution."""
    low, high = found.quantile(0.5)
    return f"{found.least:.4g} to {found.most:.4g}, median {round((low + high) / 2, 3):g}"


def _tightness(found: Coverage) -> str:
    high = found.tightness[1]
    if math.isinf(high):
        return ""
    return f"the ratio is at most {high:.4g} on all samples but a fraction of at most delta"


def of_refutation(found: Refutation) -> Report:
    """The counterexample, or how close the search came to one."""
    example = found.counterexample
    if example is not None:
        rows = [*counterexample_rows(example), ("searched", str(found.searched))]
        return Report(f"{example.sentence}: refuted.", rows)
    closest = f"the worst world found fails with {found.ratio:.4g} times delta"
    rows = [
        ("searched", str(found.searched)),
        ("closest", closest if found.delta and found.searched.arenas else ""),
        ("claim", found.bound.claim.sentence),
    ]
    return Report(
        f"{found.bound.name} is {found.verdict} at delta = {found.delta:g}.",
        [(label, part) for label, part in rows if part],
    )


def of_slack(found: Slack) -> Report:
    """The factor on the radius that is certainly needed, with its world."""
    name, searched = found.bound.name, ("searched", str(found.searched))
    if found.counterexample is None:
        return Report(f"{name}: no factor on its radius was refuted.", [searched])
    if math.isinf(found.value):
        headline = f"{name}: with its radius multiplied by any factor it is false"
    else:
        headline = f"{name} needs at least {found.value:.6g} of its radius"
    proof = f"with its radius times {shown(found.certified)} it is false, as follows"
    rows = [("certified", proof), *counterexample_rows(found.counterexample), searched]
    return Report(f"{headline}, at delta = {found.delta:g}.", rows)


def counterexample_rows(example: Counterexample) -> list[tuple[str, Any]]:
    """The world, and the outcomes that a reader recomputes."""
    rows: list[tuple[str, Any]] = [
        ("world", example.world.sentence),
        ("n", str(example.n)),
        ("parameters", _parameters(example.parameters)),
        ("probability", f"{shown(example.probability)}, exact"),
        ("fails on", example.outcomes),
    ]
    return [(label, part) for label, part in rows if part]


def _world(world: World) -> list[str]:
    """The world in words and in code, which the words of some hold."""
    words, code = world.sentence.replace("`", ""), repr(world)
    return [words] if code in words else [words, code]


def _parameters(found: dict[str, Any]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in found.items())


# --- plain data


def coverage_record(found: Coverage) -> dict[str, Any]:
    """Everything but the bins, as strict JSON can hold it."""
    return {
        "bound": found.bound.name, "world": found.world.to_dict(), "n": found.n,
        "delta": found.delta, "trials": found.trials, "violations": found.violations,
        "rate": found.rate, "interval": list(found.interval), "level": found.level,
        "verdict": found.verdict, "obstacles": list(found.obstacles),
        "margins": _summary(found.margins), "ratios": _summary(found.ratios),
        "tightness": [finite(x) for x in found.tightness],
        "parameters": {name: plain(value) for name, value in found.parameters.items()},
        "seed": found.seed,
    }  # fmt: skip


def _summary(found: Histogram) -> dict[str, Any]:
    """Extremes, and for some levels the ends of the bin that holds the quantile."""
    levels = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
    quantiles = {str(x): [finite(end) for end in found.quantile(x)] for x in levels}
    return {"least": finite(found.least), "most": finite(found.most), "quantiles": quantiles}


def finite(x: float) -> float | None:
    """The number; None where JSON has none, for infinities and NaN."""
    return x if math.isfinite(x) else None
