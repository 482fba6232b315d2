"""Worlds without chance against loops over all signs, trees, covers and runs, written again."""

import math
from fractions import Fraction as F
from itertools import combinations, product
from math import comb, gamma, log, pi, sqrt

import numpy as np
import pytest

from genbounds.referee import suites_certain
from genbounds.referee.arenas import WorldArena
from genbounds.referee.certifying import certified_chance
from genbounds.referee.draws import Draws
from genbounds.referee.forms import TailDraws, as_value
from genbounds.referee.readings import facts_for
from genbounds.referee.scaling import scaled
from genbounds.referee.worlds import (
    balls,
    base,
    boosted,
    certain,
    covers,
    left_out,
    load,
    localized,
)
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.machines import hard_margin
from genbounds.referee.worlds.pairs import PairedModels
from genbounds.referee.worlds.sign_sums import ChaosMaximum, SignMoments
from genbounds.referee.worlds.squares import SquareLoss
from genbounds.referee.worlds.sure import SureWorld
from genbounds.referee.worlds.trees import Adversary
from genbounds.registry import catalogue

POINTS = np.array([[1.0, 0.5, -0.25], [0.75, -1.0, 0.5], [-0.5, 0.25, 1.0], [0.125, 1.0, 0.25]])
ROWS = tuple(map(tuple, POINTS.tolist()))


def all_signs(n):
    return [np.array(s) for s in product((-1.0, 1.0), repeat=n)]


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def said(world, n, *names, **parameters):
    draws = world.outcomes(n).knowing(**parameters)
    return [draws[name] for name in names]


# --- weights in balls


@pytest.mark.parametrize("p", [1, F(4, 3), F(3, 2), 2, 3])
def test_a_ball_follows_signs_as_far_as_the_dual_norm_of_their_sum(p):
    q = np.inf if p == 1 else float(p) / (float(p) - 1)
    expected = mean(np.linalg.norm(s @ POINTS, q) for s in all_signs(4)) * 0.5 / 4
    radius = max(np.linalg.norm(x, q) for x in POINTS)
    found = said(balls.Ball(ROWS, p, "1/2"), 4, "empirical_rademacher", "radius", "weight_bound")
    assert found == pytest.approx([expected, radius, 0.5], rel=1e-12)


def test_norms_of_points_and_coordinates():
    names = (
        "gram_trace",
        "max_column_norm",
        "dimension",
        "signed_sum",
        "column_norms",
        "point_norms",
    )
    found = said(balls.Ball(ROWS), 4, *names)
    columns = np.linalg.norm(POINTS, axis=0)
    assert found[:3] == pytest.approx([(POINTS**2).sum(), columns.max(), 3], rel=1e-12)
    assert found[3] == pytest.approx(mean(np.linalg.norm(s @ POINTS) for s in all_signs(4)))
    assert found[4] == pytest.approx(columns.tolist())
    assert found[5] == pytest.approx(np.linalg.norm(POINTS, axis=1).tolist())


def test_the_simplex_has_no_absolute_value():
    expected = mean((s @ POINTS).max() for s in all_signs(4)) / 4
    assert said(balls.Simplex(ROWS), 4, "empirical_rademacher")[0] == pytest.approx(expected)


def test_half_a_squared_norm_bounds_a_ball():
    bound, convexity = said(
        balls.SquaredNorm(ROWS, "3/2", 2), 4, "weight_bound", "strong_convexity"
    )
    assert 2**2 / 2 == pytest.approx(bound**2)  # F(w) = |w|^2/2 at the edge of the ball
    assert convexity == 0.5


