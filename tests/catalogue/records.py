"""Rows of tests/reference as calls of the catalogue."""

import json
import math
from pathlib import Path
from typing import Any

import genbounds as gb
from genbounds.variables import VARIABLES
from tests.catalogue.draws import Haussler

FOLDER = Path(__file__).parents[1] / "reference"
WORKED = ("worked", "worked_sizes")

# Endpoints found by iteration and rounded outward, so that they hold: no further off than this.
OUTWARD = dict.fromkeys(
    ("betting", "betting_every_n", "betting_lower", "betting_every_n_lower"), 1e-9
)


def rows(name: str) -> list[dict[str, Any]]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def tables() -> list[str]:
    """The files of reference values, the worked numbers apart."""
    return sorted(path.stem for path in FOLDER.glob("*.json") if path.stem not in WORKED)


def arguments(row: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a row as a user would type them."""
    return {name: _value(name, x) for name, x in row["arguments"].items()}


def _value(name: str, x: Any) -> Any:
    if name == "growth":
        return x
    if isinstance(x, dict):
        return Haussler(int(x["haussler"]))
    if isinstance(x, list):
        return [float(entry) for entry in x]
    whole = VARIABLES[name].kind == "integer" or name == "n"
    return int(x) if whole and x.isdigit() else float(x)


def label(row: dict[str, Any]) -> str:
    """The row in a test's name."""
    parts = (f"{k}={v if isinstance(v, str) else '...'}" for k, v in row["arguments"].items())
    return f"{row['bound']}({', '.join(parts)})"


def bound_of(row: dict[str, Any]) -> Any:
    bound = gb.catalogue[row["bound"]]
    return bound.two_sided if row.get("two_sided") else bound


def number(text: str) -> float:
    return math.inf if text == "inf" else -math.inf if text == "-inf" else float(text)
