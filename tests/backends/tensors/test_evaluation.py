"""Bounds on tensors: kinds, shapes, branches, borders, silence, and slopes of slopes."""

from typing import Any

import numpy as np
import pytest

import genbounds as gb
from genbounds.growth import Sauer

torch = pytest.importorskip("torch")
catalogue = gb.catalogue
F64 = torch.float64


def t(x: Any, dtype: Any = F64) -> Any:
    return torch.tensor(x, dtype=dtype, requires_grad=dtype in (F64, torch.float32))


def test_the_kind_of_the_answer_is_that_of_the_tensors() -> None:
    bound = catalogue["chernoff"]
    plain = bound(empirical_risk=0.1, n=1000, delta=0.05)
    for dtype, close in ((F64, 1e-14), (torch.float32, 1e-6)):
        risk = t(0.1, dtype)
        value = bound(empirical_risk=risk, n=1000, delta=0.05)
        assert (value.dtype, value.shape, value.device) == (dtype, (), risk.device)
        assert value.item() == pytest.approx(plain, rel=close)
        value.backward()
        assert risk.grad.dtype == dtype
    whole = bound(empirical_risk=0.1, n=torch.tensor([1000, 10]), delta=0.05)
    assert whole.dtype == F64 and whole[0].item() == pytest.approx(plain, rel=1e-14)
    mixed = bound(empirical_risk=t(0.1), n=torch.tensor(1000.0), delta=np.array([0.05, 0.1]))
    assert mixed.dtype == F64 and mixed.shape == (2,)


def test_shapes_broadcast() -> None:
    n, risk = t([[100.0], [1e4]]), t([0.0, 0.1, 1.0])
    value = catalogue["chernoff"](empirical_risk=risk, n=n, delta=t(0.05))
    assert value.shape == (2, 3)
    value.sum().backward()
    assert n.grad.shape == (2, 1) and risk.grad.shape == (3,)
    assert n.grad.isfinite().all() and risk.grad.isfinite().all()
    for i, j in np.ndindex(2, 3):
        plain = catalogue["chernoff"](empirical_risk=risk[j].item(), n=n[i, 0].item(), delta=0.05)
        assert value[i, j].item() == pytest.approx(plain, rel=1e-14)


def test_what_asks_for_no_slope_gets_none() -> None:
    value = catalogue["hoeffding"](empirical_risk=torch.tensor(0.1), n=100, delta=0.05)
    assert not value.requires_grad


def test_each_entry_takes_its_own_branch() -> None:
    """The branch that is not taken divides by 0 or takes the root of a negative number."""
    size, n = t([100.0, 200.0, 1000.0]), t(100.0)
    value = catalogue["hoeffding_serfling"](
        empirical_risk=0.1, n=n, population_size=size, delta=0.05
    )
    plain = [
        catalogue["hoeffding_serfling"](empirical_risk=0.1, n=100, population_size=x, delta=0.05)
        for x in (100, 200, 1000)
    ]
    assert value.tolist() == pytest.approx(plain, rel=1e-13)
    value.sum().backward()
    assert size.grad.isfinite().all() and n.grad.isfinite()


def test_silence_is_infinite_and_does_not_move() -> None:
    bound = catalogue["maurer_pontil"]
    variance, n = t([0.1, 0.1]), t([1.0, 100.0])
    value = bound(empirical_risk=0.1, sample_variance=variance, n=n, delta=0.05)
    assert value[0].item() == np.inf and value[1].isfinite()
    value[1].backward()
    assert variance.grad[0] == n.grad[0] == 0 and n.grad[1] < 0
    silent = bound(empirical_risk=0.1, sample_variance=0.1, n=t(1.0), delta=0.05)
    silent.backward()  # still part of the graph


@pytest.mark.parametrize("risk", [0.0, 1e-300, 0.5, 1.0])
@pytest.mark.parametrize("kl", [0.0, 1.0, np.inf])
@pytest.mark.parametrize("name", ["pac_bayes_kl", "pac_bayes_kl_lower"])
def test_no_slope_is_nan_at_a_border(name: str, risk: float, kl: float) -> None:
    given = {"empirical_risk": t(risk), "kl": t(kl), "n": t(1000.0), "delta": t(0.05)}
    value = catalogue[name](**given)
    plain = {k: x.item() for k, x in given.items()}
    assert value.item() == pytest.approx(catalogue[name](**plain), rel=1e-13)
    found = torch.autograd.grad(value, list(given.values()), allow_unused=True)
    assert all(x is None or x.isfinite() for x in found)


