"""What applies to what a user has, best first; what does not and why; what more would help.

A sample with facts of a class or of a posterior is the one that the model was trained on; a sample
without any can only be a test set. Claims that mean different things are different groups.
"""

from genbounds.recommendation.asking import recommend
from genbounds.recommendation.improvements import Improvement
from genbounds.recommendation.recommendations import Recommendation

__all__ = ["Improvement", "Recommendation", "recommend"]