@pytest.mark.parametrize("order", [None, 1, 3])
def test_mixtures_of_kernels(order):
    def largest(sums):
        squares = np.array([sums[0] ** 2 + sums[1] ** 2, sums[2] ** 2])
        return sqrt(squares.max() if order is None else np.linalg.norm(squares, order))

    world = balls.Groups(ROWS, (2, 1), order)
    found = said(world, 4, "empirical_rademacher", "kernel_traces", "gram_trace", "radius")
    traces = [(POINTS[:, :2] ** 2).sum(), (POINTS[:, 2] ** 2).sum()]
    assert found[0] == pytest.approx(mean(largest(s @ POINTS) for s in all_signs(4)) / 4)
    assert found[1] == pytest.approx(traces)
    assert found[2] == pytest.approx(max(traces))
    assert found[3] == pytest.approx(max(np.linalg.norm(POINTS[:, :2], axis=1).max(), 1))


def test_operator_norms_of_small_matrices():
    table = np.array([[1, 0.5, -0.25, 2], [0.5, -1, 1, 0.25], [0, 1, 1, -1]])
    world = balls.TraceNorm(tuple(map(tuple, table.tolist())))
    matrices = table.reshape(3, 2, 2)
    sums = (np.tensordot(s, matrices, 1) for s in all_signs(3))
    expected = mean(np.linalg.norm(x, 2) for x in sums) / 3
    sides = (sum(x @ x.T for x in matrices), sum(x.T @ x for x in matrices))
    found = said(world, 3, "empirical_rademacher", "matrix_variance")
    assert found == pytest.approx([expected, max(np.linalg.norm(x, 2) for x in sides)])


@pytest.mark.parametrize("n", [1, 2, 3, 7, 12])
def test_the_mean_length_of_a_gaussian_vector(n):
    expected = sqrt(2) * gamma((n + 1) / 2) / gamma(n / 2) / n
    found = said(balls.OrthogonalInputs(), n, "gaussian_complexity")[0]
    assert found == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("n", "largest"), [(2, 2 / sqrt(pi)), (3, 12 / pi**1.5 * math.atan(1 / sqrt(2)))]
)
def test_the_largest_absolute_value_of_gaussian_variables(n, largest):
    found = said(balls.Axes(), n, "gaussian_complexity", "empirical_rademacher")
    assert found == pytest.approx([largest / n, 1 / n], rel=1e-9)


# --- vectors


def complexity(rows, absolute=False):
    rows = np.asarray(rows, float)
    sums = (rows @ s for s in all_signs(rows.shape[1]))
    return mean(abs(x).max() if absolute else x.max() for x in sums) / rows.shape[1]


def test_complexities_of_vectors():
    world = certain.Vectors(ROWS, tuple(tuple(x**3 for x in row) for row in ROWS))
    names = ("empirical_rademacher", "absolute_rademacher", "empirical_rademacher_of_hypotheses")
    found = said(world, 3, *names)
    expected = [complexity(POINTS), complexity(POINTS, True), complexity(POINTS**3)]
    assert found == pytest.approx(expected)


def test_the_offset_complexity_of_vectors():
    costs = 0.3 * (POINTS**2).sum(axis=1)
    expected = mean((POINTS @ s - costs).max() for s in all_signs(3)) / 3
    found = said(certain.Vectors(ROWS), 3, "offset_complexity", offset_constant=0.3)
    assert found[0] == pytest.approx(expected)


def test_gaussian_complexities_by_an_integral_over_directions():
    rows = np.array([[1, 0.25], [-0.5, 1], [0.75, -1]])
    turns = np.arange(200_000) * 2 * pi / 200_000
    directions = np.stack([np.cos(turns), np.sin(turns)])
    for count in (2, 3):
        around = (rows[:count] @ directions).max(axis=0).mean()
        world = certain.Vectors(tuple(map(tuple, rows[:count].tolist())))
        # the mean length of a Gaussian vector in the plane is sqrt(pi/2)
        expected = sqrt(pi / 2) * around / 2
        found = said(world, 2, "gaussian_complexity")[0]
        assert found == pytest.approx(expected, abs=1e-8)
    cube = certain.Vectors(tuple(product((-1, "1/2"), repeat=3)))
    assert said(cube, 3, "gaussian_complexity")[0] == pytest.approx(1.5 / 2 * sqrt(2 / pi))


