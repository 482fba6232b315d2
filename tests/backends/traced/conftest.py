import pytest

pytest.importorskip("jax")

from tests.backends.traced.precision import in_doubles, in_singles  # noqa: F401
