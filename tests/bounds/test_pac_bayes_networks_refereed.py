"""The PAC-Bayes bounds for trained models under attack: exact small worlds, the worst posterior.

The posteriors are those that the bounds speak of: Gaussian weights, dropped weights, a prior out of
a private look at the sample, files. On every sample the one that breaks the bound is chosen.
"""

import math
from itertools import product

import numpy as np
import pytest

import genbounds as gb

catalogue = gb.catalogue
NORMAL = np.vectorize(lambda x: math.erfc(-x / math.sqrt(2)) / 2)


def samples(n, outcomes):
    """How often each outcome may come in n observations."""
    if outcomes == 1:
        return [(n,)]
    return [(k, *rest) for k in range(n + 1) for rest in samples(n - k, outcomes - 1)]


def chances(law, n):
    """The sample counts and their probabilities."""
    counts = np.array(samples(n, len(law)))
    ways = [math.factorial(n) / math.prod(map(math.factorial, c)) for c in counts.tolist()]
    return counts, np.array(ways) * np.prod(np.array(law) ** counts, axis=1)


# --- margins

ANGLES = [0.0, 0.9, 2.5]
SCALES = [1e-3, 0.3, 1.0, 2.0, 5.0]


def directions():
    """The signed margins of every direction on every input with either label."""
    return [
        [y * math.cos(2 * math.pi * i / 24 - angle) for angle in ANGLES for y in (1, -1)]
        for i in range(24)
    ]


@pytest.mark.parametrize("law", [[1 / 6] * 6, [0.4, 0.02, 0.02, 0.27, 0.27, 0.02]])
@pytest.mark.parametrize("n", [1, 4])
def test_noise_on_the_weights_of_a_linear_classifier(law, n):
    counts, chance = chances(law, n)
    bound, delta, missed = catalogue["langford_shawe_taylor"], 0.8, 0.0
    for count, p in zip(counts, chance, strict=True):
        seen = [i for i, k in enumerate(count) for _ in range(k)]
        missed += p * any(
            bound(signed_margins=[m[i] for i in seen], weight_scale=scale, delta=delta)
            < np.array(law) @ NORMAL(-scale * np.array(m)) - 1e-10
            for m in directions() for scale in SCALES
        )  # fmt: skip
    assert missed <= delta


def test_the_classifier_without_noise_errs_at_most_twice_as_often():
    for m, scale in product(directions(), SCALES):
        assert ((np.array(m) <= 0) <= 2 * NORMAL(-scale * np.array(m)) + 1e-15).all()


# --- dropout


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("temperature", [0.6, 1, 3])
def test_weights_that_are_dropped(rate, temperature):
    """Two inputs, one weight each; a weight that is dropped, or positive, says 1."""
    law, n, delta = [0.3, 0.2, 0.1, 0.4], 5, 0.8
    counts, chance = chances(law, n)
    broken = np.zeros(len(counts), bool)
    for theta in product([-2, -1, -0.3, 0, 0.3, 1, 2], repeat=2):
        ones = rate + (1 - rate) * NORMAL(np.array(theta))
        losses = np.array([1 - ones[0], ones[0], 1 - ones[1], ones[1]])
        value = catalogue["mcallester_dropout"](
            empirical_risk=np.clip(counts @ losses / n, 0, 1), dropout_rate=rate, n=n,
            squared_norm=theta[0] ** 2 + theta[1] ** 2, inverse_temperature=temperature,
            delta=delta,
        )  # fmt: skip
        broken |= value < np.array(law) @ losses - 1e-10
    assert chance[broken].sum() <= delta


# --- a private prior