def test_sizes_of_a_class_of_vectors():
    world = certain.Vectors(ROWS, tuple(tuple(x / 3 for x in row) for row in ROWS))
    radius, slope, cover = said(world, 3, "centre_radius", "lipschitz", "log_covering")
    centre = POINTS.mean(axis=0)
    assert radius <= max(np.linalg.norm(x - centre) for x in POINTS) + 1e-12
    assert radius >= max(np.linalg.norm(x - y) for x, y in combinations(POINTS, 2)) / 2
    assert slope == pytest.approx(3, rel=1e-9)
    for scale in (0.1, 0.6, 0.8, 1.0, 2.0):
        near = [[np.sqrt(((x - y) ** 2).mean()) <= scale for x in POINTS] for y in POINTS]
        sizes = [k for k in range(1, 5) for c in combinations(near, k) if np.any(c, axis=0).all()]
        assert cover(scale, 3) == pytest.approx(log(min(sizes)))


def test_products_maxima_and_several_scores():
    first, second = POINTS[:2], POINTS[2:]
    for maxima in (False, True):
        both = [np.maximum(f, g) if maxima else f * g for f in first for g in second]
        world = certain.TwoClasses(ROWS[:2], ROWS[2:], maxima)
        found = said(world, 3, "empirical_rademacher", "first_complexity", "second_envelope")
        assert found == pytest.approx([complexity(both), complexity(first), 1])
    scores = (((1, 2), (0, -1)), ((-1, 1), (2, 1)), ((0, 1), (1, 1)))
    sums = tuple(tuple(a + b for a, b in row) for row in scores)
    found = said(certain.VectorScores(sums, scores), 2, "empirical_rademacher", "vector_rademacher")
    wide = np.array(scores).reshape(3, 4)
    assert found == pytest.approx([complexity(sums), 2 * complexity(wide)])


# --- sums of signs, sequences


@pytest.mark.parametrize("moment", [2, 3, 4.5])
def test_moments_of_signs_and_of_pairs_of_them(moment):
    plain, pairs = (1, -2, 0.5, 0.25), (1, -2, 0.5, 0.25, 3, -1)
    sums = [abs(s @ np.array(plain)) for s in all_signs(4)]
    chaos = [
        abs(
            sum(c * s[i] * s[j] for c, (i, j) in zip(pairs, combinations(range(4), 2), strict=True))
        )
        for s in all_signs(4)
    ]
    for world, values in ((SignMoments(plain), sums), (SignMoments(pairs, True), chaos)):
        found = said(world, 4, "moment_norm", moment=moment)[0]
        assert found == pytest.approx(mean(x**moment for x in values) ** (1 / moment))
    world = ChaosMaximum((pairs, (0, 0, 1, 0, 0, 0)))
    other = [abs(s[0] * s[3]) for s in all_signs(4)]
    found = said(world, 4, "expected_maximum", "chaos_norm")
    expected = mean(max(a, b) for a, b in zip(chaos, other, strict=True))
    assert found == pytest.approx([expected, sqrt(sum(x * x for x in pairs))])


def test_the_best_tree_of_depth_two():
    rows = ((1, -1, 1), (-1, 1, 1), (1, 1, -1), (-1, -1, -1))
    best = max(
        mean(
            max(s * f[a] + t * f[b if s > 0 else c] for f in rows) for s in (1, -1) for t in (1, -1)
        )
        for a, b, c in product(range(3), repeat=3)
    )
    found = said(Adversary(rows), 2, "sequential_rademacher", "littlestone_dim", "envelope")
    assert found == pytest.approx([best / 2, 2, 1])


def test_littlestone_dimensions():
    thresholds = tuple(tuple(1 if i >= t else -1 for i in range(3)) for t in range(4))
    assert said(Adversary(thresholds), 2, "littlestone_dim") == [2]  # binary search on 4 thresholds
    assert said(Adversary(tuple(product((1, -1), repeat=3))), 3, "littlestone_dim") == [3]
    assert said(Adversary(((1, 1),)), 1, "littlestone_dim") == [0]


