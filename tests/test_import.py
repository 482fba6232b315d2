"""Importing costs nothing: which modules are loaded, asserted in a fresh interpreter."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIBRARIES = {
    "click", "flint", "hypothesis", "matplotlib", "mpmath", "numba", "numpy", "scipy", "sympy",
    "torch",
}  # fmt: skip


def loaded_by(code: str) -> set[str]:
    """The modules that running the code in a fresh interpreter brings in."""
    program = f"import sys\nbefore = set(sys.modules)\n{code}\nprint(*(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.split())


def roots(modules: set[str]) -> set[str]:
    return {module.split(".")[0] for module in modules}


def families(modules: set[str]) -> set[str]:
    return {
        m.removeprefix("genbounds.bounds.") for m in modules if m.startswith("genbounds.bounds.")
    }


def test_import_loads_the_standard_library_only():
    modules = loaded_by("import genbounds")
    assert roots(modules) - set(sys.stdlib_module_names) == {"genbounds"}


def test_import_loads_no_part_of_the_package_yet():
    assert loaded_by("import genbounds") >= {"genbounds"}
    assert families(loaded_by("import genbounds")) == set()


def test_the_check_sees_a_library():
    assert "numpy" in roots(loaded_by("import numpy"))


SCALAR = {
    "closed form": "gb.catalogue['hoeffding'](empirical_risk=0.1, n=1000, delta=0.05)",
    "kl": "gb.catalogue['chernoff'](empirical_risk=0.1, n=1000, delta=0.05)",
    "kl from below": "gb.catalogue['chernoff_lower'](empirical_risk=0.1, n=1000, delta=0.05)",
    "binomial": "gb.catalogue['clopper_pearson'](errors=192, n=600, delta=0.025)",
    "binomial from below": "gb.catalogue['clopper_pearson_lower'](errors=192, n=600, delta=0.025)",
    "VC": "gb.catalogue['vapnik_chervonenkis'](empirical_risk=0.1, n=10000, vc_dim=10, delta=0.05)",
    "VC, another growth": "gb.catalogue['vapnik_chervonenkis']"
    "(empirical_risk=0.1, n=10000, vc_dim=10, growth='sauer-exp', delta=0.05)",
    "its gap": "gb.catalogue['hoeffding'].gap(n=1000, delta=0.05)",
    "both sides": "gb.catalogue['hoeffding'].two_sided(empirical_risk=0.1, n=1000, delta=0.05)",
    "an error": "\ntry: gb.catalogue['hoeffding'](empirical_risk=2, n=0, delta=1)\n"
    "except ValueError: pass",
    "LaTeX": "gb.catalogue['hoeffding'].latex",
    "a sample size": "gb.solve(gb.catalogue['vapnik_chervonenkis'], 'n', "
    "epsilon=0.05, delta=0.05, vc_dim=10)",
    "an answer": "gb.answer('hoeffding', empirical_risk=0.1, n=1000, delta=0.05).text",
}


@pytest.mark.parametrize("call", SCALAR.values(), ids=SCALAR)
def test_a_scalar_bound_needs_no_library(call):
    assert not roots(loaded_by(f"import genbounds as gb\n{call}")) & LIBRARIES


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("hoeffding", "concentration"),
        ("vapnik_chervonenkis", "vc"),
        ("vc71_eps", "vc"),
        ("occam_binomial", "occam"),
    ],
)
def test_a_name_loads_its_family_only(name, family):
    assert families(loaded_by(f"import genbounds as gb; gb.catalogue[{name!r}]")) == {family}


def test_listing_the_catalogue_loads_no_family():
    assert (
        families(loaded_by("import genbounds as gb; list(gb.catalogue); gb.catalogue.families"))
        == set()
    )


def test_an_unknown_name_loads_no_family_and_names_the_nearest():
    code = """
import genbounds as gb
try:
    gb.catalogue["hoefding"]
except KeyError as fault:
    assert "hoeffding" in str(fault)
"""
    assert families(loaded_by(code)) == set()


def test_symbols_load_sympy_when_asked():
    assert "sympy" in roots(
        loaded_by("import genbounds as gb; gb.catalogue['hoeffding'].expression")
    )


def test_arrays_load_numpy_when_given():
    code = """
import numpy, genbounds as gb
gb.catalogue["hoeffding"](empirical_risk=numpy.array([0.1]), n=9, delta=0.5)
"""
    modules = loaded_by(code)
    assert "genbounds.backends.arrays" in modules
    assert "sympy" not in roots(modules)
