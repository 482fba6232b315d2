"""The certificate: inputs, what follows from them, and a seal over both.

Everything but the inputs is derived from them, each time: the statements, their conditions and
sentences. Reading a certificate therefore derives it again, and an edit of anything derived shows.
"""

import json
import platform
import sys
from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from genbounds import __version__
from genbounds.certificates.record import (
    FORMAT,
    canonical,
    check_inputs,
    check_versions,
    differences,
    pretty,
    read_record,
    seal,
)
from genbounds.certificates.statements import Statement
from genbounds.rendering import Report, Shown, Table
from genbounds.sentences import confidence

_DERIVED_BY = {
    "test": "holding_out",
    "training": "trained",
    "cross-validation": "folds",
}
IN_ONE_SENTENCE = 4


class Certificate(Shown):
    """What is guaranteed about models, all statements together with probability 1 - delta.

    `inputs` is plain data: the options, the models in words, digests of the data, and what was
    observed. `statements`, `sentence`, `conditions`, `theorems` and `notes` follow from it.
    """

    def __init__(self, inputs: Mapping[str, Any], made_with: Any = None) -> None:
        check_inputs(inputs)
        self.inputs: dict[str, Any] = json.loads(canonical(inputs))  # in the order of a file
        made_with = versions(inputs) if made_with is None else made_with
        check_versions(made_with, inputs["models"])
        self.made_with: dict[str, str] = dict(sorted(made_with.items()))
        home = import_module(f"genbounds.certificates.{_DERIVED_BY[inputs['on']]}")
        self.statements: tuple[Statement, ...] = tuple(home.statements(self.inputs))
        if not self.statements:
            raise ValueError("nothing was observed: there is nothing to certify")
        own = home.notes(self.inputs) if hasattr(home, "notes") else home.NOTES
        self.notes: tuple[str, ...] = (*own, *inputs["remarks"])

    @property
    def delta(self) -> float:
        """The failure probability of all statements together."""
        return float(self.inputs["options"]["delta"])

    @property
    def vacuous(self) -> bool:
        """Whether no statement says anything."""
        return all(statement.vacuous for statement in self.statements)

    # --- the theorems

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the reader must be able to tick, each once."""
        return tuple(dict.fromkeys(c for s in self.statements for c in s.conditions))

    @property
    def theorems(self) -> dict[str, str]:
        """Key and place of the source of every theorem used, by its name."""
        return {s.theorem: s.source for s in self.statements if s.source}

    @property
    def bibtex(self) -> str:
        """BibTeX of the sources of the theorems."""
        from genbounds.references import bibtex

        return bibtex("; ".join(dict.fromkeys("; ".join(self.theorems.values()).split("; "))))

    # --- in words

    @property
    def sentence(self) -> str:
        """What holds, how surely."""
        if len(self.statements) == 1:
            return self.statements[0].sentence
        said = self._leading
        if not said:
            return f"VACUOUS: none of {len(self.statements)} statements says anything here."
        sure = f"With probability at least {confidence(self.delta)}"
        if self.inputs["on"] == "cross-validation":
            average = _claim(self.statements[-1])
            return f"{sure}, {average}, and all limits of the folds hold."
        if len(said) == 1:
            return f"{sure}, {_claim(said[0])}."
        if len(said) <= IN_ONE_SENTENCE:
            return f"{sure}, all at once: {'; '.join(map(_claim, said))}."
        whole = [s for s in said if not s.group and not s.pair] or said
        among = "; ".join(map(_claim, whole[:IN_ONE_SENTENCE]))
        return f"{sure}, all {len(self.statements)} statements hold at once, among them: {among}."

    @property
    def _leading(self) -> list[Statement]:
        """What says something; of several theorems about one model on its own data the sharpest."""
        found: dict[Any, Statement] = {}
        for i, one in enumerate(self.statements):
            key = one.subject if one.kind == "training" else i
            if not one.vacuous and (key not in found or _limit(one) < _limit(found[key])):
                found[key] = one
        return list(found.values())

    @property
    def table(self) -> Table:
        """A row a statement."""
        rows = [
            (s.subject, s.group, _kind(s), s.n, s.observed, s.lower, s.upper,
             s.delta, s.vacuous) for s in self.statements
        ]  # fmt: skip
        names = ("model", "group", "kind", "n", "observed", "risk >=", "risk <=", "delta")
        full = Table((*names, "vacuous"), rows)
        kept = [i for i, name in enumerate(full.columns) if name == "model" or _used(full, i)]
        return Table([full.columns[i] for i in kept], [[row[i] for i in kept] for row in rows])

    @property
    def report(self) -> Report:
        """The parts that every rendering shows, in order."""
        from genbounds.certificates.reports import report

        return report(self)

    @property
    def text(self) -> str:
        """For a terminal."""
        from genbounds.certificates.reports import text

        return text(self)

    @property
    def markdown(self) -> str:
        """One page in Markdown."""
        from genbounds.certificates.reports import markdown

        return markdown(self)

    @property
    def latex(self) -> str:
        """One page, a whole document in plain LaTeX."""
        from genbounds.certificates.reports import latex

        return latex(self)

    @property
    def html(self) -> str:
        """One page, a whole document without any reference to elsewhere."""
        from genbounds.certificates.reports import html

        return html(self)

    def _repr_html_(self) -> str:
        from genbounds.certificates.reports import in_notebook

        return in_notebook(self)

    # --- as data

    @cached_property
    def _record(self) -> dict[str, Any]:
        body = {
            "format": FORMAT,
            "made_with": self.made_with,
            "inputs": self.inputs,
            "results": self.results,
        }
        return body | {"seal": seal(body)}

    @property
    def results(self) -> dict[str, Any]:
        """All that follows from the inputs, as plain data."""
        return {
            "sentence": self.sentence,
            "statements": [s.to_dict() for s in self.statements],
            "conditions": list(self.conditions),
            "theorems": self.theorems,
            "notes": list(self.notes),
        }

    @property
    def seal(self) -> str:
        """SHA-256 of everything else in the record."""
        return str(self._record["seal"])

    def to_dict(self) -> dict[str, Any]:
        """The whole record as plain data, a copy."""
        copy: dict[str, Any] = json.loads(canonical(self._record))
        return copy

    def to_json(self) -> str:
        """The record as a file holds it: the same inputs give the same bytes."""
        return pretty(self._record)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Certificate":
        """The certificate derived again; `ValueError` where the record says anything else."""
        record = read_record(record)
        found = cls(record["inputs"], record["made_with"])
        apart = differences(record, found.to_dict())
        if apart:
            raise ValueError(
                f"the record does not agree with its inputs in {', '.join(apart[:3])}"
                f"{' and more' if len(apart) > 3 else ''}: see genbounds verify"
            )
        return found

    @classmethod
    def load(cls, path: Any) -> "Certificate":
        """The certificate in a file; `ValueError` where it is none or was edited."""
        return cls.from_dict(read_record(path))

    def save(self, path: Any, overwrite: bool = False) -> None:
        """To a file .json, .md, .tex or .html; an existing one is refused unless `overwrite`."""
        written = {".json": "to_json", ".md": "markdown", ".tex": "latex", ".html": "html"}
        target = Path(path)
        kind = target.suffix.lower()
        if kind not in written:
            raise ValueError(f"a certificate is saved as {', '.join(written)}, got {str(path)!r}")
        text = getattr(self, written[kind])
        text = text() if callable(text) else text
        try:
            with target.open("w" if overwrite else "x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            raise ValueError(f"{target} exists: overwrite=True replaces it") from None

    def plot(self, path: Any = None, *, overwrite: bool = False) -> Any:
        """A forest plot of the statements, saved to `path` if given."""
        from genbounds.plot import CertificatesDisplay

        display = CertificatesDisplay.from_certificates(self).plot()
        if path is not None:
            try:
                display.save(path, overwrite=overwrite)
            except FileExistsError as fault:
                raise ValueError(str(fault)) from None
        return display


def _kind(statement: Statement) -> str:
    """What it rests on; statements about one model on its own data differ in their theorem."""
    kind = statement.kind.replace("_", " ")
    return f"{kind}, {statement.theorem}" if statement.kind == "training" else kind


def _claim(statement: Statement) -> str:
    return f"{statement.whom} {statement.relation}"


def _limit(statement: Statement) -> float:
    return 1.0 if statement.upper is None else statement.upper


def _used(table: Table, i: int) -> bool:
    """A column in which all rows say nothing is left out."""
    return any(not (row[i] is None or row[i] is False or row[i] == "") for row in table.rows)


def versions(inputs: Mapping[str, Any]) -> dict[str, str]:
    """The versions of what the numbers and the predictions came from."""
    found = {"genbounds": __version__, "python": platform.python_version()}
    used = {model["class"].split(".")[0] for model in inputs["models"]}
    if inputs["data"]["targets"] is not None:
        used.add("numpy")  # which hashed them
    for library in sorted(used):
        version = getattr(sys.modules.get(library), "__version__", None)
        if isinstance(version, str):
            found[library] = version
    return found