# --- covers and packings


def test_covers_and_dimensions():
    rows = ((0, 0), (1, "1/2"), ("1/4", 1), (1, 1), ("1/2", "1/4"))
    values = np.array([[float(F(x)) for x in row] for row in rows])
    for scale, average in product((0.3, 0.5, 0.9), (False, True)):
        size = np.mean if average else np.max
        near = [[size(abs(x - y)) <= scale for x in values] for y in values]
        sizes = [k for k in range(1, 6) for c in combinations(near, k) if np.any(c, axis=0).all()]
        assert said(covers.Cover(rows, scale, average), 2, "log_covering") == pytest.approx(
            [log(min(sizes))]
        )
    world = covers.Cover(rows, "4/10")
    levels = np.arange(0, 1.0001, 0.0125)

    def patterns(width, columns, level):
        found = set()
        for row in values:
            up = [row[j] >= r + width - 1e-12 for j, r in zip(columns, level, strict=True)]
            down = [row[j] <= r - width + 1e-12 for j, r in zip(columns, level, strict=True)]
            if all(a != b for a, b in zip(up, down, strict=True)):
                found.add(tuple(up))
        return len(found)

    both = any(patterns(0.1, (0, 1), level) == 4 for level in product(levels, repeat=2))
    one = any(patterns(0.1, (j,), (r,)) == 2 for j in (0, 1) for r in levels)
    assert said(world, 2, "fat_dim") == [2 if both else 1 if one else 0]


@pytest.mark.parametrize("separation", [1, 2, 3])
def test_packings(separation):
    rows = [row for row in product((0, 1), repeat=4) if sum(row) <= 2]
    apart = {
        (f, g) for f, g in combinations(rows, 2)
        if sum(a != b for a, b in zip(f, g, strict=True)) >= separation
    }  # fmt: skip
    best = max(
        k
        for k in range(1, len(rows) + 1)
        if any(all(p in apart for p in combinations(c, 2)) for c in combinations(rows, k))
    )
    found = said(covers.Packing(tuple(rows), separation), 4, "log_packing", "vc_dim")
    assert found == pytest.approx([log(best), 2])


# --- ellipsoids


def test_functions_on_blocks():
    n, halves = 5, [(0, 1, 2), (3, 4)]
    expected = mean(
        sqrt(sum(sum(s[i] for i in block) ** 2 / len(block) for block in halves) / n)
        for s in all_signs(n)
    )
    world = localized.Blocks(2)
    found = said(
        world, n, "empirical_rademacher", "entropy_constant", "entropy_offset", "entropy_slope"
    )
    assert found[0] == pytest.approx(expected)
    cover = world.outcomes(n).log_covering
    for x in np.geomspace(1e-4, 1, 50).tolist():
        level = -math.log2(x)
        assert cover(x, n) <= 2 * log(3 / x) + 1e-12
        assert cover(x, n) <= found[1] / x**2 + 1e-12
        assert sqrt(cover(x, n)) <= found[2] + found[3] * level + 1e-12


def test_small_functions_of_a_kernel_on_two_points():
    norms, r = (1.0, 0.25), 0.1
    turns = np.linspace(0, 2 * pi, 20_001)
    v = np.stack([np.cos(turns), np.sin(turns)])
    size = np.maximum((v**2 / np.array(norms)[:, None]).sum(axis=0), (v**2).mean(axis=0) / r)
    v = v / np.sqrt(size)  # the edge of both ellipsoids
    best = mean((s @ v).max() for s in all_signs(2)) / 2
    found = said(localized.LocalKernel(norms, r, False), 2, "empirical_rademacher", "eigenvalues")
    assert 0.97 * best <= found[0] <= best * (1 + 1e-6)
    assert found[1] == pytest.approx([0.5, 0.125])
    drawn = mean(
        (np.bincount(x, s, 2) @ v).max() for x in product((0, 1), repeat=2) for s in all_signs(2)
    )
    found = said(localized.LocalKernel(norms, r), 2, "rademacher")[0]
    assert 0.97 * drawn / 2 <= found <= drawn / 2 * (1 + 1e-6)


