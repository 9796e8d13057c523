"""Numbers beside R itself, where R with epiR is there: `sudo apt-get install r-base-core r-cran-epir`."""

import os
import shutil
import subprocess

import numpy as np
import pytest

from interview_kit import stats

LIMITS = """
suppressMessages(library(epiR))
limits <- get("zMHRD.Sato0", envir = asNamespace("epiR"))
for (line in readLines(file("stdin"))) {
  counts <- as.numeric(strsplit(line, " ")[[1]])
  cells <- array(counts, c(4, length(counts) / 4))
  tables <- array(apply(cells, 2, function(c) c(c[1], c[3], c[2] - c[1], c[4] - c[3])), c(2, 2, ncol(cells)))
  test <- mantelhaen.test(tables, correct = FALSE)
  cat(sprintf("%.17g", c(limits(tables, 0.95, 1)[2:3], test$p.value)), "\\n")
}
"""


@pytest.mark.skipif(os.environ.get("INTERVIEW_KIT_TRUST") != "long", reason="runs with INTERVIEW_KIT_TRUST=long")
@pytest.mark.skipif(not shutil.which("Rscript"), reason="needs R: sudo apt-get install r-base-core r-cran-epir")
def test_strata_are_those_of_r():
    rng = np.random.default_rng(5)
    n = rng.integers(1, 30, (40, 2, 3))
    x1, x2 = rng.binomial(n, 0.4).swapaxes(0, 1)
    n1, n2 = n.swapaxes(0, 1)
    lines = "\n".join(" ".join(map(str, one.ravel())) for one in np.stack([x1, n1, x2, n2], axis=-1))
    found = subprocess.run(["Rscript", "-e", LIMITS], input=lines, capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip(f"R lacks epiR: {found.stderr.strip().splitlines()[0]}")
    low, high, p = np.array([line.split() for line in found.stdout.splitlines()], float).T
    _, *limits = stats.mantel_haenszel_difference(x1, n1, x2, n2)
    assert np.array(limits) == pytest.approx(np.clip([low, high], -1, 1), abs=1e-12)
    assert stats.cochran_mantel_haenszel(x1, n1, x2, n2)[1] == pytest.approx(p, abs=1e-12)
