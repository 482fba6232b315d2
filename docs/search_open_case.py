"""Search for a counterexample to the open case of PAC-Bayes: one side, ln(1/delta), every C.

    python docs/search_open_case.py --seeds 0-19 --seconds 8      # writes docs/open-case.json
    python docs/search_open_case.py --seeds 20-39 --seconds 60    # continues it

A world is a law over m cells, K groups of voters and a prior over the groups. A voter of group g
errs on cell j with probability s[g, j], independently of the other voters: infinitely many of them
where s is a fraction, one where all are 0 or 1. Let Z be the largest n kl(R_n(Q), R(Q)) - KL(Q, P)
over the posteriors Q with R > R_n. The open claim is P(Z > u) <= e^-u for every u; the search
raises the largest e^u P(Z >= u). Nothing of genbounds is used.
"""

import argparse
import json
import platform
import time
from itertools import combinations
from math import lgamma
from pathlib import Path

import numpy as np

RECORD = Path(__file__).with_name("open-case.json")
PAGE = Path(__file__).with_name("open-case.md")
MARK = "<!-- made by search_open_case.py -->\n"
SHAPES = [  # groups, cells, observations: at most 1300 outcomes each
    (1, 2, 10), (1, 2, 40), (1, 3, 12), (2, 2, 6), (2, 2, 30), (2, 3, 5), (2, 3, 12), (2, 4, 1),
    (2, 4, 3), (2, 4, 8), (2, 4, 12), (3, 3, 6), (3, 4, 8), (3, 5, 6), (3, 8, 2), (3, 8, 3),
    (3, 6, 5), (4, 4, 8), (4, 5, 6), (4, 6, 5), (4, 8, 3), (4, 16, 1), (4, 16, 2),
    (8, 3, 3), (8, 3, 8), (16, 4, 2), (16, 4, 4), (32, 5, 3),
]  # fmt: skip
LEAST_U, MOST_U = np.log(10), np.log(1000)  # levels delta = e^-u from 1/1000 to 1/10
ITERATIONS, TIE = 25, 1e-9


# --- the supremum over posteriors


def supremum(counts, law, groups, prior, iterations=ITERATIONS):
    """Z for every row of counts, from below: tangents to the convex kl, each with its Gibbs law.

    The tangent of n kl at (q, p) has slopes -C and n D; the best posterior against it has the
    density e^(-C errors + n D R) to the prior, and its own (q, p) give the next tangent. Each value
    is at most that of a posterior, and none is below the one before it.
    """
    n, risks, right = counts[0].sum(), groups @ law, (1 - groups) @ law  # right: no 1 - p cancels
    at = risks if len(risks) <= 4 else np.quantile(risks, [0, 1 / 3, 2 / 3, 1])
    y = np.repeat([0.0, 0.05, 0.3, 0.7], len(at))  # starts: e^-C, and risks for the slope D
    d = (1 - y) / np.maximum(1 - (1 - y) * np.tile(at, 4), TIE)
    y, d = (np.broadcast_to(start, (len(counts), len(y))) for start in (y, d))
    best = np.zeros(len(counts))
    for _ in range(iterations):
        log_mean, errors = against(counts, groups, y)
        log_share = log_mean + np.log(np.maximum(prior, 1e-300)) + n * d[..., None] * risks
        top = np.maximum(log_share.max(axis=2, keepdims=True), -1e300)  # -inf: no voter is left
        weight = np.exp(log_share - top)
        whole = weight.sum(axis=2)
        some = whole > 0
        weight = weight / np.where(some, whole, 1)[..., None]
        q, p = (weight * errors).sum(axis=2) / n, (weight * risks).sum(axis=2)
        rest = (weight * right).sum(axis=2)
        ok = some & (q < p - TIE) & (rest > TIE)
        q, p, rest = np.where(ok, q, 0), np.where(ok, p, 0.5), np.where(ok, rest, 0.5)
        held = weight > 0  # the KL from the shares themselves: no large numbers cancel
        inside = np.where(errors > 0, errors * np.log(np.maximum(y, 1e-300))[..., None], 0)
        density = np.log(np.where(held, weight, 1) / np.maximum(prior, 1e-300))
        cost = np.where(held, weight * (density + inside - np.where(held, log_mean, 0)), 0)
        best = np.maximum(best, np.where(ok, n * kl(q, p, rest) - cost.sum(axis=2), 0).max(axis=1))
        y, d = q * rest / ((1 - q) * p), (p - q) / (p * rest)
    return best