def test_fixed_points_by_iteration():
    eigenvalues, b, n = (0.5, 0.25, 0.01), 2.0, 30
    r = 1.0
    for _ in range(400):
        r = b * sqrt(2 / n * sum(min(r, x) for x in eigenvalues))
    found = said(localized.KernelFixedPoint(eigenvalues, b), n, "local_fixed_point")[0]
    assert found == pytest.approx(r, rel=1e-9)


def test_offsets_of_a_linear_space():
    points = np.array([[1, 2, 3], [0, 1, 1], [1, 0, 1], [2, 1, 3.0]])  # the last column is a sum
    fits = (np.linalg.lstsq(points, s, rcond=None)[0] @ points.T for s in all_signs(4))
    expected = mean((f @ f) / (4 * 0.5) for f in fits) / 4
    world = localized.LinearSpace(tuple(map(tuple, points.tolist())))
    found = said(world, 4, "offset_complexity", "rank", offset_constant=0.5)
    assert found == pytest.approx([expected, 2])


# --- algorithms


def test_adaboost_in_floats():
    right = np.array([[1, 1, 1, -1, -1], [1, -1, 1, 1, 1], [-1, 1, 1, 1, -1]])
    weights, votes, errors, steps = np.full(5, 0.2), np.zeros(5), [], []
    for _ in range(4):
        wrong = [(weights * (row < 0)).sum() for row in right]
        best = min(range(3), key=lambda i: (round(wrong[i], 12), tuple(right[i])))
        error = wrong[best]
        step = log((1 - error) / error) / 2
        weights = weights * np.exp(-step * right[best])
        weights /= weights.sum()
        votes += step * right[best]
        errors.append(error)
        steps.append(step)
    world = boosted.Boosted(tuple(map(tuple, right.tolist())), 4)
    found = said(world, 5, "weak_errors", "training_error", "edge", "n_rounds")
    assert found[0] == pytest.approx(errors)
    assert found[1:] == pytest.approx([(votes <= 1e-12).mean(), 0.5 - max(errors), 4])
    for margin in (0.1, 0.35, 0.6):
        share = (votes / sum(steps) <= margin).mean()
        assert said(world, 5, "margin_error", margin=margin) == pytest.approx([share])


def test_machines_are_retrained_by_another_solver():
    table = ((1, "1/2"), ("3/4", "-1/4"), ("1/5", "-3/4"), ("9/10", "1/10"))
    z = np.array([[float(F(x)) for x in row] for row in table])
    world = left_out.Machine(table)
    names = ("weight_norm", "margins", "multipliers", "loo_error", "radius")
    norm, margins, multipliers, error, radius = said(world, 4, *names)
    w = hard_margin(z)
    assert norm == pytest.approx(np.linalg.norm(w), rel=1e-9)
    assert margins == pytest.approx((z @ w).tolist(), rel=1e-9)
    assert np.array(multipliers) @ z == pytest.approx(w, rel=1e-9)
    missed = [hard_margin(np.delete(z, i, axis=0)) @ z[i] <= 0 for i in range(4)]
    assert [error, radius] == pytest.approx([mean(missed), np.linalg.norm(z, axis=1).max()])


def test_spans_are_distances_from_the_other_support_vectors():
    world = left_out.Machine(((1, 0), (0, 1)))
    assert said(world, 2, "spans") == [pytest.approx((1, 1))]
    slanted = left_out.Machine(((1, 0), ("1/4", 1)))
    found = said(slanted, 2, "spans")[0]
    assert found == pytest.approx((1 / sqrt(1 + 1 / 16), 1), rel=1e-9)


