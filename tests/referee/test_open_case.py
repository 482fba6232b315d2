"""The search for the open case: its supremum against grids, its record recomputed."""

import importlib.util
import json
from itertools import product
from math import comb, log
from pathlib import Path

import numpy as np
import pytest

DOCS = Path(__file__).parents[2] / "docs"
TIE = 1e-9


@pytest.fixture(scope="module")
def search():
    spec = importlib.util.spec_from_file_location("search_open_case", DOCS / "search_open_case.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def on_a_grid(counts, law, losses, prior, steps):
    """max over posteriors with shares in multiples of 1/steps, one posterior after another."""
    n, best = sum(counts), 0.0
    seen = [sum(c * x for c, x in zip(counts, row, strict=True)) / n for row in losses]
    true = [sum(a * x for a, x in zip(law, row, strict=True)) for row in losses]
    for cut in product(range(steps + 1), repeat=len(prior) - 1):
        if sum(cut) > steps:
            continue
        shares = [k / steps for k in (*cut, steps - sum(cut))]
        q, p = np.dot(shares, seen), np.dot(shares, true)
        if q < p < 1:
            cost = sum(a * log(a / b) for a, b in zip(shares, prior, strict=True) if a)
            kl = (q * log(q / p) if q else 0) + (1 - q) * log((1 - q) / (1 - p))
            best = max(best, n * kl - cost)
    return best


@pytest.mark.parametrize("seed", range(8))
def test_the_supremum_over_posteriors(search, seed):
    """Never below a grid of posteriors, above it by what the grid is coarse."""
    rng = np.random.default_rng(seed)
    law, prior = rng.dirichlet(np.ones(4)), rng.dirichlet(np.full(3, 3.0))
    losses = rng.integers(0, 2, (3, 4)).astype(float)
    outcomes = search.all_outcomes(3, 4)
    found = search.supremum(outcomes["counts"], law, losses, prior)
    for z, counts in zip(found, outcomes["counts"], strict=True):
        grid = on_a_grid(counts, law, losses, prior, 40)
        assert grid - TIE <= z <= grid + 0.02


def test_one_group_of_infinitely_many_voters(search):
    """M = sup over y of E y^errors/(1 - p + p y)^n, from the product over the observations."""
    law, errs = np.array([0.3, 0.7]), np.array([[0.9, 0.4]])
    outcomes = search.all_outcomes(6, 2)
    found = search.supremum(outcomes["counts"], law, errs, np.ones(1))
    p, y = float(errs[0] @ law), np.linspace(0, 1, 20_001)
    for z, (a, b) in zip(found, outcomes["counts"], strict=True):
        ratio = (0.1 + 0.9 * y) ** a * (0.6 + 0.4 * y) ** b / (1 - p + p * y) ** 6
        assert z == pytest.approx(log(ratio.max()), abs=1e-6)


def test_one_voter_reaches_the_claim(search):
    """No errors in n tosses: probability and e^-Z are both (1 - p)^n."""
    outcomes = search.all_outcomes(4, 2)
    world = np.array([0.5, 0.5]), np.array([[1.0, 0.0]]), np.ones(1)
    ratio, u = search.score(outcomes, world)
    assert ratio == pytest.approx(1, abs=1e-8)
    assert u == pytest.approx(4 * log(2), abs=1e-12)


def test_outcomes_are_all_there(search):
    outcomes = search.all_outcomes(5, 3)
    law = np.array([0.2, 0.3, 0.5])
    assert len(outcomes["counts"]) == comb(7, 2)
    assert search.probabilities(outcomes, law).sum() == pytest.approx(1, abs=1e-12)


def test_the_record_is_what_the_search_computes(search):
    """The best world of every shape: its ratio is met again, and 1 is not passed."""
    record = json.loads((DOCS / "open-case.json").read_text())
    runs = [run["results"] for run in record["runs"].values()]
    assert record["worlds"] == sum(r["worlds"] for run in runs for r in run)
    assert record["largest_ratio"] == max(r["ratio"] for run in runs for r in run) <= 1
    for each in zip(*runs, strict=True):
        best = max(each, key=lambda r: r["ratio"])
        outcomes = search.all_outcomes(best["n"], best["cells"])
        world = tuple(np.array(best[part]) for part in ("law", "errs", "prior"))
        z = search.supremum(outcomes["counts"], *world)
        weights = search.probabilities(outcomes, world[0])
        tail = weights[z >= log(1 / best["delta"]) - 1e-5].sum()
        assert tail / best["delta"] == pytest.approx(best["ratio"], rel=1e-3)


def test_the_page_shows_the_record(search):
    record = json.loads((DOCS / "open-case.json").read_text())
    page = (DOCS / "open-case.md").read_text()
    assert f"{record['worlds']:,} worlds" in page
    assert f"largest ratio {record['largest_ratio']:.9f}" in page