def against(counts, groups, y):
    """(T, starts, K): ln of the mean of y^errors over each group, and its errors tilted so."""
    stay = 1 - groups + groups * y[..., None, None]  # (T, starts, K, m)
    with np.errstate(divide="ignore"):
        logs = np.where(counts[:, None, None, :] > 0, np.log(stay), 0)
    tilted = groups * y[..., None, None] / np.maximum(stay, 1e-300)
    counts = counts[:, None, None, :]
    return np.where(counts > 0, counts * logs, 0).sum(axis=3), (counts * tilted).sum(axis=3)


def kl(q, p, rest):
    """The binary relative entropy for 0 <= q <= p < 1, rest = 1 - p."""
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = np.where(q > 0, q * np.log(q / p), 0)
        return seen + (1 - q) * np.log((1 - q) / rest)


# --- the score of a world


def score(outcomes, world):
    """The largest e^u P(Z >= u) over LEAST_U <= u <= MOST_U, and that u.

    Where Z has no value there, minus the distance of the nearest one: the climb has a direction.
    """
    law, groups, prior = world
    z = supremum(outcomes["counts"], law, groups, prior)
    weights = probabilities(outcomes, law)
    order = np.argsort(-z)
    tail = np.cumsum(weights[order])
    last = np.append(np.diff(z[order]) < 0, True)  # ties count together
    looked_at = last & (z[order] >= LEAST_U) & (z[order] <= MOST_U)
    ratio = np.where(looked_at, tail * np.exp(np.minimum(z[order], MOST_U) - TIE), 0)
    if not looked_at.any():
        at = int(np.argmin(abs(z[order] - (LEAST_U + MOST_U) / 2)))
        return -abs(float(z[order][at]) - (LEAST_U + MOST_U) / 2), float(z[order][at])
    at = int(ratio.argmax())
    return float(ratio[at]), float(z[order][at])


def probabilities(outcomes, law):
    """Multinomial probabilities."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(outcomes["counts"] > 0, outcomes["counts"] * np.log(law), 0)
    return np.exp(outcomes["ways"] + logs.sum(axis=1))


def all_outcomes(n, m):
    """Count vectors of n observations in m cells, with the logs of the numbers of their orders."""
    bars = np.array(list(combinations(range(n + m - 1), m - 1))).reshape(-1, m - 1)
    ends = np.full((len(bars), 1), -1), np.full((len(bars), 1), n + m - 1)
    counts = np.diff(np.hstack([ends[0], bars, ends[1]]), axis=1) - 1
    factorials = np.array([lgamma(k + 1) for k in range(n + 1)])
    return {"counts": counts, "ways": factorials[n] - factorials[counts].sum(axis=1)}


# --- the search


def random_world(rng, voters, cells):
    """Flat or sparse law and prior; whole or fractional voters, or blocks that never agree.

    Blocks, each right on a cell of its own, reach the ratio 1: the search starts there as well.
    """
    law = rng.dirichlet(np.full(cells, rng.choice([0.3, 1.0, 5.0])))
    prior = rng.dirichlet(np.full(voters, rng.choice([0.3, 1.0, 5.0])))
    kind = rng.random()
    if kind < 0.2:
        even = np.where(np.arange(cells) < voters, 1, rng.random(cells))
        blocks = (np.arange(voters)[:, None] != np.arange(cells)).astype(float)
        return even / even.sum(), blocks, np.full(voters, 1 / voters)
    if kind < 0.6:
        return law, rng.integers(0, 2, (voters, cells)).astype(float), prior
    return law, rng.beta(0.5, 0.5, (voters, cells)), prior


def moved(rng, world, step):
    """A neighbour: mass moved between two cells, two groups, or a voter's error probability."""
    law, groups, prior = (part.copy() for part in world)
    what = rng.integers(3)
    if what < 2:
        part = (law, prior)[what]
        i, j = rng.integers(len(part), size=2)
        mass = min(part[i] - 1e-12, step * rng.random())
        if mass > 0:
            part[i] -= mass
            part[j] += mass
    else:
        g, j = rng.integers(groups.shape[0]), rng.integers(groups.shape[1])
        move = step * rng.standard_normal()
        groups[g, j] = (
            1 - groups[g, j] if rng.random() < 0.1 else np.clip(groups[g, j] + move, 0, 1)
        )
    return law / law.sum(), groups, prior / prior.sum()


