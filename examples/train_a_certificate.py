"""Train a network on a PAC-Bayes bound, and certify it on the images that it was trained on.

The 1797 images of digits that scikit-learn carries are split at random into three parts. The first
trains the centre of the priors, which are Gaussian laws of weights. The second trains a posterior,
by descent on the bound itself, and certifies it. Nothing looks at the third before the comparison
at the end.

    python examples/train_a_certificate.py           print the record
    python examples/train_a_certificate.py --write   write it to certificate.json

needs scikit-learn, torch and python-flint, and less than a minute of one core. The committed record
was made with scikit-learn 1.9.1 and torch 2.13.0; elsewhere its numbers may differ a little, since
training amplifies the rounding of sums, and its certificate is as valid.

What may look at which part: the plan, the network and how the prior is trained were fixed after
trials on the first part alone. Whatever makes the posterior, its rates and steps included, may be
chosen on the second, since the bound is for all posteriors at once.
"""

import json
import math
import sys
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from sklearn.datasets import load_digits

import genbounds as gb

OUTPUT = Path(__file__).with_name("certificate.json")
SHAPES = ((64, 64), (64,), (64, 10), (10,))  # weights and biases of two layers
SIZE = sum(map(math.prod, SHAPES))
TEST_PART = 400
BOUND = gb.catalogue["pac_bayes_kl"]


class Plan(NamedTuple):
    """What is fixed before the second part is looked at."""

    seed: int = 2026
    prior_part: int = 700
    deviations: tuple[float, ...] = (0.03, 0.06, 0.1, 0.2)  # of the weights, one prior each
    prior_steps: int = 1500
    steps: int = 600
    draws: int = 20_000
    delta: Decimal = Decimal("0.05")  # of everything that is claimed
    delta_draws: Decimal = Decimal("0.01")  # what the draws take of it

    @property
    def log_priors(self) -> float:
        """What several priors add to the relative entropy: they are one prior, their mixture."""
        return math.log(len(self.deviations))


class Posterior(NamedTuple):
    """A Gaussian law of weights; its relative entropy to a prior; the bound before and after."""

    mean: torch.Tensor
    variance: torch.Tensor
    deviation: float
    kl: float
    started: float
    reached: float

    def drawn(self, draws: int, random: torch.Generator) -> torch.Tensor:
        """Weights of that many networks, one a row."""
        return self.mean + self.variance.sqrt() * torch.randn(draws, SIZE, generator=random)


def parts(plan: Plan) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """The images and labels of the three parts."""
    images, labels = load_digits(return_X_y=True)
    order = np.random.default_rng(plan.seed).permutation(len(labels))
    cuts = np.split(order, [plan.prior_part, len(labels) - TEST_PART])
    return [(torch.tensor(images[cut] / 16), torch.tensor(labels[cut])) for cut in cuts]


def scores(weights: torch.Tensor, images: torch.Tensor) -> torch.Tensor:
    """What a network says of images, or one network for each row of weights."""
    pieces = weights.split([math.prod(shape) for shape in SHAPES], dim=-1)
    first, bias, second, offset = (
        piece.reshape(*weights.shape[:-1], *(shape if len(shape) == 2 else (1, *shape)))
        for piece, shape in zip(pieces, SHAPES, strict=True)
    )
    return torch.relu(images @ first + bias) @ second + offset


def trained_prior(images, labels, plan: Plan, random: torch.Generator) -> torch.Tensor:
    """The common centre of the priors: a network that bears noise on its weights."""
    weights = (torch.randn(SIZE, generator=random) / 8).requires_grad_()
    descent = torch.optim.Adam([weights], lr=0.01)
    for _ in range(plan.prior_steps):
        noisy = weights + 0.3 * torch.randn(SIZE, generator=random)
        descent.zero_grad()
        torch.nn.functional.cross_entropy(scores(noisy, images), labels).backward()
        descent.step()
    return weights.detach()


def objective(mean, log_variance, prior, deviation, part, plan: Plan, random) -> torch.Tensor:
    """The bound for the probability of a wrong digit, a loss in [0, 1] that has slopes."""
    images, labels = part
    variance = log_variance.exp()
    weights = mean + variance.sqrt() * torch.randn(SIZE, generator=random)
    right = torch.softmax(scores(weights, images), -1).gather(1, labels[:, None])
    kl = gb.gaussian_kl(mean, variance, prior, deviation**2) + plan.log_priors
    delta = float(plan.delta - plan.delta_draws)
    return BOUND(empirical_risk=1 - right.mean(), kl=kl, n=len(labels), delta=delta)


