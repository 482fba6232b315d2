"""One bound on the user's numbers, for a person who has never seen it.

The verdict, the formula with the numbers in it step by step, its conditions as questions, what it
does not say, the sources.
"""

from genbounds.explanation.explained import Explanation, Symbol, explain
from genbounds.explanation.questions import Need, Question
from genbounds.explanation.sources import Source
from genbounds.explanation.substitution import Step

__all__ = ["Explanation", "Need", "Question", "Source", "Step", "Symbol", "explain"]