def climb(rng, shape, seconds):
    """Restarts and random steps that shrink; every local best is kept."""
    voters, cells, n = shape
    outcomes, until, found = all_outcomes(n, cells), time.monotonic() + seconds, []
    tried = 0
    while not found or time.monotonic() < until:
        starts = [random_world(rng, voters, cells) for _ in range(6)]
        world = max(starts, key=lambda start: score(outcomes, start)[0])
        value, step, idle = score(outcomes, world), 0.3, 0
        while step > 1e-6 and time.monotonic() < until:
            candidate = moved(rng, world, step)
            reached, tried = score(outcomes, candidate), tried + 1
            if reached[0] > value[0]:
                world, value, idle = candidate, reached, 0
            elif (idle := idle + 1) > 12:
                step, idle = step / 3, 0
        found.append((value, world))
    (ratio, u), world = max(found, key=lambda pair: pair[0][0])
    return record(shape, ratio, u, world) | {"restarts": len(found), "worlds": tried}


def record(shape, ratio, u, world):
    """One line of the record."""
    law, groups, prior = (np.round(part, 9).tolist() for part in world)
    slack = u / (u - np.log(ratio)) if ratio > 0 else 0.0
    return {
        "groups": shape[0], "cells": shape[1], "n": shape[2], "ratio": round(ratio, 9),
        "delta": round(float(np.exp(-u)), 9), "slack": round(float(slack), 9), "law": law,
        "errs": groups, "prior": prior,
    }  # fmt: skip


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seeds", default="0-3", help="first-last; seeds on record are skipped")
    parser.add_argument("--seconds", type=float, default=5, help="for each shape and seed")
    given = parser.parse_args()
    first, last = map(int, given.seeds.split("-"))
    known = json.loads(RECORD.read_text()) if RECORD.exists() else {"runs": {}}
    for seed in range(first, last + 1):
        if str(seed) in known["runs"]:
            continue
        began, rng = time.monotonic(), np.random.default_rng(seed)
        results = [climb(rng, shape, given.seconds) for shape in SHAPES]
        known["runs"][str(seed)] = {"seconds": round(time.monotonic() - began), "results": results}
        known = summary(known)
        RECORD.write_text(json.dumps(known, indent=1) + "\n")
        write_table(known)
        print(seed, known["largest_ratio"], flush=True)


def summary(known):
    """The record with its largest ratio and the totals in front."""
    everything = [r for run in known["runs"].values() for r in run["results"]]
    known |= {
        "claim": "P(Z > u) <= e^-u; ratio is the largest e^u P(Z >= u) over 1/1000 <= e^-u <= 1/10",
        "largest_ratio": max(r["ratio"] for r in everything),
        "largest_slack": max(r["slack"] for r in everything),
        "worlds": sum(r["worlds"] for r in everything),
        "restarts": sum(r["restarts"] for r in everything),
        "seconds": sum(run["seconds"] for run in known["runs"].values()),
        "machine": f"{platform.machine()}, numpy {np.__version__}",
    }
    return dict(sorted(known.items(), key=lambda item: item[0] == "runs"))


def write_table(known):
    """The best of each shape, in the page."""
    lines = [
        f"{known['worlds']:,} worlds from {known['restarts']:,} starts in {known['seconds']:,} "
        f"seconds ({len(known['runs'])} seeds); largest ratio {known['largest_ratio']:.9f}.\n",
        "| groups | cells | n | largest ratio | at delta |\n| --- | --- | --- | --- | --- |",
    ]
    runs = [run["results"] for run in known["runs"].values()]
    for each in zip(*runs, strict=True):
        r = max(each, key=lambda one: one["ratio"])
        shape = f"{r['groups']} | {r['cells']} | {r['n']}"
        lines.append(f"| {shape} | {r['ratio']:.6f} | {r['delta']:.5f} |")
    before, _, after = PAGE.read_text().split(MARK)
    PAGE.write_text(before + MARK + "\n".join(lines) + "\n" + MARK + after)


if __name__ == "__main__":
    main()