def test_trained_machines_over_all_sequences():
    points, law, n = ((1, "1/2"), (1, "-2"), ("1/4", "3/4")), ("1/2", "1/3", "1/6"), 2
    z = np.array([[float(F(x)) for x in row] for row in points])
    p = [float(F(x)) for x in law]

    def risk(met):
        w = hard_margin(z[sorted(set(met))])
        return sum(q for q, x in zip(p, z, strict=True) if x @ w <= 1e-12)

    expected = sum(math.prod(p[i] for i in met) * risk(met) for met in product(range(3), repeat=n))
    draws = left_out.TrainedMachine(law, points).outcomes(n)
    assert draws.mean(draws["risk"])[0, 0] == pytest.approx(expected)

    def vectors(met):
        kept = sorted(set(met))
        w = hard_margin(z[kept])
        return next(
            k for k in (1, 2) for chosen in combinations(kept, k)
            if np.allclose(hard_margin(z[list(chosen)]), w)
        )  # fmt: skip

    triples = product(range(3), repeat=n + 1)
    many = sum(math.prod(p[i] for i in met) * vectors(met) for met in triples)
    assert draws["support_vectors"] == pytest.approx(many)
    assert draws["margin"] == pytest.approx(1 / np.linalg.norm(hard_margin(z)))


# --- probabilities


def test_a_p_value_is_reached_as_rarely_as_it_says():
    n, p = 5, F(1, 3)
    draws = TailDraws(catalogue["sign_test"], PairedModels(p, p).outcomes(n, exact=True))
    pairs = zip(draws["errors_first_only"][0], draws["errors_second_only"][0], strict=True)
    reached = dict(zip(pairs, draws["reached"][0], strict=True))

    def value(b, c):
        return min(1, F(2 * sum(comb(b + c, i) for i in range(min(b, c) + 1)), 2 ** (b + c)))

    law = {
        (b, c): math.factorial(n) // math.prod(map(math.factorial, (b, c, n - b - c))) * p**n
        for b in range(n + 1) for c in range(n + 1 - b)
    }  # fmt: skip
    assert len(reached) == len(law)
    for pair, chance in reached.items():
        assert chance == sum(q for other, q in law.items() if value(*other) <= value(*pair))
        assert chance <= value(*pair)


def test_the_deviation_of_complexities_with_absolute_values():
    world = FiniteWorld(("1/4", "3/4"), ((1, -1), (0, 1)))
    draws = world.outcomes(3)
    cells = np.array([[1, -1], [0, 1.0]])
    each = {x: complexity(cells[:, list(x)], True) for x in product((0, 1), repeat=3)}
    average = sum(0.25 ** x.count(0) * 0.75 ** x.count(1) * v for x, v in each.items())
    expected = {tuple(np.bincount(x, minlength=2)): abs(v - average) for x, v in each.items()}
    found = draws["deviation_of_absolute_rademacher"][:, 0]
    rows = map(tuple, draws.sample.counts.tolist())
    assert dict(zip(rows, found, strict=True)) == pytest.approx(expected)


def test_square_losses():
    world = SquareLoss(("1/4", "3/4"), ("1/2", 1), ((0, 1), (1, "1/2")))
    draws = world.outcomes(2)
    assert draws["risk"].ravel() == pytest.approx([0.0625, 0.25])
    assert draws["log_covering"](0.1, 4) == pytest.approx(log(2))
    assert draws["pseudo_dim"] == 1


# --- the arenas

MEASURED = [*suites_certain.SERVED, "bartlett_mendelson_deviation_tail"]


def arenas(name, sizes=(1, 2, 3, 4)):
    bound = as_value(catalogue[name])
    fixed = {"margin": 0.3, "moment": 3, "offset_constant": 0.5, "n_levels": 2}
    known = {k: v for k, v in fixed.items() if k in bound.arguments}
    delta = 0.05 if hasattr(bound, "size") else 0.0
    return list(suites_certain.certain_arenas(bound, delta, sizes, known))


