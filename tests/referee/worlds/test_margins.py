"""Linear balls against loops: margins, ramps, complexities and risks on fresh points."""

import itertools
import math

import numpy as np
import pytest

import genbounds as gb
from genbounds.referee.draws import NotKnownError
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.margins import LinearBallWorld
from tests.referee.worlds.agreement import agrees

FALSE_ALARM = 1e-11


def ramp(s):
    return min(1.0, max(0.0, 1 - s))


@pytest.mark.parametrize("loss", ["zero_one", "ramp"])
def test_facts_of_the_sample_are_those_of_loops(loss):
    world = LinearBallWorld(3, gap=0.1, noise=0.2, weight_bound=2, margin=0.6, loss=loss, members=2)
    draws = world.draw(9, 4, np.random.default_rng(0))
    again = draws.knowing(margin=0.25)
    assert np.allclose(np.linalg.norm(draws.weights_of, axis=2), 2)
    for t, z in enumerate(draws.z):
        for k, w in enumerate(draws.weights_of[t]):
            scores = [sum(a * b for a, b in zip(w, row, strict=True)) for row in z]
            assert draws.margin_risk[t, k] == sum(s < 0.6 for s in scores) / 9
            assert again.margin_risk[t, k] == sum(s < 0.25 for s in scores) / 9
            surrogate = sum(ramp(s / 0.25) for s in scores) / 9
            assert again.surrogate_risk[t, k] == pytest.approx(surrogate)
            seen = (
                [s <= 0 for s in scores] if loss == "zero_one" else [ramp(s / 0.6) for s in scores]
            )
            assert draws.empirical_risk[t, k] == pytest.approx(sum(seen) / 9)
    assert draws.lipschitz == pytest.approx(1 / 0.6) and again.lipschitz == 4
    assert draws.radius == 1 and draws.gram_trace == 9 and draws.weight_bound == 2
    assert draws.fixed_before_sample.sum() == 4


@pytest.mark.parametrize("gap", [0.0, 0.2])
@pytest.mark.parametrize("dim", [2, 5])
def test_risks_are_means_on_fresh_points(dim, gap):
    """False alarm: 2e-11 for each member and loss."""
    worlds = {
        loss: LinearBallWorld(dim, gap=gap, noise=0.1, margin=0.4, loss=loss, members=3)
        for loss in ("zero_one", "ramp")
    }
    signs, ramps = (world.draw(10, 1, np.random.default_rng(1)) for world in worlds.values())
    size = 100_000
    z = worlds["ramp"].sample(size, 1, np.random.default_rng(2))[0]
    for k, w in enumerate(signs.weights_of[0]):
        assert agrees((z @ w <= 0).sum(), size, signs.risk[0, k])
        mean = float(np.clip(1 - z @ w / 0.4, 0, 1).mean())
        radius = math.sqrt(math.log(2 / FALSE_ALARM) / (2 * size))  # Hoeffding
        assert abs(ramps.risk[0, k] - mean) <= radius


def test_risks_without_a_gap_are_those_of_the_angle():
    draws = LinearBallWorld(4, noise=0.25).draw(8, 3, np.random.default_rng(3))
    w = draws.weights_of
    expected = 0.25 + 0.5 * np.arccos(np.clip(w[..., 0], -1, 1)) / math.pi
    assert np.allclose(draws.risk, expected, atol=1e-7) and draws.risk_error == 0
    assert draws.risk[0, 0] == 0.25 and draws.risk[0, 1] == 0.75


def test_suprema_over_the_list():
    draws = LinearBallWorld(3, loss="ramp").draw(6, 5, np.random.default_rng(4))
    assert np.allclose(
        draws.supremum[:, 0], [max(row) for row in draws.risk - draws.empirical_risk]
    )
    largest = [max(abs(x) for x in row) for row in draws.risk - draws.empirical_risk]
    assert np.allclose(draws.absolute_supremum[:, 0], largest)
    assert not LinearBallWorld(3).exact_supremum


@pytest.mark.parametrize("n", [1, 2, 5])
def test_the_empirical_complexity_is_the_mean_over_all_signs(n):
    world = LinearBallWorld(3, weight_bound=1.5)
    draws = world.draw(n, 4, np.random.default_rng(n))
    for z, found in zip(draws.z, draws.empirical_rademacher_of_hypotheses[:, 0], strict=True):
        lengths = []
        for signs in itertools.product([1, -1], repeat=n):
            total = [sum(s * x for s, x in zip(signs, column, strict=True)) for column in z.T]
            lengths.append(math.hypot(*total))
        assert found == pytest.approx(1.5 * sum(lengths) / 2**n / n)


def test_the_empirical_complexity_of_a_larger_sample_is_the_upper_end():
    """Jensen: no smaller than that of the ball by the package's estimate from below."""
    world = LinearBallWorld(3, weight_bound=2)
    draws = world.draw(40, 2, np.random.default_rng(5))
    upper = draws.empirical_rademacher_of_hypotheses
    assert upper == 2 / math.sqrt(40) == draws.absolute_rademacher_of_hypotheses
    signs = np.random.default_rng(6).choice([-1.0, 1.0], (4000, 40))
    for z in draws.z:
        lengths = 2 * np.linalg.norm(signs @ z, axis=1) / 40
        slack = 2 * math.sqrt(math.log(1 / FALSE_ALARM) / (2 * len(signs)))  # Hoeffding on [0, 2]
        assert lengths.mean() <= upper + slack and lengths.mean() >= upper / math.sqrt(2) - slack


def test_facts_that_the_margin_bounds_take_are_known():
    draws = LinearBallWorld(4, gap=0.1, members=2).draw(30, 3, np.random.default_rng(7))
    for name in (
        "svm_margin", "rademacher_margin", "rademacher_margin_empirical",
        "rademacher_margin_uniform", "surrogate_margin", "koltchinskii_panchenko",
    ):  # fmt: skip
        bound = gb.catalogue[name]
        given = {x: 0.05 if x == "delta" else draws[x] for x in bound.arguments}
        value = np.asarray(bound(**given))
        assert value.shape == draws.risk.shape and (value >= draws.margin_risk.min()).all()
    assert draws.margin <= draws.max_margin == draws.weight_bound


def test_the_world_says_itself_and_refuses_what_it_cannot_be():
    world = LinearBallWorld(3, gap=0.2, loss="ramp", margin=0.3)
    assert world_of(world.to_dict()) == world and world.block(50) >= 1
    with pytest.raises(
        ValueError, match=r"dim .*gap .*noise .*weight_bound .*margin .*loss .*members"
    ):
        LinearBallWorld(1, 2, 1, 0, -1, "hinge", 0)
    with pytest.raises(ValueError, match="gap must be 0 or at least"):
        LinearBallWorld(3, gap=1e-5)
    with pytest.raises(NotKnownError, match="slope"):
        LinearBallWorld(3, margin=1e-3, loss="ramp").draw(3, 1, np.random.default_rng(0))["risk"]
