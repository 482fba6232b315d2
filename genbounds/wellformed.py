"""What a declaration must say: a formula, a claim, a source, names of the vocabulary."""

from typing import Any

from genbounds.claims import CONDITIONS, Claim
from genbounds.formulas import faults_of
from genbounds.variables import VARIABLES

STATUSES = {
    "proved": "the constants follow from a checked source or from a proof",
    "printed": "as the source prints it; neither derived here nor supported by its own proof",
    "refuted": "false: kept only to reproduce what was printed",
    "order": "a rate without explicit constants: it has no number",
}
WANTED = (
    "a bound says what it claims: @gb.bound(gb.Claim(...), source=...), for example gb.Claim() for "
    "the risk of one fixed hypothesis from above, or a constant of genbounds.claims"
)


def refuse_no_theorem(formula: Any, claim: Any, name: str | None) -> None:
    """What has to be right before anything can be read off the formula and the claim."""
    faults = faults_of(formula)
    own = getattr(formula, "__name__", "the formula")
    if own == "<lambda>" and not name:
        faults.append("a formula has a name: write `def`, not `lambda`")
    faults += claim.faults if isinstance(claim, Claim) else [WANTED]
    _refuse(name or own, faults)


def refuse_faults(bound: Any) -> None:
    """One `ValueError` for everything that a declared bound says wrongly."""
    names, declared = bound.arguments, (*bound.fixed, *bound.exceptions)
    faults = [
        f"unknown variable {name!r} (gb.variable adds one)"
        for name in names
        if name not in VARIABLES
    ]
    faults += [
        f"unknown condition {c!r} (a key of genbounds.claims.CONDITIONS, or a sentence)"
        for c in bound.given
        if not _is_condition(c)
    ]
    faults += [f"{name!r} is not an argument" for name in declared if name not in names]
    if not str(bound.source).strip():
        faults.append("source says where the theorem is proved: a key of the library, or text")
    if bound.status not in STATUSES:
        faults.append(f"status must be one of {', '.join(STATUSES)}, got {bound.status!r}")
    if bound.status in ("printed", "refuted") and not bound.why:
        faults.append(f"a bound that is {bound.status} says why")
    _refuse(bound.name, faults)


def _is_condition(given: Any) -> bool:
    """A key of the vocabulary, or a sentence of the author's own."""
    return given in CONDITIONS or (isinstance(given, str) and " " in given.strip())


def _refuse(name: str, faults: list[str]) -> None:
    if faults:
        raise ValueError(f"{name}: {'; '.join(faults)}")
