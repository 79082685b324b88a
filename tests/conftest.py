"""What all tests share: how hard Hypothesis tries.

`HYPOTHESIS_PROFILE=thorough uv run pytest tests/property` tries harder; `ci` gives the same cases every
time. It is taken where the variable CI is set, so that what lands does not hang on chance. `lines` is for
measuring which lines are reached, for which few cases do.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("dev", max_examples=60, deadline=None)
settings.register_profile("ci", max_examples=200, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("lines", max_examples=20, deadline=None, derandomize=True)
settings.register_profile(
    "thorough", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))
