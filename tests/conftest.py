"""Hypothesis profiles, by HYPOTHESIS_PROFILE: `fast`, the default, `thorough` and `quick`.

`quick` is for further versions of Python, where the same properties were drawn thoroughly before.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "fast", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", parent=settings.get_profile("fast"), max_examples=1000)
settings.register_profile("quick", parent=settings.get_profile("fast"), max_examples=5)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))
