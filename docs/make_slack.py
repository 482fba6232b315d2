"""The referee's campaign over the catalogue: slack, worst ratios, and the page that lists them.

python docs/make_slack.py --run [NAME ...]   search again (all bounds take about an hour) and write
python docs/make_slack.py                    write the page from docs/slack.json
python docs/make_slack.py --check            fail where the page is not that of docs/slack.json
"""

import argparse
import json
import math
import sys
from pathlib import Path

import genbounds as gb
from genbounds.referee.suites_certain import UNSERVED

HERE = Path(__file__).parent
DATA, PAGE = HERE / "slack.json", HERE / "slack.md"
DELTA, OTHER_DELTAS, SECONDS = 0.05, (0.01, 0.3), 5.0

INTRODUCTION = """# How much of each bound is needed

A bound can be true and still far from what its worlds ever show. Its *slack* is the largest factor
on its radius (the distance from the empirical risk, or from 0) that some world refutes: with a
smaller radius than that the theorem is false, so no better constant than the slack can be proved
for it. At 1 the bound cannot be improved by a factor; at .3 a factor between .3 and 1 is open.

Every number rests on a world in which the bound, scaled by a factor just below the slack, fails
more often than delta = {delta} (surely, for claims without delta): a probability in fractions,
every violation decided in intervals. `docs/slack.json` holds the worlds; `gb.slack(name)` searches
again.

The *worst ratio* is the largest probability of failure, over delta, that the search met for the
bound as it stands, at delta = {deltas}. It exceeds 1 for limits that claim no guarantee
and say so (Wald, Wilson, Jeffreys, Agresti and Coull) and for nothing else: no theorem of the
catalogue was refuted. A low slack may be a loose bound or a weak search; it is a lower bound on
what is needed.

**Searched**: {worlds:,} worlds for {tested} bounds, n from 1 to {largest:,}, in {hours:.1f} hours
of one core, the laws climbed from several starts; the arenas are those of
`genbounds/referee/suites.py`.
"""


def measured(name: str) -> dict:
    """The row of one bound."""
    bound = gb.catalogue[name]
    if bound.status == "order":
        return {"bound": name, "status": "order", "why": "a rate without constants: no number"}
    row = {"bound": name, "status": bound.status, "family": bound.family}
    if bound.claim.scope in ("every_learner", "some_learner"):
        return row | {"why": UNSERVED.get(name, "it names no hypothesis that could be watched")}
    found = gb.slack(bound, delta=DELTA, seconds=SECONDS)
    if not found.searched.arenas:
        return row | {"why": UNSERVED.get(name, "no world of the referee knows its facts")}
    deltas = (DELTA, *OTHER_DELTAS) if found.delta else (DELTA,)  # without delta one is enough
    verdicts = {d: gb.refute(bound, delta=d, seconds=SECONDS) for d in deltas}
    searches = [found.searched, *(v.searched for v in verdicts.values())]
    if found.counterexample is not None:
        example = found.counterexample
        row |= {
            "slack": found.value if math.isfinite(found.value) else "inf",
            "factor": str(found.certified),
            "n": example.n,
            "world": example.world.to_dict(),
            "parameters": example.to_dict()["parameters"],
            "probability": float(example.probability),
        }
    return row | {
        "ratios": {str(d): round(v.ratio, 4) for d, v in verdicts.items()},
        "refuted": [d for d, v in verdicts.items() if v.refuted],
        "worlds": sum(s.worlds for s in searches),
        "largest": max(max(s.sizes) for s in searches),
        "seconds": round(sum(s.seconds for s in searches), 1),
    }


def run(names: list[str]) -> None:
    """Measure, and write after each bound, so that an interrupted run is not lost."""
    rows = {row["bound"]: row for row in json.loads(DATA.read_text())} if DATA.exists() else {}
    for name in names or list(gb.catalogue):
        rows[name] = measured(name)
        print(name, rows[name].get("slack", rows[name].get("why", "-")), flush=True)
        ordered = [rows[key] for key in gb.catalogue if key in rows]
        lines = ",\n".join(json.dumps(row) for row in ordered)
        DATA.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def page(rows: list[dict]) -> str:
    """The page, from the rows of the campaign."""
    tested = [row for row in rows if "worlds" in row]
    text = INTRODUCTION.format(
        delta=DELTA,
        deltas=", ".join(map(str, (DELTA, *OTHER_DELTAS))),
        worlds=sum(row["worlds"] for row in tested),
        tested=len(tested),
        largest=max(row["largest"] for row in tested),
        hours=sum(row["seconds"] for row in tested) / 3600,
    )
    lines = [text, "## Bounds that were tested\n"]
    lines += ["| bound | slack | in a world | n | worst ratio | worlds |"]
    lines += ["| --- | ---: | --- | ---: | ---: | ---: |"]
    ranked = sorted(tested, key=lambda row: (-_number(row.get("slack", -1)), row["bound"]))
    lines += [_row(row) for row in ranked]
    lines += ["", "## Bounds that were not\n", "| bound | why |", "| --- | --- |"]
    lines += [f"| `{row['bound']}` | {row['why']} |" for row in rows if "worlds" not in row]
    return "\n".join(lines) + "\n"


def _number(slack: object) -> float:
    return math.inf if slack == "inf" else float(slack)


def _row(row: dict) -> str:
    slack = _number(row.get("slack", "nan"))
    shown = "none refuted" if math.isnan(slack) else f"{slack:.4f}"
    notes = "" if row["status"] == "proved" else f" ({row['status']})"
    notes += "" if gb.catalogue[row["bound"]].claim.is_guarantee else " (no guarantee)"
    worst = max(row["ratios"].values())
    name, n = f"`{row['bound']}`{notes}", row.get("n", "")
    world = row["world"]["world"] if "world" in row else ""
    return f"| {name} | {shown} | {world} | {n} | {worst:.3g} | {row['worlds']} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", nargs="*", metavar="NAME", help="search again")
    parser.add_argument("--check", action="store_true", help="only compare the page")
    chosen = parser.parse_args()
    if chosen.run is not None:
        run(chosen.run)
    text = page(json.loads(DATA.read_text(encoding="utf-8")))
    if not chosen.check:
        PAGE.write_text(text, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != text:
        sys.exit("docs/slack.md is not the page of docs/slack.json: python docs/make_slack.py")


if __name__ == "__main__":
    main()
