"""Fast rates: constants against the proof, kernels and offsets by enumeration, exact worlds."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import genbounds as gb
from genbounds.bounds.finite import finite_massart_noise
from genbounds.bounds.local import (
    bartlett_bousquet_mendelson,
    bartlett_bousquet_mendelson_empirical,
    bartlett_bousquet_mendelson_erm,
    bartlett_bousquet_mendelson_lower,
    bartlett_bousquet_mendelson_part_one,
    bartlett_bousquet_mendelson_printed,
    el_yaniv_pechyony,
    finite_bernstein_erm,
    local_kernel,
    local_kernel_empirical,
    local_kernel_fixed_point,
    offset_finite,
    offset_linear,
    sequential_finite,
    sequential_littlestone,
    sequential_regret,
    transductive_margin,
)
from tests.bounds.signs import signs

# --- the constants of Bartlett, Bousquet and Mendelson


def supported(r, b, k, x, n, alpha=0.1, factor=1, ratio=1):
    """What the proof gives, from its own quadratic: V(r) = A sqrt r + C reaches r/(ratio BK).

    `factor` is 1 for part 2 and 5 with ratio 4 for part 1 (peeling).
    """
    a = 2 * factor * (1 + alpha) * math.sqrt(r) / b + math.sqrt(2 * x / n)
    c = (1 / 3 + 1 / alpha) * x / n
    bk = ratio * b * k
    root = (a * bk + math.sqrt((a * bk) ** 2 + 4 * c * bk)) / 2
    return root**2 / bk


LOCAL = (
    st.floats(0, 1), st.floats(0.1, 10), st.floats(1.01, 100), st.floats(1e-6, 0.9),
    st.integers(1, 10**9),
)  # fmt: skip


@given(*LOCAL)
def test_the_constants_cover_the_proof(r, b, k, delta, n):
    x = math.log(1 / delta)
    facts = {
        "empirical_risk": 0, "fixed_point": r, "bernstein_constant": b, "constant_k": k, "n": n,
        "delta": delta,
    }  # fmt: skip
    assert supported(r, b, k, x, n) <= bartlett_bousquet_mendelson(**facts) * (1 + 1e-12)
    assert supported(r, b, k, x, n, factor=5, ratio=4) <= bartlett_bousquet_mendelson_part_one(
        **facts
    ) * (1 + 1e-12)


def test_the_printed_constants_are_below_what_any_alpha_supports():
    facts = {"bernstein_constant": 1, "constant_k": 1e4, "n": 10**9, "delta": math.exp(-1)}
    r = 1.5e4 / 1e4 * 1e-9  # r*/B = 3/2 B x/n, where the cross term weighs most
    printed = bartlett_bousquet_mendelson_printed(empirical_risk=0, fixed_point=r, **facts)
    free = [supported(r, 1, 1e4, 1, 10**9, alpha=a) for a in np.geomspace(1e-4, 10, 400)]
    assert min(free) > 1.05 * printed
    assert bartlett_bousquet_mendelson_printed.status == "printed"


@given(*LOCAL, st.floats(0, 1))
def test_the_order_of_the_forms(r, b, k, delta, n, risk):
    facts = {
        "empirical_risk": risk, "fixed_point": r, "bernstein_constant": b, "constant_k": k, "n": n,
        "delta": delta,
    }  # fmt: skip
    found = bartlett_bousquet_mendelson(**facts)
    assert bartlett_bousquet_mendelson_printed(**facts) <= found
    assert found <= bartlett_bousquet_mendelson_empirical(**facts)
    assert found <= bartlett_bousquet_mendelson_part_one(**facts)
    assert bartlett_bousquet_mendelson_lower(**facts) <= risk <= found


def test_k_is_fixed_in_advance():
    with pytest.raises(ValueError, match="constant_k of bartlett_bousquet_mendelson is fixed"):
        gb.solve(
            bartlett_bousquet_mendelson, "constant_k", target=0.2, empirical_risk=0.1,
            fixed_point=1e-4, bernstein_constant=1, n=1000, delta=0.05,
        )  # fmt: skip


def test_the_minimiser_is_the_limit_of_small_k_with_twice_the_width():
    facts = {"fixed_point": 0.01, "bernstein_constant": 2.0, "n": 100, "delta": 0.05}
    limit = bartlett_bousquet_mendelson(empirical_risk=0, constant_k=1 + 1e-12, **facts)
    width = 62 / 3 * math.log(20) / 100
    assert bartlett_bousquet_mendelson_erm(**facts) == pytest.approx(limit + width, rel=1e-9)


# --- finite classes


@pytest.mark.parametrize("n", [3, 10, 30])
@pytest.mark.parametrize("delta", [0.05, 0.3])
def test_two_hypotheses_exactly(n, delta):
    """P(the worse is chosen), ties against us, where its excess is above the bound."""
    for up, down in itertools.product(np.linspace(0.02, 0.98, 25), repeat=2):
        excess = up - down
        if excess <= 0 or up + down > 1:
            continue
        bound = finite_bernstein_erm(
            bernstein_constant=(up + down) / excess, n_hypotheses=2, n=n, delta=delta
        )
        if excess > bound:
            assert chosen(n, up, down) <= delta


def chosen(n, up, down):
    """The probability of as many steps down as up, or more."""
    return sum(
        math.comb(n, i) * math.comb(n - i, j) * up**i * down**j * (1 - up - down) ** (n - i - j)
        for i in range(n + 1)
        for j in range(i, n - i + 1)
    )


@given(st.integers(1, 10**9), st.floats(0, 100), st.floats(0.01, 1), st.floats(1e-9, 0.9))
def test_massarts_noise_is_a_case(n, size, h, delta):
    """finite_massart_noise, the same quadratic relaxed, or better by what it assumes more."""
    facts = {"log_cardinality": size, "n": n, "delta": delta}
    found = finite_bernstein_erm(bernstein_constant=1 / h, **facts)
    assert found <= 2 * finite_massart_noise(massart_margin=h, **facts)
    assert finite_massart_noise(massart_margin=h, **facts) <= 2 * found


def test_the_excess_solves_its_quadratic():
    value = finite_bernstein_erm(bernstein_constant=3, log_cardinality=2, n=50, delta=0.1)
    cost = 2 + math.log(10)
    assert value == pytest.approx(math.sqrt(2 * 3 * value * cost / 50) + 2 * cost / 150, rel=1e-14)


# --- local kernel classes


def ellipsoid(v, matrix):
    """The supremum of <w, v> over ||w|| <= 1 and w' M w <= 1, by its dual in one multiplier."""
    values, vectors = np.linalg.eigh(matrix)
    squares = (vectors.T @ v) ** 2
    ts = np.linspace(0, 1, 4001)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = squares / (ts + (1 - ts) * values)
    return math.sqrt(np.where(squares > 0, terms, 0).sum(axis=1).min())