@pytest.mark.parametrize("name", MEASURED)
def test_no_proved_bound_fails_in_its_worlds(name):
    sizes = (60,) if name == "anthony_bartlett_covering_tail" else (1, 2, 3, 4)
    rng, spoken = np.random.default_rng(0), 0
    for arena in arenas(name, sizes):
        if not isinstance(arena, WorldArena) or suites_certain_knows(arena):
            for theta in arena.starts(rng, 1):
                found = arena.score(theta)
                spoken += found.slack > -math.inf
                assert found.slack <= 1 + 1e-9, (arena.label, theta)
    lower = catalogue[name].claim.side == "lower"  # a bound from below has no radius to scale
    assert spoken or lower


def suites_certain_knows(arena):
    from genbounds.referee.suites import knows

    return knows(arena)


EQUALITIES = {
    "kernel_ball": (balls.Ball(((1, 0), (0, 1))), 2),
    "l2_ball": (balls.Ball(((1, 0), (0, 1))), 2),
    "kahane_khintchine": (balls.Ball(((1, 0), (0, 1))), 2),
    "gaussian_orthonormal": (balls.OrthogonalInputs(), 5),
    "massart_log_cosh": (certain.Vectors(tuple(product((1, -1), repeat=3))), 3),
    "rademacher_from_gaussian": (certain.Vectors(tuple(product((1, -1), repeat=2))), 2),
    "contraction_absolute": (
        certain.Vectors(((1, 1), (-1, 1)), ((1, 1), (-1, -1))), 2,
    ),
    "maurer_contraction": (certain.VectorScores(((2,), (-2,)), (((1, 1),), ((-1, -1),))), 1),
    "radius_margin_loo": (left_out.Machine(((1, 0),)), 1),
    "jaakkola_haussler": (left_out.Machine(((1, 0), (0, 2))), 2),
    "vapnik_chapelle": (left_out.Machine(((1, 0), ("-1/2", 1))), 2),
    "local_kernel_fixed_point": (localized.KernelFixedPoint(("1/2", "1/4")), 10),
}  # fmt: skip


@pytest.mark.parametrize("name", EQUALITIES)
def test_what_is_attained_cannot_be_a_thousandth_less(name):
    world, n = EQUALITIES[name]
    bound = catalogue[name]
    assert certified_chance(bound, world, n, 0, {}) == 0
    assert certified_chance(scaled(bound, F(999, 1000)), world, n, 0, {}) == 1


def test_what_is_attained_from_below_cannot_be_a_thousandth_more():
    world = balls.Ball(((1,), (1,)))
    for name in ("kernel_ball_lower", "kahane_khintchine_lower"):
        assert certified_chance(catalogue[name], world, 2, 0, {}) == 0
        assert certified_chance(scaled(catalogue[name], F(1000, 1001)), world, 2, 0, {}) == 1


def test_every_sure_claim_has_worlds_or_a_reason():
    by_finite_worlds = {"expected_supremum", "expected_supremum_absolute", "desymmetrization"}
    sure = {
        name
        for name, bound in catalogue.items()
        if bound.claim.surely in ("certain", "expectation")
    }
    assert not suites_certain.SERVED.keys() & suites_certain.UNSERVED.keys()
    known = {*suites_certain.SERVED, *suites_certain.UNSERVED, *by_finite_worlds}
    assert sure <= known
    assert known <= set(catalogue)


def test_worlds_without_chance_survive_json():
    load()
    kinds = {kind for kind in base.WORLDS.values() if issubclass(kind, SureWorld)}
    assert len(kinds) >= 20
    worlds = [world for world, _ in EQUALITIES.values()]
    worlds += [covers.Packing(((0, 1), (1, 1)), 1), SquareLoss((1,), (0,), (("1/2",),))]
    for world in worlds:
        assert base.world_of(world.to_dict()) == world
        assert "\n" not in world.sentence
    assert isinstance(facts_for(catalogue["kernel_ball"], worlds[0].outcomes(2), 0), dict)
    assert isinstance(worlds[0].outcomes(2), Draws)
