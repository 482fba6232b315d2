"""What has to be true of a model and its class besides a theorem's own conditions, in words.

Which of these sentences a statement must carry follows from how its class was found, so that a
record that lacks one is seen to be wrong.
"""

import re
from collections.abc import Iterator, Sequence

CHOSEN_BEFORE = (
    "the features, the kind of model and its {parameters} were chosen before the sample was seen"
)
LABELS = (
    "the labels that can occur are exactly the {k} that the model knows, and this was known before "
    "the sample was seen"
)
SEARCHED = "each of the {k} settings of the search has delta/{k}"
CLASS_FIXED = "the features and the class were chosen before the sample was seen"
LOOKED = (
    "the model is in the class everywhere: some member labels {m} of the {n} rows as the model "
    "does, which is all that was checked"
)
NOT_LOOKED = "the model is in the class: {why}, so this was not checked"
BY_TYPE = ((CHOSEN_BEFORE,), (LABELS,))
BY_NAME = ((CLASS_FIXED,), (LOOKED, NOT_LOOKED))


def lacking(given: Sequence[str], named: bool) -> Iterator[str]:
    """Conditions that must be given and are not; `named` where the user named the class."""
    for choices in BY_NAME if named else BY_TYPE:
        if not any(_is(one, sentence) for one in choices for sentence in given):
            yield choices[0].format_map(_Open())


class _Open(dict[str, str]):
    """Leaves the places of a template open."""

    def __missing__(self, key: str) -> str:
        return "..."


def _is(template: str, sentence: str) -> bool:
    """Whether a sentence is the template, filled in."""
    pattern = re.sub(r"\\{\w+\\}", ".+", re.escape(template))
    return re.fullmatch(pattern, sentence) is not None
