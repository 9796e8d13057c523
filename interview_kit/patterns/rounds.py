"""Rounds of one application share its luck: by how much each behavior's counts are divided for that."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_kit import stats
from interview_kit.frame.arrays import Counts
from interview_kit.frame.groups import application_keys


class Rounds(NamedTuple):
    """Which application and stratum each row belongs to, and how alike the outcomes of one application are."""

    places: Counts
    application: Counts
    stratum: Counts
    correlation: float

    @classmethod
    def of(cls, frame: pd.DataFrame, stratum: Counts, called: NDArray, n: NDArray) -> "Rounds":
        """Return the rounds of the rows of a frame, each of `n` interviews of which `called` were called back."""
        key, is_named = application_keys(frame)
        key = np.where(is_named, key, -1)
        strata = int(stratum.max(initial=0)) + 1
        cells, places = np.unique(key * strata + stratum, return_inverse=True)
        correlation = stats.intraclass_correlation(
            *(np.bincount(key[is_named], count[is_named]) for count in (called, n))
        )
        return cls(places, cells // strata, cells % strata, correlation)

    def effect(self, n_with: NDArray, n_noted: NDArray) -> float:
        """Return the design effect of a behavior, from how many interviews of each row have it, and have it noted."""
        if self.correlation <= 0:
            return 1.0
        x, n = (np.bincount(self.places, count, self.application.size) for count in (n_with, n_noted))
        return stats.design_effect(self.correlation, self.application, self.stratum, x, n)