def trained_posterior(prior, deviation: float, part, plan: Plan, random) -> Posterior:
    """Descent on the bound, from the prior itself."""
    mean = prior.clone().requires_grad_()
    log_variance = torch.full((SIZE,), 2 * math.log(deviation), requires_grad=True)
    rates = [{"params": [mean], "lr": 0.003}, {"params": [log_variance], "lr": 0.02}]
    descent, values = torch.optim.Adam(rates), []
    bound = partial(objective, mean, log_variance, prior, deviation, part, plan)
    other = torch.Generator().manual_seed(plan.seed)
    started = np.mean([bound(other).item() for _ in range(50)])
    for _ in range(plan.steps):
        descent.zero_grad()
        value = bound(random)
        value.backward()
        descent.step()
        values.append(value.item())
    mean, variance = mean.detach(), log_variance.detach().exp()
    kl = gb.gaussian_kl(mean.numpy(), variance.numpy(), prior.numpy(), deviation**2)
    return Posterior(mean, variance, deviation, kl, float(started), float(np.mean(values[-50:])))


def wrong(weights: torch.Tensor, images: torch.Tensor, labels: torch.Tensor) -> int:
    """The number of errors, in single precision: that is the classifier which is certified."""
    return int((scores(weights.float(), images.float()).argmax(-1) != labels).sum())


def wrong_drawn(posterior: Posterior, part, draws: int, random) -> int:
    """The errors of that many networks on all images of a part."""
    sizes = [min(50, draws - start) for start in range(0, draws, 50)]
    return sum(wrong(posterior.drawn(size, random), *part) for size in sizes)


def rounded_up(x: float) -> Decimal:
    """A decimal above what a sum of floats stands for: 1e-9 of it exceeds its rounding errors."""
    return (Decimal(x) * (1 + Decimal("1e-9"))).quantize(Decimal("0.001"), ROUND_CEILING)


def certified(errors: int, n: int, kl: Decimal, plan: Plan):
    """The risk on the sample as the draws know it, and the bound, both rounded up with proof.

    The estimate takes its delta out of the bound's.
    """
    mean, delta = Fraction(errors, plan.draws * n), plan.delta_draws
    drawn = gb.monte_carlo_risk(float(mean), plan.draws, delta=float(delta), side="upper")
    end = gb.catalogue["chernoff"].enclose(empirical_risk=mean, n=plan.draws, delta=delta)
    drawn = drawn._replace(upper=end.upper)
    return drawn, BOUND.enclose(empirical_risk=drawn, kl=kl, n=n, delta=plan.delta)


def main(plan: Plan = Plan()) -> dict[str, Any]:  # noqa: B008
    """Train on the first two parts, certify on the second, compare with the third."""
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    random = torch.Generator().manual_seed(plan.seed)
    first, second, (images, labels) = parts(plan)
    prior = trained_prior(*first, plan, random)
    posteriors = [trained_posterior(prior, s, second, plan, random) for s in plan.deviations]
    best = min(posteriors, key=lambda posterior: posterior.reached)

    n, kl = len(second[1]), rounded_up(best.kl + plan.log_priors)
    errors = wrong_drawn(best, second, plan.draws, random)
    drawn, bound = certified(errors, n, kl, plan)
    return {
        "parameters": SIZE, "prior_part": len(first[1]), "n": n, "n_test": len(labels),
        "delta": str(plan.delta), "delta_draws": str(plan.delta_draws),
        "posteriors": [[p.deviation, p.kl, p.started, p.reached] for p in posteriors],
        "deviation": best.deviation, "kl": str(kl), "draws": plan.draws, "errors": errors,
        "risk_at_most": drawn.upper, "certificate": bound.value, "digits": bound.digits,
        "test_errors": wrong(best.drawn(len(labels), random), images[:, None], labels[:, None]),
        "prior_errors": wrong(prior, *second),
    }  # fmt: skip


if __name__ == "__main__":
    text = json.dumps(main(), indent=1)
    OUTPUT.write_text(text + "\n") if sys.argv[1:] == ["--write"] else print(text)
