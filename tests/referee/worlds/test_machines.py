"""Hard-margin machines against exact geometry in the plane and a solver of scipy in space."""

import itertools
import math

import numpy as np
import pytest
from scipy.optimize import minimize

from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.machines import HardMarginWorld, hard_margin


def shortest_in_the_plane(z):
    """The shortest feasible weights: in the plane one or two constraints are tight."""
    candidates = [row / (row @ row) for row in z]
    for i, j in itertools.combinations(range(len(z)), 2):
        pair = z[[i, j]]
        if abs(np.linalg.det(pair)) > 1e-12:
            candidates.append(np.linalg.solve(pair, [1.0, 1.0]))
    feasible = [w for w in candidates if (z @ w >= 1 - 1e-9).all()]
    return min(feasible, key=lambda w: float(w @ w))


@pytest.mark.parametrize("n", [1, 2, 5, 25])
def test_the_solution_in_the_plane_is_that_of_exact_geometry(n):
    for z in HardMarginWorld(2, gap=0.15).sample(n, 30, np.random.default_rng(n)):
        assert np.allclose(hard_margin(z), shortest_in_the_plane(z), atol=1e-8)


def test_the_solution_in_space_is_that_of_another_solver():
    for z in HardMarginWorld(4, gap=0.2).sample(20, 5, np.random.default_rng(0)):
        w = hard_margin(z)
        found = minimize(
            lambda v: v @ v, 2 * w + 0.1, jac=lambda v: 2 * v, method="SLSQP",
            constraints={"type": "ineq", "fun": lambda v, z=z: z @ v - 1, "jac": lambda v, z=z: z},
            options={"ftol": 1e-14, "maxiter": 500},
        )  # fmt: skip
        assert found.success and np.allclose(found.x, w, atol=1e-5)
        assert (z @ w >= 1 - 1e-9).all() and 1 <= (z @ w < 1 + 1e-9).sum() <= 4


def test_what_cannot_be_separated_is_refused():
    with pytest.raises(ValueError, match="separate"):
        hard_margin(np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0]]))


def test_facts_of_the_machine():
    world = HardMarginWorld(3, gap=0.2)
    draws = world.draw(30, 20, np.random.default_rng(1))
    margins = (np.einsum("td,tnd->tn", draws.weights_of, draws.z) / draws.weight_norm).min(axis=1)
    assert np.allclose(1 / margins[:, None], draws.weight_norm)
    assert (margins >= 0.2 - 1e-9).all() and (draws.errors == 0).all()
    assert (draws.weight_norm <= draws.weight_bound).all() and draws.weight_bound == 5
    assert draws.support_vectors == 3 and draws.best_risk == 0
    assert not draws.fixed_before_sample.any()


def test_risks_are_frequencies_on_fresh_points():
    """Hoeffding at 1e-11 for each of 5 machines."""
    world, size = HardMarginWorld(5, gap=0.05), 100_000
    draws = world.draw(5, 5, np.random.default_rng(2))
    fresh = world.sample(size, 1, np.random.default_rng(3))[0]
    for w, risk in zip(draws.weights_of, draws.risk[:, 0], strict=True):
        radius = math.sqrt(math.log(2 / 1e-11) / (2 * size))
        assert abs((fresh @ w <= 0).mean() - risk) <= radius
    assert draws.risk.max() > 0.05


def test_the_world_says_itself_and_refuses_what_it_cannot_be():
    world = HardMarginWorld(3, gap=0.2)
    assert world_of(world.to_dict()) == world
    with pytest.raises(ValueError, match=r"dim .*gap"):
        HardMarginWorld(1, gap=2)
    with pytest.raises(ValueError, match="exceed 0"):
        HardMarginWorld(2, gap=0.0)
