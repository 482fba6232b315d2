"""Digests of data: the same for every container of the same values, another for other values."""

import io

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import sparse

from genbounds.certificates.fingerprints import column_digest, table_digest

NUMBERS = pd.DataFrame({"a": [1, 2, 3], "b": [0.1, -0.0, 1e300], "c": [True, False, True]})
MIXED = pd.DataFrame({"a": [1, 2, 3], "town": ["Ulm", "Åbo", "x,y"], "z": [0.5, None, 2.0]})


@pytest.mark.parametrize("frame", [NUMBERS, MIXED], ids=["numbers", "mixed"])
def test_a_frame_its_array_its_lists_and_its_csv_agree(frame):
    buffer = io.StringIO()
    frame.to_csv(buffer, index=False)
    buffer.seek(0)
    wanted = table_digest(frame)
    assert wanted["rows"] == 3 and wanted["columns"] == 3
    assert table_digest(frame.to_numpy()) == wanted
    assert table_digest(pd.read_csv(buffer)) == wanted
    assert table_digest(pl.from_pandas(frame)) == wanted
    assert table_digest(frame.to_numpy().tolist()) == wanted
    assert table_digest(frame.set_index([pd.Index([7, 8, 9])])) == wanted


def test_float32_agrees_with_its_csv_and_integers_with_floats():
    narrow = pd.DataFrame(np.array([[0.1, 2], [0.3, 4]], np.float32))
    buffer = io.StringIO()
    narrow.to_csv(buffer, index=False)
    buffer.seek(0)
    assert table_digest(narrow) == table_digest(pd.read_csv(buffer))
    assert table_digest([[1, 2]]) == table_digest(np.array([[1.0, 2.0]], np.float32))


def test_sparse_agrees_with_dense():
    X = np.array([[0, 1.5, 0], [0, 0, 2]])
    assert table_digest(sparse.csr_matrix(X)) == table_digest(X)
    assert table_digest(sparse.coo_array(X)) == table_digest(X)


def test_memory_order_does_not_matter_and_shape_does():
    X = np.arange(6.0).reshape(2, 3)
    assert table_digest(np.asfortranarray(X)) == table_digest(X)
    assert table_digest(X.T)["sha256"] != table_digest(X)["sha256"]
    assert table_digest(X.reshape(3, 2))["sha256"] != table_digest(X)["sha256"]


@pytest.mark.parametrize(
    "other",
    [[1, 2, 4], [1, 3, 2], [1, 2], [1, 2, "3"], ["1", "2", "3"], [1, 2, None], [1, 2, 3.0000001]],
)
def test_other_values_have_another_digest(other):
    assert column_digest([1, 2, 3]) != column_digest(other)


def test_boundaries_between_cells_count():
    assert column_digest(["ab", "c"]) != column_digest(["a", "bc"])
    assert column_digest(["", "a"]) != column_digest(["a", ""])


def test_large_integers_are_not_rounded():
    assert column_digest([2**53 + 1, 0]) != column_digest([2**53, 0])
    assert column_digest(np.array([2**53 + 1, 0])) == column_digest([2**53 + 1, 0])


def test_every_kind_of_missing_is_one():
    wanted = column_digest([1.0, None])
    assert column_digest([1, float("nan")]) == wanted
    assert column_digest(pd.Series([1, None], dtype="Int64")) == wanted
    assert column_digest(pl.Series([1, None])) == wanted


def test_zero_has_no_sign():
    assert column_digest([0.0]) == column_digest([-0.0])


def test_texts_in_every_container():
    words = ["a", "ß"]
    wanted = column_digest(words)
    for column in (np.array(words), pd.Series(words), pd.Series(words, dtype="category"),
                   pl.Series(words), pd.Series(words, dtype="string")):  # fmt: skip
        assert column_digest(column) == wanted


def test_what_prints_its_address_has_no_digest():
    with pytest.raises(ValueError, match="no canonical form"):
        column_digest([object()])


def test_the_digest_is_pinned():
    """A digest that changes would make every older certificate fail: FIPS 180-4 on these bytes."""
    import hashlib
    import struct

    raw = b"genbounds column" + b"numbers" + struct.pack("<2d", 1.0, 0.5)
    assert column_digest([1, 0.5]) == hashlib.sha256(raw).hexdigest()