@pytest.mark.parametrize("bound_on_squares", [1e-3, 0.05, 0.3, 10])
@pytest.mark.parametrize("d", [1, 3])
def test_local_kernel_classes(bound_on_squares, d):
    n = 7
    x = np.random.default_rng(d).normal(size=(n, d)) * np.geomspace(1, 0.1, d)
    second = x.T @ x / n
    sums = [ellipsoid(s @ x / n, second / bound_on_squares) for s in signs(n)]
    eigenvalues = np.linalg.eigvalsh(x @ x.T / n).clip(0)
    found = local_kernel_empirical(variance_bound=bound_on_squares, eigenvalues=eigenvalues, n=n)
    assert np.mean(sums) <= found
    assert found <= 2.5 * np.mean(sums)


@given(
    st.lists(st.just(0.0) | st.floats(1e-200, 1), min_size=1, max_size=8),
    st.floats(0.1, 10),
    st.integers(1, 10**6),
)
def test_the_fixed_point_in_closed_form_and_by_bisection(eigenvalues, b, n):
    found = local_kernel_fixed_point(eigenvalues=eigenvalues, bernstein_constant=b, n=n)
    falling = sorted(eigenvalues, reverse=True)
    tails = [sum(falling[h:]) for h in range(len(falling) + 1)]
    closed = min(
        b * b / n * (h + math.sqrt(h * h + 2 * n * tail / (b * b))) for h, tail in enumerate(tails)
    )
    assert found == pytest.approx(closed, rel=1e-13, abs=1e-300)
    assume(found > 1e-200)
    for r, sign in ((found * (1 - 1e-9), 1), (found * (1 + 1e-9), -1)):
        psi = b * local_kernel(variance_bound=r, eigenvalues=eigenvalues, n=n)
        assert sign * (psi - r) > 0


def test_no_eigenvalues_no_complexity():
    assert local_kernel_fixed_point(eigenvalues=[0, 0], bernstein_constant=1, n=5) == 0


@given(st.floats(1, 1e6), st.floats(1e-6, 1))
def test_the_local_complexity_is_sub_root(beta, r):
    facts = {"eigenvalues": [0.5, 0.1, 0.001], "n": 10}
    grown = local_kernel(variance_bound=beta * r, **facts)
    assert grown <= math.sqrt(beta) * local_kernel(variance_bound=r, **facts) * (1 + 1e-12)


# --- offset complexities