def test_huge_slopes_vanish_behind_a_zero() -> None:
    """The root of the empirical risk at 0, reached through something that does not move there."""
    x = t(0.0)
    value = catalogue["vapnik_relative"](
        empirical_risk=x**2, n=1000, log_growth=Sauer(3), delta=0.05
    )
    value.backward()
    assert x.grad == 0


def test_slopes_through_derived_bounds_and_arguments() -> None:
    bound = catalogue["hoeffding"]
    delta = t(0.05)
    (gap,) = torch.autograd.grad(bound.gap(n=100, delta=delta), delta)
    (whole,) = torch.autograd.grad(bound(empirical_risk=0.1, n=100, delta=delta), delta)
    (wide,) = torch.autograd.grad(bound(empirical_risk=0.1, n=100, delta=delta, width=2), delta)
    assert gap == whole and wide.item() == pytest.approx(2 * whole.item())
    lower, upper = bound.two_sided(empirical_risk=t([0.1, 0.2]), n=100, delta=delta)
    (both,) = torch.autograd.grad((upper - lower).sum(), delta)
    assert both < 0 and lower.shape == upper.shape == (2,)
    errors = t([3.0, 0.0])
    value = bound(errors=errors, n=torch.tensor([10.0, 20.0]), delta=0.05)
    value.sum().backward()
    assert errors.grad.tolist() == pytest.approx([1 / 10, 1 / 20])
    bits = t(5.0)
    catalogue["occam_chernoff"](empirical_risk=0.1, bits=bits, n=100, delta=0.05).backward()
    assert bits.grad > 0


@pytest.mark.parametrize("growth", ["sauer", "sauer-exp", "polynomial", "polynomial-plus-one"])
def test_slopes_through_the_growth_of_a_dimension(growth: str) -> None:
    n, d, delta = t([100.0, 1000.0]), t([[3.0], [10.0]]), t(0.05)
    bound = catalogue["vapnik_chervonenkis"]
    value = bound(empirical_risk=0.1, n=n, vc_dim=d, delta=delta, growth=growth)
    plain = bound(
        empirical_risk=0.1, n=np.array([100.0, 1000.0]), vc_dim=np.array([[3.0], [10.0]]),
        delta=0.05, growth=growth,
    )  # fmt: skip
    np.testing.assert_allclose(value.detach(), plain, rtol=1e-13)
    found = torch.autograd.grad(value.sum(), (n, d, delta), allow_unused=True)
    assert found[0].isfinite().all() and found[2] < 0
    assert (found[1] > 0).all() == (growth != "sauer")  # the sum over a whole number does not move


def test_a_growth_function_in_plain_numbers_is_a_table() -> None:
    import math

    n = t([100.0, 1000.0])
    value = catalogue["vapnik_chervonenkis"](
        empirical_risk=0.1, n=n, log_growth=lambda m: 3 * math.log(m), delta=0.05
    )
    plain = [
        catalogue["vapnik_chervonenkis"](
            empirical_risk=0.1, n=m, log_growth=lambda m: 3 * math.log(m), delta=0.05
        )
        for m in (100, 1000)
    ]
    assert value.tolist() == pytest.approx(plain)
    value.sum().backward()
    assert (n.grad < 0).all()


def test_sequences_keep_their_length_beside_a_batch() -> None:
    losses, delta = t([0.1, 0.9, 0.5, 0.25]), t([0.05, 0.1, 0.2])
    for name in ("betting", "betting_lower", "betting_every_n"):
        value = catalogue[name](losses=losses, betting_cap=0.5, delta=delta)
        assert value.shape == (3,)
        (found,) = torch.autograd.grad(value.sum(), losses)
        singly = catalogue[name](losses=list(losses), betting_cap=0.5, delta=delta)
        (again,) = torch.autograd.grad(singly.sum(), losses)
        assert found.shape == (4,) and torch.equal(found, again)
    weights, bound = t([0.5, 0.25, 2.0]), t([1.0, 0.3])
    value = catalogue["local_kernel"](variance_bound=bound, eigenvalues=weights, n=10)
    plain = [
        catalogue["local_kernel"](variance_bound=x, eigenvalues=(0.5, 0.25, 2.0), n=10)
        for x in (1.0, 0.3)
    ]
    assert value.tolist() == pytest.approx(plain, rel=1e-14)


