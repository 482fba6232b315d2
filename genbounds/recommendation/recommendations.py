"""What `recommend` returns: verdicts, what does not apply, what would help; it renders itself."""

import math
from collections.abc import Mapping
from typing import Any

from genbounds import __version__
from genbounds.recommendation.applicability import CHANGES, Refusal
from genbounds.recommendation.groups import SHOWN, Group
from genbounds.recommendation.improvements import Improvement
from genbounds.rendering import Table, wrapped


class Recommendation:
    """What the facts allow to claim, best first.

    `groups` hold one question each; `best`, `paid`, `sentence`, `why` are those of the first.
    `not_applicable` says of every other theorem of the catalogue why; `near` holds those that lack
    one fact. `improvements` are what more would help, each computed.
    """

    def __init__(
        self, groups: list[Group], refusals: Mapping[str, Refusal], improved: list[Improvement],
        facts: Mapping[str, Any], notes: tuple[str, ...] = (),
        origin: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.groups, self.improvements, self.notes = groups, improved, notes
        self.facts, self.origin, self._refusals = dict(facts), dict(origin or {}), dict(refusals)

    @property
    def best(self) -> Any:
        """The tightest of the first group: an `Answer`, or a row of sizes or of probabilities."""
        return self.groups[0].best

    @property
    def paid(self) -> Any:
        """What of the first group may be claimed after looking at all of it."""
        return getattr(self.groups[0], "paid", self.best)

    @property
    def number(self) -> Any:
        """What the first sentence claims."""
        return self.groups[0].number

    @property
    def vacuous(self) -> bool:
        """Whether the first group claims nothing."""
        return self.groups[0].vacuous

    @property
    def sentence(self) -> str:
        """The verdict."""
        return self.groups[0].sentence

    @property
    def why(self) -> str:
        """Why this theorem and no other."""
        return self.groups[0].why

    @property
    def conditions(self) -> tuple[str, ...]:
        """What must hold for the first verdict."""
        return self.groups[0].conditions

    @property
    def not_applicable(self) -> dict[str, str]:
        """Name of a theorem -> why it does not apply."""
        return {name: refusal.reason for name, refusal in self._refusals.items()}

    @property
    def near(self) -> dict[str, str]:
        """Name of a theorem that lacks one fact -> the fact."""
        lacking = {name: r.missing[0] for name, r in self._refusals.items() if len(r.missing) == 1}
        return {name: _USUAL.get(fact, fact) for name, fact in lacking.items()}

    @property
    def table(self) -> Table:
        """Every theorem of every group as plain data."""
        rows = [
            (group.topic.key, *_in_brief(record), record["bound"], record["source"])
            for group in self.groups
            for record in group.table.records()
        ]
        return Table(("group", "number", "value", "bound", "source"), rows)

    @property
    def text(self) -> str:
        """For a terminal."""
        lines = [*wrapped(self.sentence), *self._only_if, *wrapped(self.why)]
        for i, group in enumerate(self.groups):
            lines += ["", *self._told(i, group)]
        lines += ["", *wrapped(TOGETHER)] if len(self.groups) > 1 else []
        lines += ["", *self._listed("What more would help", self._helps)]
        lines += self._listed("Lacking one fact", self._lacking)
        lines += self._listed("Not applicable", self._reasons)
        return "\n".join(
            [*lines, *(line for note in self.notes for line in wrapped(note))]
        ).rstrip()

    @property
    def _only_if(self) -> list[str]:
        conditions = getattr(self.groups[0], "conditions", ())
        return [line for text in conditions for line in wrapped(f"Only if {text}.", "", "  ")]

    def _told(self, i: int, group: Group) -> list[str]:
        """A group with its question; the first verdict is not repeated."""
        verdict = [] if i == 0 else [*wrapped(group.sentence), *wrapped(group.why)]
        boxes = [] if i == 0 else [x for c in group.conditions for x in wrapped(c, "[ ] ", "    ")]
        more = len(group.table.rows) - len(group.brief.rows)
        return [
            *wrapped(group.topic.question), *verdict, "", group.brief.render("table"),
            *([f"and {more} more"] if more > 0 else []),
            *(line for note in group.notes for line in wrapped(f"Necessary {note}.", "", "  ")),
            *wrapped(getattr(group, "caution", "")), *boxes,
        ]  # fmt: skip

    @property
    def _helps(self) -> list[str]:
        return [f"{x.what}: {x.effect}" for x in self.improvements]

    @property
    def _lacking(self) -> list[str]:
        found: dict[str, list[str]] = {}
        known = ((name, fact) for name, fact in self.near.items() if fact not in CHANGES)
        for name, fact in known:
            found.setdefault(fact, []).append(name)
        often = sorted(found.items(), key=lambda item: -len(item[1]))
        shown = [f"{fact} would open {_some(names)}" for fact, names in often[:SHOWN]]
        more = [fact for fact, _ in often[SHOWN:]]
        return shown + ([f"others would open by {', '.join(more)}"] if more else [])

    @property
    def _reasons(self) -> list[str]:
        found: dict[str, list[str]] = {}
        for name, refusal in self._refusals.items():
            if not refusal.missing:
                found.setdefault(refusal.reason, []).append(name)
        often = sorted(found.items(), key=lambda item: -len(item[1]))
        shown = [f"{_some(names)}: {reason}" for reason, names in often[:SHOWN]]
        more = sum(len(names) for _, names in often[SHOWN:])
        return shown + ([f"{more} more, each with its reason in `not_applicable`"] if more else [])

    @staticmethod
    def _listed(title: str, entries: list[str]) -> list[str]:
        lines = [line for entry in entries for line in wrapped(entry, "- ", "  ")]
        return [f"{title}:", *lines, ""] if lines else []

    @property
    def markdown(self) -> str:
        """For a report in Markdown."""
        parts = [f"**{self.sentence}**", self.why]
        for group in self.groups:
            boxes = "\n".join(f"- [ ] {text}" for text in group.conditions)
            head = f"## {group.topic.question}\n\n{group.sentence}"
            parts += [head, group.table.render("markdown"), getattr(group, "caution", ""), boxes]
        helps = "\n".join(f"- {text}" for text in self._helps)
        parts += [f"## What more would help\n\n{helps}" if helps else "", *self.notes]
        return "\n\n".join(filter(None, parts))

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.text)}</pre>"

    @property
    def bibtex(self) -> str:
        """BibTeX of the theorems that the verdicts rest on."""
        from genbounds.references import bibtex, keys

        sources = [source for group in self.groups for source in group.sources]
        return bibtex("; ".join(dict.fromkeys(key for text in sources for key in keys(text))))

    def to_dict(self) -> dict[str, Any]:
        """The recommendation as plain data."""
        return {
            "version": __version__,
            "sentence": self.sentence,
            "why": self.why,
            "facts": {k: _plain(v) for k, v in self.facts.items()},
            **self.origin,
            "groups": [group.to_dict() for group in self.groups],
            "improvements": [x._asdict() for x in self.improvements],
            "near": self.near,
            "not_applicable": self.not_applicable,
            "notes": list(self.notes),
        }


TOGETHER = (
    "The verdicts on different questions hold one at a time; to use several together, divide delta "
    "among them."
)
_USUAL = {"log_growth": "vc_dim", "log_cardinality": "n_hypotheses", "log_prior": "bits"}


def _in_brief(record: Mapping[str, Any]) -> tuple[str, Any]:
    """What the number of a row is, and the number; both ends of an interval as one text."""
    numbers = {name: x for name, x in record.items() if type(x) in (int, float)}
    name = f"{record['n is']} n" if "n is" in record else next(iter(numbers))
    values = list(numbers.values())
    return name, values[0] if len(values) == 1 else " ".join(map(repr, values))


def _some(names: list[str]) -> str:
    more = len(names) - 3
    return f"{', '.join(names[:3])}{f' and {more} more' if more > 0 else ''}"


def _plain(value: Any) -> Any:
    finite = isinstance(value, (int, str)) or (isinstance(value, float) and math.isfinite(value))
    return value if finite else str(value)
