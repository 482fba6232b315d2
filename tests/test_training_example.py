"""The example that trains a certificate: legal, repeatable, and what its page says of it."""

import importlib.util
import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

import genbounds as gb

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "examples" / "train_a_certificate.py"
RUN = json.loads((ROOT / "examples" / "certificate.json").read_text(encoding="utf-8"))
BOUND = gb.catalogue["pac_bayes_kl"]


@pytest.fixture(scope="module")
def example() -> Iterator[ModuleType]:
    """The script as a module; torch's defaults are put back afterwards."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("sklearn")
    pytest.importorskip("flint")
    spec = importlib.util.spec_from_file_location(SCRIPT.stem, SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    threads, kind = torch.get_num_threads(), torch.get_default_dtype()
    spec.loader.exec_module(module)
    yield module
    torch.set_num_threads(threads)
    torch.set_default_dtype(kind)


@pytest.fixture(scope="module")
def plan(example):
    return example.Plan(deviations=(0.05, 0.1), prior_steps=400, steps=60, draws=500)


@pytest.fixture(scope="module")
def short(example, plan):
    """A run of a few seconds."""
    return example.main(plan)


def drawn(run) -> gb.Estimate:
    """The record's risk on the sample as its draws know it."""
    mean, delta = run["errors"] / (run["draws"] * run["n"]), float(run["delta_draws"])
    found = gb.monte_carlo_risk(mean, run["draws"], delta=delta, side="upper")
    assert run["risk_at_most"] == pytest.approx(found.upper, rel=1e-14)
    return found._replace(upper=run["risk_at_most"])


# --- a short run


def test_the_certificate_says_something_and_is_above_the_test_error(short):
    assert short["test_errors"] / short["n_test"] <= short["certificate"] < 0.5
    assert short["errors"] / (short["draws"] * short["n"]) < short["risk_at_most"]


def test_equal_seeds_give_equal_runs(example, plan, short):
    assert example.main(plan) == short
    other = example.main(plan._replace(seed=7))
    assert other["certificate"] != short["certificate"]


def test_the_parts_are_apart_and_only_the_second_counts(example, plan, short):
    sizes = [len(labels) for _, labels in example.parts(plan)]
    assert sizes == [short["prior_part"], short["n"], short["n_test"]] == [700, 697, 400]
    rows = [tuple(row.tolist()) for images, _ in example.parts(plan) for row in images]
    assert len(set(rows)) == len(rows) == 1797


def test_every_delta_adds_up(short):
    """The draws, and each prior its share of the rest: what the mixture pays as ln(priors)."""
    delta, spent = Fraction(short["delta"]), Fraction(short["delta_draws"])
    priors, kl = len(short["posteriors"]), float(short["kl"])
    share = (delta - spent) / priors
    assert spent + priors * share == delta == Fraction(1, 20)
    known = {"empirical_risk": short["risk_at_most"], "n": short["n"]}
    each = BOUND(kl=kl - math.log(priors), delta=float(share), **known)
    assert short["certificate"] == pytest.approx(each, rel=1e-13)
    assert short["certificate"] == pytest.approx(
        BOUND(**known | {"empirical_risk": drawn(short)}, kl=kl, delta=0.05), rel=1e-13
    )


def test_the_relative_entropy_is_rounded_up(example, short):
    chosen = {row[0]: row[1] for row in short["posteriors"]}[short["deviation"]]
    above = Fraction(short["kl"]) - Fraction(chosen) - Fraction(math.log(2))
    assert 0 < above < Fraction(2, 1000)
    assert example.rounded_up(2.0) == Decimal("2.001")


def test_training_goes_down_the_bound(example, plan):
    """From the prior, whose relative entropy is 0, the objective falls; its slopes are finite."""
    torch = pytest.importorskip("torch")
    torch.set_default_dtype(torch.float64)
    random = torch.Generator().manual_seed(0)
    first, second, _ = example.parts(plan)
    prior = example.trained_prior(*first, plan, random)
    mean = prior.clone().requires_grad_()
    log_variance = torch.full((example.SIZE,), 2 * math.log(0.3), requires_grad=True)
    value = example.objective(mean, log_variance, prior, 0.3, second, plan, random)
    value.backward()
    for slope in (mean.grad, log_variance.grad):
        assert bool(torch.isfinite(slope).all())
        assert bool((slope != 0).any())
    trained = example.trained_posterior(prior, 0.3, second, plan._replace(steps=150), random)
    assert trained.reached < trained.started - 0.01
    assert trained.kl > 0


# --- the committed run


def test_the_committed_certificate_follows_from_its_counts():
    pytest.importorskip("flint")
    mean = Fraction(RUN["errors"], RUN["draws"] * RUN["n"])
    end = gb.catalogue["chernoff"].enclose(
        empirical_risk=mean, n=RUN["draws"], delta=RUN["delta_draws"]
    )
    assert RUN["risk_at_most"] == end.upper
    found = BOUND.enclose(empirical_risk=drawn(RUN), kl=RUN["kl"], n=RUN["n"], delta=RUN["delta"])
    assert (found.value, found.digits) == (RUN["certificate"], RUN["digits"])
    assert RUN["test_errors"] / RUN["n_test"] < found.lower


def test_the_picture_and_its_caption_show_the_committed_run():
    svg = (ROOT / "docs" / "pictures" / "certificate.svg").read_text(encoding="utf-8")
    ends = [float(x) for x in re.findall("<dc:description>(.*?)<", svg)[0].split()]
    known = {"empirical_risk": drawn(RUN), "n": RUN["n"], "delta": 0.05}
    test_set = gb.catalogue["clopper_pearson"]
    now = [RUN["errors"] / (RUN["draws"] * RUN["n"]), RUN["risk_at_most"]]
    now += [BOUND(kl=kl, **known) for kl in (0, math.log(4), float(RUN["kl"]))]
    now.append(test_set(errors=RUN["test_errors"], n=RUN["n_test"], delta=0.05))
    now.append(test_set(errors=RUN["prior_errors"], n=RUN["n"], delta=0.05))
    assert ends == pytest.approx(now, rel=1e-5)

    page = (ROOT / "docs" / "training.md").read_text(encoding="utf-8")
    caption = page.split("![")[1].split("]")[0]
    quoted = [float(x) for x in re.findall(r"\d\.\d+", caption)]
    steps = [end - start for start, end in pairwise(now[:5])]
    assert quoted == pytest.approx([now[4], now[0], *steps, *now[5:]], abs=6e-5)
