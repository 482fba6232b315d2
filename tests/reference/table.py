"""Rows of reference values: read arguments as exact decimals, evaluate, write JSON."""

import inspect
import json
from collections.abc import Callable
from pathlib import Path

from mpmath import mp, mpf
from precise import log_growth, log_haussler

HERE = Path(__file__).parent
INTEGERS = {
    "n",
    "errors",
    "errors_first_only",
    "errors_second_only",
    "population_size",
    "n_hypotheses",
    "vc_dim",
    "class_index",
    "n_ghost",
    "natarajan_dim",
    "n_classes",
    "pseudo_dim",
    "fat_dim",
    "separation",
    "n_candidates",
    "n_priors",
    "prior_index",
}


class Table:
    """Collects the rows of one module's bounds."""

    def __init__(self) -> None:
        self.rows: list[dict] = []

    def add(self, function: Callable, names: str, cases: str, *, bound: str = "") -> None:
        """One row per line of `cases`: the values of `names` in order, lists with commas."""
        for line in cases.strip().splitlines():
            texts = dict(zip(names.split(), line.split(), strict=True))
            self.add_row(function, written(texts), bound=bound)

    def add_row(self, function: Callable, arguments: dict, *, bound: str = "") -> None:
        name = bound or function.__name__
        value = function(**read(arguments, function))
        self.rows.append({"bound": name, "arguments": arguments, "value": digits(value)})

    def write(self, module: str) -> None:
        lines = ",\n".join(" " + json.dumps(row) for row in self.rows)
        (HERE / f"{module}.json").write_text(f"[\n{lines}\n]\n")
        bounds = {row["bound"] for row in self.rows}
        print(f"{module}.json: {len(self.rows)} rows, {len(bounds)} bounds")


def written(texts: dict[str, str]) -> dict:
    """The arguments as the JSON keeps them."""
    kept = {}
    for name, text in texts.items():
        if name in ("differences", "losses"):
            kept[name] = [part for part in text.split(",") if part]
        elif name == "log_covering":
            kept[name] = {"haussler": text}
        else:
            kept[name] = expanded(text) if name in INTEGERS else text
    return kept


def expanded(text: str) -> str:
    """1e12 written out as an integer."""
    mantissa, _, power = text.partition("e")
    return mantissa + "0" * int(power or 0)


def read(arguments: dict, function: Callable) -> dict:
    """The arguments as the reference function takes them."""
    values = {}
    for name, text in arguments.items():
        if name == "growth":
            continue
        if name == "vc_dim" and "log_growth" in inspect.signature(function).parameters:
            values["log_growth"] = log_growth(int(text), arguments.get("growth", "sauer"))
        elif name == "log_covering":
            values[name] = log_haussler(int(text["haussler"]))
        elif name == "n_hypotheses" and "log_cardinality" in inspect.signature(function).parameters:
            values["log_cardinality"] = mp.log(int(text))
        elif isinstance(text, list):
            values[name] = [mpf(part) for part in text]
        else:
            values[name] = int(text) if name in INTEGERS else mpf(text)
    return values


def digits(value: mpf) -> str:
    """50 significant digits, or inf / -inf."""
    value = mpf(value)
    assert not mp.isnan(value)
    if mp.isinf(value):
        return "inf" if value > 0 else "-inf"
    return mp.nstr(value, 50)
