"""Networks and tensors of torch where models and rows are wanted."""

import numpy as np
import pytest

from genbounds.certificates import certify
from genbounds.certificates.predicting import column, predictions

torch = pytest.importorskip("torch")


def test_a_network_predicts():
    assert predictions("m", torch.nn.Linear(2, 1), torch.ones(3, 2)).shape == (3, 1)


def test_a_tensor_is_a_column():
    assert column("y", torch.tensor([1, 2])) == [1, 2]


def test_a_tensor_of_rows_gives_the_certificate_of_the_array():
    rows = np.arange(12.0).reshape(6, 2)
    labels = [0, 0, 0, 1, 1, 1]

    def rule(X):
        return (np.asarray(X)[:, 0] > 3).astype(int)

    seals = {certify(rule, X, labels).seal for X in (rows, torch.tensor(rows))}
    assert len(seals) == 1