@pytest.mark.parametrize("epsilon", [0.0, 0.3, 1.0, 3.0])
@pytest.mark.parametrize("law", [[0, 0.5, 0.5, 0], [0.6, 0.2, 0.2, 0], [0.2, 0.3, 0.3, 0.2]])
def test_a_prior_that_leans_to_the_better_hypothesis(epsilon, law):
    """Exponential mechanism: one observation moves the difference of the errors by 2 at most."""
    n, delta = 6, 0.8
    losses = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
    counts, chance = chances(law, n)
    risks, errors = np.array(law) @ losses, counts @ losses
    first = 1 / (1 + np.exp(-epsilon * (errors[:, 1] - errors[:, 0]) / 2))
    q = np.array([0, 0.01, *np.linspace(0.05, 0.95, 19), 0.99, 1])
    posteriors = np.stack([q, 1 - q], axis=1)
    missed = 0.0
    for prior, chosen in (((0.97, 0.03), first), ((0.03, 0.97), 1 - first)):
        kl = [gb.categorical_kl(list(x), list(prior)) for x in posteriors]
        value = catalogue["dziugaite_roy_private"](
            empirical_risk=np.clip(errors @ posteriors.T / n, 0, 1), kl=np.array(kl),
            privacy_epsilon=epsilon, n=n, delta=delta,
        )  # fmt: skip
        broken = (value < posteriors @ risks - 1e-10).any(1)
        missed += (chance * chosen)[broken].sum()
    assert missed <= delta


def test_the_best_prior_of_a_sequence():
    """Priors (w_j, 1 - w_j); after the sample whichever is best, with its index."""
    law, n, delta = [0.1, 0.45, 0.45, 0], 6, 0.9
    losses = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
    counts, chance = chances(law, n)
    risks, errors = np.array(law) @ losses, counts @ losses
    broken = np.zeros(len(counts), bool)
    for j, w in enumerate([0.5, 0.99, 0.01, 0.9, 0.1], start=1):
        for q in (0, 0.2, 0.5, 0.8, 1):
            value = catalogue["dziugaite_roy"](
                empirical_risk=np.clip(errors @ [q, 1 - q] / n, 0, 1), prior_index=j, n=n,
                kl=gb.categorical_kl([q, 1 - q], [w, 1 - w]), delta=delta,
            )  # fmt: skip
            broken |= value < risks @ [q, 1 - q] - 1e-10
    assert chance[broken].sum() <= delta


# --- one network that was drawn

NODES = np.linspace(-6, 6, 241)
WEIGHTS = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()
CENTRES = (-1.0, 1.0)


@pytest.mark.parametrize("variance", [0.05, 1, 20])
@pytest.mark.parametrize("delta", [0.1, 0.8])
def test_one_gaussian_weight_whose_sign_decides(variance, delta):
    """Two priors, the closer one after the draw; on each sample the worst mean of the posterior."""
    law, n = [0.1, 0.4, 0.4, 0.1], 4
    losses = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
    counts, chance = chances(law, n)
    risks, seen = np.array(law) @ losses, counts @ losses / n
    worst = {"rivasplata_gaussian": 0.0, "viallard_gaussian": 0.0}
    facts = {"prior_variance": variance, "n_priors": 2, "n": n, "delta": delta}
    for mean in (-3, -1, -0.2, 0.2, 1, 3):
        noise = math.sqrt(variance) * NODES
        drawn = mean + noise
        which = (drawn > 0).astype(int)
        risk, empirical = risks[which], seen[:, which]
        near = np.minimum(*[(drawn - c) ** 2 for c in CENTRES])
        first = catalogue["rivasplata_gaussian"](
            empirical_risk=empirical, squared_distance_drawn=np.broadcast_to(near, empirical.shape),
            squared_noise=np.broadcast_to(noise**2, empirical.shape), **facts,
        )  # fmt: skip
        apart = min((mean - c) ** 2 for c in CENTRES)
        second = catalogue["viallard_gaussian"](
            empirical_risk=empirical, squared_distance=apart, **facts
        )
        for name, value in (("rivasplata_gaussian", first), ("viallard_gaussian", second)):
            worst[name] = np.maximum(worst[name], (value < risk - 1e-10) @ WEIGHTS)
    for losing in worst.values():
        assert chance @ losing <= delta


# --- files


@pytest.mark.parametrize("n", [1, 2, 5, 30])
@pytest.mark.parametrize("p", [0.02, 0.3, 0.5])
def test_every_file_at_once(n, p):
    """The sum of the failures of all files of 1 to 60 bits, as if no two failed together."""
    for delta in (0.05, 0.9):
        whole = 0.0
        for bits in range(1, 61):
            alone = sum(
                math.comb(n, k) * p**k * (1 - p) ** (n - k)
                for k in range(n + 1)
                if catalogue["lotfi"](empirical_risk=k / n, bits=bits, n=n, delta=delta) < p
            )
            whole += 2**bits * alone
        assert whole <= delta