def test_entries_of_a_sequence_part_at_a_condition() -> None:
    margins, batch = t([0.1, 3.0, 1.0]), {"multipliers": t([1.0, 0.1, 2.0])}
    value = catalogue["jaakkola_haussler"](
        margins=margins, **batch, kernel_diagonal=[1.0, 1.0, 1.0]
    )
    assert value.item() == pytest.approx(2 / 3)
    value.backward()


def test_faults_read_as_for_plain_numbers() -> None:
    bound = catalogue["hoeffding"]
    for wrong, plain in (
        (torch.tensor(1.5), 1.5),
        (torch.tensor([0.5, 1.5]), np.array([0.5, 1.5])),
    ):
        with pytest.raises(ValueError) as ours:
            bound(empirical_risk=wrong, n=100, delta=0.05)
        with pytest.raises(ValueError) as theirs:
            bound(empirical_risk=plain, n=100, delta=0.05)
        assert str(ours.value) == str(theirs.value)
    with pytest.raises(ValueError, match="must hold real numbers"):
        bound(empirical_risk=torch.tensor(True), n=100, delta=0.05)
    with pytest.raises(ValueError, match="flat sequence"):
        catalogue["betting"](losses=torch.zeros(2, 2), betting_cap=0.5, delta=0.05)
    with pytest.raises(ValueError, match="at position 1"):
        catalogue["betting"](losses=torch.tensor([0.5, 2.0]), betting_cap=0.5, delta=0.05)
    with pytest.raises(ValueError, match="at most n"):
        catalogue["clopper_pearson"](errors=torch.tensor(11.0), n=10, delta=0.05)


TWICE = {
    "hoeffding": {"empirical_risk": 0.1, "n": 100.0, "delta": 0.05},
    "chernoff": {"empirical_risk": [0.1, 0.9], "n": 100.0, "delta": 0.05},
    "chernoff_lower": {"empirical_risk": [0.1, 0.9], "n": 100.0, "delta": 0.05},
    "bennett": {"empirical_risk": 0.1, "variance": 0.1, "n": 100.0, "delta": 0.05},
    "maurer_pontil": {"empirical_risk": 0.1, "sample_variance": 0.1, "n": 100.0, "delta": 0.05},
    "vapnik_relative": {"empirical_risk": 0.1, "n": 100.0, "delta": 0.05, "vc_dim": 3.0},
    "massart_log_cosh": {"log_cardinality": [3.0, 100.0], "n": 50.0},
    "cortes_greenberg_mohri": {
        "empirical_risk": 0.1, "n": 1000.0, "vc_dim": 2.0, "moment_order": 1.5, "delta": 0.05,
    },
    "local_kernel_fixed_point": {
        "eigenvalues": [0.5, 0.25, 0.1], "bernstein_constant": 1.5, "n": 100.0,
    },
    "pac_bayes_kl": {"empirical_risk": 0.1, "kl": 5.0, "n": 100.0, "delta": 0.05},
    "group_lasso": {"weight_bound": 1.0, "gram_trace": 5.0, "n_groups": 7.0, "n": 10.0},
    "howard_stitched": {
        "empirical_risk": 0.1, "n": 100.0, "delta": 0.05, "stitching_ratio": 2.0,
        "stitching_exponent": 1.4,
    },
}  # fmt: skip


@pytest.mark.parametrize("name", TWICE)
def test_slopes_and_their_slopes(name: str) -> None:
    """In what is real: a step of a whole number means nothing."""
    counts = ("n", "vc_dim", "n_groups")
    given = {k: t(x) for k, x in TWICE[name].items()}
    fixed = {k: x.detach() for k, x in given.items() if k in counts}
    moving = [k for k in given if k not in counts]
    if set(moving) | set(counts) < set(catalogue[name].arguments) - {"log_growth"}:
        pytest.fail(f"{name} takes {catalogue[name].arguments}")

    def function(*numbers: Any) -> Any:
        return catalogue[name](**fixed, **dict(zip(moving, numbers, strict=True)))

    numbers = tuple(given[k] for k in moving)
    assert torch.autograd.gradcheck(function, numbers, eps=1e-7, atol=1e-6, rtol=1e-5)
    assert torch.autograd.gradgradcheck(function, numbers, eps=1e-7, atol=1e-3, rtol=1e-4)
