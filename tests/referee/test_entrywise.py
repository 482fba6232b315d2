"""Bounds on arrays of sequences: one call for every distinct instance."""

import numpy as np
import pytest

from genbounds import catalogue
from genbounds.claims import FIXED
from genbounds.declaration import bound
from genbounds.generic import total
from genbounds.referee.entrywise import values


def sequences(*rows):
    found = np.empty((len(rows), len(rows[0])), object)
    for at in np.ndindex(found.shape):
        found[at] = rows[at[0]][at[1]]
    return found


def test_plain_numbers_are_one_call():
    facts = {"empirical_risk": np.array([[0.1], [0.2]]), "n": np.array([[10, 20]]), "delta": 0.05}
    found = values(catalogue["hoeffding"], facts)
    for t, k in np.ndindex(2, 2):
        one = {
            "empirical_risk": facts["empirical_risk"][t, 0],
            "n": facts["n"][0, k],
            "delta": 0.05,
        }
        assert found[t, k] == pytest.approx(catalogue["hoeffding"](**one), rel=1e-15)


def test_sequences_are_one_call_each_and_the_same_only_once():
    called = []

    @bound(FIXED, source="Hoeffding1963")
    def weighted(losses, n, delta):
        """A function of a sequence and of numbers."""
        called.append(losses)
        return total(lambda x: x, losses) / n + delta

    losses = sequences(((1.0,), (1.0, 0.0)), ((1.0,), (1.0, 1.0)))
    found = values(weighted, {"losses": losses, "n": np.array([[1, 2]]), "delta": 0.5})
    assert found.tolist() == [[1.5, 1.0], [1.5, 1.5]]
    assert sorted(called) == [(1.0,), (1.0, 0.0), (1.0, 1.0)]


def test_a_sequence_for_all_is_one_call():
    found = values(catalogue["mcdiarmid"], {"differences": (0.1,) * 10, "delta": 0.05})
    assert found.shape == ()
    assert float(found) == catalogue["hoeffding"].gap(n=10, delta=0.05)
