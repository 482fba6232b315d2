"""Special functions on tensors: the arrays' values, slopes of slopes, and no nan at a border."""

import itertools
from typing import Any

import numpy as np
import pytest

from genbounds import generic
from genbounds.backends import arrays
from genbounds.backends.derivatives import PARTIALS

torch = pytest.importorskip("torch")
F64 = torch.float64

# name -> (arguments of which the slopes are asked, whole numbers before them)
INSIDE: dict[str, tuple[list[list[float]], list[list[float]]]] = {
    "bennett_deviation": ([[0.1, 0.25, 1e-3], [0.5, 1e-2, 3.0]], []),
    "bennett_function": ([[0.1, 1.0, 30.0]], []),
    "bennett_inverse": ([[0.1, 1.0, 30.0]], []),
    "binomial_log_tail": ([[0.1, 0.5, 0.9]], [[3.0, 0.0, 9.0], [10.0, 10.0, 10.0]]),
    "binomial_tail_inverse": ([[0.1, 3.0, 9.0]], [[3.0, 0.0, 9.0], [10.0, 10.0, 10.0]]),
    "binomial_tail_inverse_lower": ([[0.1, 3.0, 9.0]], [[3.0, 10.0, 9.0], [10.0, 10.0, 10.0]]),
    "erfc": ([[-1.0, 0.5, 2.0]], []),
    "erfcx": ([[-1.0, 0.5, 60.0]], []),
    "exp_remainder": ([[-3.0, -0.01, 0.0, 0.5, 6.0]], []),
    "gamma_ratio": ([[0.5, 3.0, 60.0]], []),
    "kl_inverse_lower": ([[0.1, 0.5, 0.9], [0.01, 1.0, 3.0]], []),
    "kl_inverse_upper": ([[0.1, 0.5, 0.9], [0.01, 1.0, 3.0]], []),
    "lambert_w": ([[-0.3, 0.5, 60.0]], []),
    "lambert_w_minus1": ([[-0.3, -0.1, -0.01]], []),
    "log_cosh": ([[-1.0, 0.5, 6.0]], []),
    "log_gamma": ([[0.5, 3.0, 60.0]], []),
    "log_ratio": ([[0.5, 3.0, 60.0], [0.7, 0.1, 900.0]], []),
    "log_remainder": ([[-3.0, -0.01, 0.0, 0.5, 0.9]], []),
    "log_xi": ([[1.5, 15.0, 60.0]], []),
    "normal_quantile": ([[0.01, 0.5, 0.9]], []),
    "power": ([[0.01, 0.5, 9.0], [1.5, 2.0, 0.3]], []),
    "relative_entropy": ([[0.1, 0.5, 0.9], [0.3, 0.2, 0.99]], []),
    "zeta": ([[1.1, 2.0, 9.0]], []),
}


def t(x: Any) -> Any:
    return torch.tensor(x, dtype=F64, requires_grad=True)


@pytest.mark.parametrize("name", INSIDE)
def test_slopes_and_their_slopes(name: str) -> None:
    moving, counts = INSIDE[name]
    fixed = [torch.tensor(x, dtype=F64) for x in counts]
    function, numbers = getattr(generic, name), tuple(map(t, moving))
    value = function(*fixed, *numbers)
    exact = getattr(arrays, name)(*map(np.array, counts), *map(np.array, moving))
    assert value.tolist() == exact.tolist()
    assert torch.autograd.gradcheck(lambda *x: function(*fixed, *x), numbers, rtol=1e-4)
    assert torch.autograd.gradgradcheck(
        lambda *x: function(*fixed, *x), numbers, atol=1e-4, rtol=1e-3
    )


@pytest.mark.parametrize(
    "name", ["sqrt", "log", "log2", "log1p", "exp", "expm1", "tanh", "log_cosh", "erfc", "erfcx"]
)
def test_elementary_slopes_are_finite(name: str) -> None:
    x = t([0.0, 1e-300, 1.0, 40.0, 710.0, 1e300, np.inf])
    value = getattr(generic, name)(x)
    with np.errstate(all="ignore"):
        exact = getattr(arrays, name)(x.detach().numpy())
    np.testing.assert_allclose(value.detach().numpy(), exact, rtol=1e-14)
    value.sum().backward()
    assert x.grad.isfinite().all()


@pytest.mark.parametrize(
    "name", ["kl_inverse_upper", "kl_inverse_lower", "relative_entropy", "bennett_deviation"]
)
def test_slopes_on_the_border_are_finite(name: str) -> None:
    corners = [0.0, 1e-300, 0.3, 1.0]
    columns = zip(*itertools.product(corners, corners), strict=True)
    numbers = tuple(map(t, columns))
    value = getattr(generic, name)(*numbers)
    value[value.isfinite()].sum().backward()
    assert all(x.grad.isfinite().all() for x in numbers)


def test_kinds_of_arguments_mix() -> None:
    q = torch.tensor([[0.1], [0.2]], dtype=torch.float32, requires_grad=True)
    value = generic.kl_inverse_upper(q, np.array([0.1, 0.2, 0.3]))
    assert value.shape == (2, 3) and value.dtype == torch.float32
    value.sum().backward()
    assert q.grad.shape == (2, 1) and q.grad.dtype == torch.float32
    assert generic.maximum(q, 0.15).dtype == torch.float32
    counts = generic.log_sauer(torch.tensor([10, 20]), 3)
    assert counts.dtype == F64 and counts.tolist() == pytest.approx(
        [generic.log_sauer(10, 3), generic.log_sauer(20, 3)], rel=1e-14
    )


def test_whole_numbers_do_not_move() -> None:
    k, n = t(3.0), t(10.0)
    size = generic.hypergeometric_tail_inverse(k, n, t(100.0), t(3.0))
    assert torch.autograd.grad(size, (k, n)) == (0, 0)


def test_every_name_is_served() -> None:
    from genbounds.backends import SPECIAL, tensors

    assert all(callable(getattr(tensors, name)) for name in {*SPECIAL, *PARTIALS})
    with pytest.raises(AttributeError):
        _ = tensors.no_such_function


def test_without_torch_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib
    import sys

    from genbounds.backends import tensors

    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ImportError, match=r"genbounds\[torch\]"):
        importlib.reload(tensors)