@pytest.mark.parametrize(("n", "d"), [(3, 1), (5, 2), (6, 6), (8, 3)])
def test_the_linear_offset_exactly(n, d):
    """The supremum over w of <s, Xw>/n - C |Xw|^2/n, from its first-order condition."""
    x = np.random.default_rng(n).normal(size=(n, d))
    x = np.hstack([x, x[:, :1]])  # a redundant coordinate
    best = [np.linalg.pinv(x.T @ x) @ x.T @ s / (2 * 0.7) for s in signs(n)]
    values = [
        s @ x @ w / n - 0.7 * (x @ w) @ (x @ w) / n for s, w in zip(signs(n), best, strict=True)
    ]
    found = offset_linear(rank=min(n, d), offset_constant=0.7, n=n)
    assert found == pytest.approx(np.mean(values), rel=1e-9)


@pytest.mark.parametrize(("n", "size"), [(1, 2), (4, 3), (8, 30), (10, 500)])
@pytest.mark.parametrize("c", [0.1, 1.0, 5.0])
def test_the_offset_of_finitely_many(n, size, c):
    v = np.random.default_rng([n, size]).normal(size=(size, n))
    exact = (signs(n) @ v.T - c * (v**2).sum(axis=1)).max(axis=1).mean() / n
    assert exact <= offset_finite(n_hypotheses=size, offset_constant=c, n=n)


# --- a population split at random


def splits(size, n):
    for chosen in itertools.combinations(range(size), n):
        labelled = np.zeros(size, bool)
        labelled[list(chosen)] = True
        yield labelled


def transductive_complexity(losses, n):
    """The mean over signs that are 0 with probability 1 - 2p, p = n u/N^2, by enumeration."""
    size = losses.shape[1]
    u = size - n
    p = n * u / size**2
    patterns = np.array(list(itertools.product([-1, 0, 1], repeat=size)))
    weights = np.where(patterns == 0, 1 - 2 * p, p).prod(axis=1)
    return (1 / n + 1 / u) * float(weights @ (patterns @ losses.T).max(axis=1))


@pytest.mark.parametrize(("size", "n"), [(4, 2), (6, 3), (7, 2), (7, 5), (8, 4)])
@pytest.mark.parametrize("functions", [1, 4, 300])
def test_transduction_exactly(size, n, functions):
    """All losses in {0, 1} and some between; the bound minus the labelled loss, margin 1."""
    random = np.random.default_rng([size, n, functions])
    losses = random.uniform(size=(functions, size)).round(random.integers(0, 3))
    gaps = np.array([
        (losses[:, ~labelled].mean(axis=1) - losses[:, labelled].mean(axis=1)).max()
        for labelled in splits(size, n)
    ])  # fmt: skip
    complexity = max(transductive_complexity(losses, n), 0.0)
    q = 1 / n + 1 / (size - n)
    assert gaps.mean() <= complexity + math.sqrt(1.5 * q)
    for delta in (0.01, 0.1, 0.5):
        facts = {
            "margin_risk": 0, "transductive_rademacher": complexity, "margin": 1, "n": n,
            "n_unlabelled": size - n, "delta": delta,
        }  # fmt: skip
        assert (gaps > transductive_margin(**facts)).mean() <= delta
        assert transductive_margin(**facts) <= el_yaniv_pechyony(**facts)


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.floats(1e-9, 0.9))
def test_the_printed_constant_is_four_times_what_is_needed(n, u, delta):
    facts = {
        "margin_risk": 0, "transductive_rademacher": 0, "margin": 1, "n": n, "n_unlabelled": u,
    }  # fmt: skip
    nearly_certain = 1 - 1e-15  # leaves the two centres
    ours = transductive_margin(**facts, delta=nearly_certain)
    assert 4 * ours <= el_yaniv_pechyony(**facts, delta=nearly_certain) * (1 + 1e-6)
    assert transductive_margin(**facts, delta=delta) <= el_yaniv_pechyony(**facts, delta=delta)


# --- sequences


@pytest.mark.parametrize(("n", "size"), [(1, 3), (3, 2), (5, 6), (8, 100)])
def test_finitely_many_functions_on_trees(n, size):
    """A function on a tree: its value in round t depends on the signs before t."""
    random = np.random.default_rng([n, size])
    trees = [random.choice([-1.0, 1.0], size=(size, 2**t)) for t in range(n)]
    total = 0.0
    for row in signs(n):
        nodes = [int((row[:t] > 0) @ (1 << np.arange(t))) for t in range(n)]
        total += sum(row[t] * trees[t][:, nodes[t]] for t in range(n)).max()
    exact = total / 2**n / n
    assert exact <= sequential_finite(n_hypotheses=size, envelope=1, n=n)


def test_littlestone_is_a_finite_class_of_that_cover():
    cover = 3 * math.log(math.e * 100 / 3)
    assert sequential_littlestone(littlestone_dim=3, n=100) == pytest.approx(
        sequential_finite(log_cardinality=cover, envelope=1, n=100), rel=1e-14
    )
    assert sequential_littlestone(littlestone_dim=0, n=100) == 0
    assert math.isinf(sequential_littlestone(littlestone_dim=3, n=2))
    assert sequential_regret(sequential_rademacher=0.1) == 0.2
