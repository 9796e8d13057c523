"""Every number against a published table or another program, then what must hold for any numbers."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.stats import chi2_contingency, false_discovery_control, fisher_exact, hypergeom

from interview_kit import stats

BERTRAND_MULLAINATHAN = (235, 2435, 157, 2435)

# UCBAdmissions (Bickel, Hammel & O'Connell 1975): men admitted, men, women admitted, women, by department.
UCB = np.array(
    [
        [512, 353, 120, 138, 53, 22],
        [825, 560, 325, 417, 191, 373],
        [89, 17, 202, 131, 94, 24],
        [108, 25, 593, 375, 393, 341],
    ]
)

# The 15 p-values of Benjamini & Hochberg (1995), section 4, and what R's p.adjust makes of them.
THROMBOLYSIS = (
    "0.0001 0.0004 0.0019 0.0095 0.0201 0.0278 0.0298 0.0344 0.0459 0.324 0.4262 0.5719 0.6528 0.759 1",
    "0.0015 0.003 0.0095 0.035625 0.0603 0.0638571428571 0.0638571428571 0.0645 0.0765 0.486"
    " 0.5811818181818 0.714875 0.7532307692308 0.8132142857143 1",
)

# MASS::Melanoma (Andersen, Borgan, Gill & Keiding 1993): days, and 1 for death from melanoma, 2 from another cause.
MELANOMA_DAYS = """
10 30 35 99 185 204 210 232 232 279 295 355 386 426 469 493 529 621 629 659 667 718 752 779 793 817 826 833 858
869 872 967 977 982 1041 1055 1062 1075 1156 1228 1252 1271 1312 1427 1435 1499 1506 1508 1510 1512 1516 1525
1542 1548 1557 1560 1563 1584 1605 1621 1627 1634 1641 1641 1648 1652 1654 1654 1667 1678 1685 1690 1710 1710
1726 1745 1762 1779 1787 1787 1793 1804 1812 1836 1839 1839 1854 1856 1860 1864 1899 1914 1919 1920 1927 1933
1942 1955 1956 1958 1963 1970 2005 2007 2011 2024 2028 2038 2056 2059 2061 2062 2075 2085 2102 2103 2104 2108
2112 2150 2156 2165 2209 2227 2227 2256 2264 2339 2361 2387 2388 2403 2426 2426 2431 2460 2467 2492 2493 2521
2542 2559 2565 2570 2660 2666 2676 2738 2782 2787 2984 3032 3040 3042 3067 3079 3101 3144 3152 3154 3180 3182
3185 3199 3228 3229 3278 3297 3328 3330 3338 3383 3384 3385 3388 3402 3441 3458 3459 3459 3476 3523 3667 3695
3695 3776 3776 3830 3856 3872 3909 3968 4001 4103 4119 4124 4207 4310 4390 4479 4492 4668 4688 4926 5565
"""
MELANOMA_CAUSES = (
    "2202111211121112111111111121111111111111111210100012010101010000000010010010000000000000200000010000"
    "0000000000110201010000000100001000001000001000001000010000020200000000100000020000000000000000000000"
    "00000"
)
MELANOMA = np.array([*map(int, MELANOMA_DAYS.split())]), np.array([*map(int, MELANOMA_CAUSES)])


def close(expected, within=1e-10):
    return pytest.approx(expected, rel=0, abs=within, nan_ok=True)


# One rate, two rates


def test_wilson_agrees_with_sas_and_r():
    assert stats.wilson(84, 101) == close((0.746887910813618, 0.892172254445884), 1e-14)


def test_wilson_at_the_ends():
    low, high = stats.wilson([0, 3, 0], [3, 3, 0])
    third = 3 / (3 + 1.959963984540054**2)
    assert low == close([0, third, np.nan])
    assert high == close([1 - third, 1, np.nan])
    assert (low[0], high[1]) == (0, 1)


@pytest.mark.parametrize(
    ("table", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0528, 0.3382),
        ((9, 10, 3, 10), 0.1700, 0.8406),
        ((0, 10, 0, 20), -0.1658, 0.2844),
        ((10, 10, 0, 10), 0.6636, 1.0000),
    ],
)
def test_miettinen_nurminen_prints_newcombe_1998_table_2_method_6(table, low, high):
    assert np.round(stats.miettinen_nurminen(*table), 4).tolist() == [low, high]


def test_miettinen_nurminen_on_bertrand_and_mullainathan_2004():
    # The limits in 40-digit arithmetic are 1.68206924339993 and 4.74328708300529 points.
    limits = 100 * np.array(stats.miettinen_nurminen(*BERTRAND_MULLAINATHAN))
    assert limits == close([1.68206924339993, 4.74328708300529], 1e-12)
    assert limits == close([1.68206, 4.74329], 1e-5)


@pytest.mark.parametrize("n", [1, 12, 10**7])
def test_miettinen_nurminen_has_a_closed_form_without_any_success(n):
    z2, factor = 1.959963984540054**2, 3 * n / (3 * n - 1)
    expected = -z2 * factor / (2 * n + z2 * factor), z2 * factor / (n + z2 * factor)
    assert stats.miettinen_nurminen(0, n, 0, 2 * n) == close(expected, 1e-14)


def test_miettinen_nurminen_limits_solve_the_score_equation():
    # The constrained maximum found by brute force, on a grid that halves.
    x1, n1, x2, n2 = 7, 12, 3, 17
    for limit in stats.miettinen_nurminen(x1, n1, x2, n2):
        low, high = max(0, -limit), min(1, 1 - limit)
        for _ in range(60):
            p2 = np.linspace(low, high, 7)[1:-1]
            p1 = p2 + limit
            fit = x1 * np.log(p1) + (n1 - x1) * np.log(1 - p1) + x2 * np.log(p2) + (n2 - x2) * np.log(1 - p2)
            best, half = p2[fit.argmax()], (high - low) / 3
            low, high = max(low, best - half), min(high, best + half)
        p1, variance_of = best + limit, lambda p, n: p * (1 - p) / n
        variance = (variance_of(p1, n1) + variance_of(best, n2)) * 29 / 28
        assert abs(x1 / n1 - x2 / n2 - limit) / variance**0.5 == pytest.approx(1.959963984540054, abs=1e-6)


def test_fisher_on_the_convictions_of_twins():
    # R: fisher.test(matrix(c(2, 10, 15, 3), nrow = 2)); Fisher 1962, 1970
    assert stats.fisher_p(2, 17, 10, 13) == close(0.0005367241191434364, 1e-15)


def test_fisher_agrees_with_r_also_among_millions():
    # R: fisher.test(matrix(c(x1, n1 - x1, x2, n2 - x2), 2))$p.value
    tables = [(3, 3, 10, 40), (1, 12, 9, 9), (0, 5, 3, 1000), (2, 4, 30, 1e6), (40, 50, 900, 1e6), (7, 9, 4, 12)]
    expected = [0.02317478324284904, 3.40217058483312e-05, 1, 5.951720260952011e-09, 3.688990632163661e-112]
    expected.append(0.08049535603715166)
    assert stats.fisher_p(*np.transpose(tables)) == pytest.approx(expected, rel=1e-12)


def test_mid_p_counts_tables_as_probable_as_the_observed_one_half():
    tables = [(2, 17, 10, 13), (8, 10, 3, 10), (0, 5, 3, 1000), (4, 10, 16, 190)]
    for x1, n1, x2, n2 in tables:
        chance = hypergeom(n1 + n2, x1 + x2, n1).pmf(np.arange(n1 + 1))
        equal = np.isclose(chance, chance[x1], rtol=1e-7)
        expected = chance[(chance < chance[x1]) & ~equal].sum() + chance[equal].sum() / 2
        assert stats.mid_p(x1, n1, x2, n2) == close(expected, 1e-13)
    assert np.isnan(stats.mid_p(0, 0, 1, 4))


def test_n_minus_1_chi_square_is_pearsons_times_n_minus_1_by_n():
    from scipy.special import chdtrc

    pearson = chi2_contingency([[7, 5], [3, 14]], correction=False).statistic
    assert stats.n_minus_1_p(7, 12, 3, 17) == close(chdtrc(1, pearson * 28 / 29), 1e-14)


def test_two_by_two_takes_fisher_below_an_expected_count_of_1():
    dense, sparse = (3, 10, 1, 30), (3, 10, 0, 30)
    assert [stats.smallest_expected(*table) for table in (dense, sparse)] == [1.0, 0.75]
    assert stats.two_by_two_p(*dense) == stats.n_minus_1_p(*dense)
    assert stats.two_by_two_p(*sparse) == stats.fisher_p(*sparse) == close(120 / 9880, 1e-15)


def test_nobody_everybody_and_an_empty_group():
    tables = np.array([(0, 10, 0, 20), (10, 10, 20, 20), (3, 5, 0, 0), (0, 0, 0, 0)]).T
    for test in (stats.two_by_two_p, stats.n_minus_1_p, stats.fisher_p):
        assert test(*tables) == close([1, 1, np.nan, np.nan])
    assert stats.smallest_expected(*tables).tolist() == [0, 0, 0, 0]
    assert np.isnan(stats.miettinen_nurminen(*tables)).tolist() == [[False, False, True, True]] * 2


# Trends and strata


def smokers():
    x, n, score = np.array([83, 90, 129, 70]), np.array([86, 93, 136, 82]), np.array([1, 2, 3, 4])
    sums = {"x": score @ n, "xx": score**2 @ n, "y": x.sum(), "yy": x.sum(), "xy": score @ x}
    return n.sum(), sums


def test_trend_on_the_smokers_of_fleiss_1981():
    # R: prop.trend.test(c(83, 90, 129, 70), c(86, 93, 136, 82)) gives n r² = 8.22492228519771; M² is (n-1) r²
    n, sums = smokers()
    m2, p = stats.trend(stats.Sums(n, **sums))
    assert m2 * n / (n - 1) == close(8.22492228519771)
    assert p == pytest.approx(0.004132, abs=5e-5)


def test_trend_where_nothing_varies():
    sums = {"x": [5, 4, 0], "xx": [7, 4, 0], "y": [4, 2, 0], "yy": [4, 2, 0], "xy": [5, 2, 0]}
    assert np.array(stats.trend(stats.Sums([4, 4, 0], **sums))) == close(
        np.array([[0, np.nan, np.nan], [1, np.nan, np.nan]])
    )


def test_trend_over_strata_on_agresti_1990s_job_satisfaction():
    # Income by satisfaction for women and for men; Agresti prints 6.1563, p = 0.0131. R: vcdExtra::CMHtest(
    # Satisfaction, types = "cor", rscores = c(3, 10, 20, 35), cscores = c(1, 3, 4, 5), overall = TRUE)
    tables = np.array(
        [
            [[1, 3, 11, 2], [2, 3, 17, 3], [0, 1, 8, 5], [0, 2, 4, 2]],
            [[1, 1, 2, 1], [0, 3, 5, 1], [0, 0, 7, 3], [0, 1, 9, 6]],
        ]
    )
    income, satisfaction = np.array([3, 10, 20, 35]), np.array([1, 3, 4, 5])
    by_income, by_satisfaction = tables.sum(axis=2), tables.sum(axis=1)
    sums = {
        "x": by_income @ income,
        "xx": by_income @ income**2,
        "y": by_satisfaction @ satisfaction,
        "yy": by_satisfaction @ satisfaction**2,
        "xy": tables @ satisfaction @ income,
    }
    n = tables.sum(axis=(1, 2))
    m2, p = stats.stratified_trend(stats.Sums(n, **sums))
    assert m2 == close(6.156301491850706)
    assert round(p, 4) == 0.0131
    by_gender, _ = stats.trend(stats.Sums(n, **sums))
    assert by_gender == close([1.615677747041587, 5.368988670700332])


def test_admissions_at_berkeley_turn_within_departments():
    # R: mantelhaen.test(UCBAdmissions, correct = FALSE)
    x1, n1, x2, n2 = UCB.sum(axis=1)
    assert x1 * (n2 - x2) / (x2 * (n1 - x1)) == close(1.84108003718)
    assert stats.two_by_two_p(x1, n1, x2, n2) < 1e-20
    assert stats.cochran_mantel_haenszel(*UCB) == close((1.524606660443436, 0.216923697056))


def test_cochran_mantel_haenszel_passes_over_silent_strata():
    silent = np.array([[0, 4, 1], [5, 4, 2], [0, 7, 0], [6, 7, 0]])
    expected = stats.cochran_mantel_haenszel(*UCB)
    assert stats.cochran_mantel_haenszel(*np.hstack([UCB, silent])) == close(expected, 1e-12)
    assert stats.cochran_mantel_haenszel([3, 0], [5, 0], [0, 1], [0, 4])[1] == 1
    assert np.isnan(stats.cochran_mantel_haenszel([1, 3], [5, 6], [0, 0], [0, 0])).all()


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        # The difference by R: metafor::rma.mh(measure = "RD", ai = x1, n1i = n1, ci = x2, n2i = n2)$beta
        # The limits by R: epiR:::zMHRD.Sato0(tables, conf.level = 0.95, units = 1), version 2.0.57
        (UCB, (-0.01842519619085252, -0.04736688134532019, 0.01074805833267030)),
        (
            [(1, 0, 1, 1, 0), (1, 1, 2, 1, 3), (0, 0, 1, 1, 1), (1, 2, 1, 1, 2)],
            (-0.1226415094339623, -0.53201660849296672, 0.38622313366402322),
        ),
        ([(1,) * 5, (1,) * 5, (0,) * 5, (1,) * 5], (1, 0.2317082358611752, 1)),
    ],
)
def test_mantel_haenszel_difference_prints_what_metafor_and_epir_print(tables, expected):
    assert stats.mantel_haenszel_difference(*tables) == close(expected, 1e-13)


def test_mantel_haenszel_difference_at_another_confidence():
    # R: epiR:::zMHRD.Sato0(tables, conf.level = 0.9, units = 1)
    _, low, high = stats.mantel_haenszel_difference([3, 2, 5], [6, 4, 9], [1, 0, 3], [5, 4, 8], 0.9)
    assert (low, high) == close((0.01271215349389582, 0.51861859432467194), 1e-13)


def test_mantel_haenszel_difference_has_no_limits_where_no_stratum_says_anything():
    for x1, x2 in (([0, 0], [0, 0]), ([4, 0], [6, 0])):
        difference, low, high = stats.mantel_haenszel_difference(x1, [4, 5], x2, [6, 5])
        assert difference == close(0, 1e-15)
        assert np.isnan([low, high]).all()


def test_mantel_haenszel_difference_needs_a_stratum_with_both_groups():
    assert np.isnan(stats.mantel_haenszel_difference([1, 0], [2, 0], [0, 3], [0, 4])).all()


def test_auc_of_hanley_and_mcneil_1982():
    # 109 CT images read on 5 levels; printed as 0.893. R: pROC::auc gives 0.8931710615280595
    assert stats.auc([3, 2, 2, 11, 33], [33, 6, 6, 11, 2]) == close(0.8931710615280595, 1e-14)
    assert stats.auc([[1, 0], [0, 0]], [[1, 0], [3, 0]]) == close([0.5, np.nan])


# Clusters


CLUSTERS = np.array([(3, 3), (0, 2), (1, 4), (1, 1), (0, 1), (2, 3)]).T  # successes, sizes


def test_intraclass_correlation_is_that_of_the_analysis_of_variance():
    from scipy.stats import f_oneway

    x, n = CLUSTERS
    f = f_oneway(*(np.arange(size) < successes for successes, size in zip(x, n, strict=True))).statistic
    typical = (n.sum() - (n**2).sum() / n.sum()) / 5
    assert stats.intraclass_correlation(x, n) == close((f - 1) / (f - 1 + typical), 1e-14)
    assert stats.intraclass_correlation([2, 0, 3], [2, 4, 3]) == close(1, 1e-14)
    assert stats.intraclass_correlation([1, 1, 1], [2, 2, 2]) == close(-1, 1e-14)
    for alone in (([1, 0, 1], [1, 1, 1]), ([2], [4]), ([], []), ([0, 0], [2, 3])):
        assert stats.intraclass_correlation(*alone) == 0


def test_design_effect_is_how_many_times_the_variance_grows():
    # By its definition: x' R x / x' x, of an indicator about its stratum's mean and the correlations R of outcomes.
    cluster, stratum = np.array([0, 0, 0, 1, 1, 2, -1, -1]), np.array([0, 0, 1, 0, 1, 1, 0, 1])
    is_with = np.array([1, 1, 1, 0, 0, 1, 1, 0])
    centered = is_with - np.array([is_with[stratum == at].mean() for at in stratum])
    alike = (cluster[:, None] == cluster) & (cluster >= 0) & ~np.eye(8, dtype=bool)
    expected = centered @ (np.eye(8) + 0.4 * alike) @ centered / (centered @ centered)
    cells = np.array(
        [(0, 0, 2, 2), (0, 1, 1, 1), (1, 0, 0, 1), (1, 1, 0, 1), (2, 1, 1, 1), (-1, 0, 1, 1), (-1, 1, 0, 1)]
    )
    assert stats.design_effect(0.4, *cells.T) == close(expected, 1e-14)
    assert stats.design_effect(0.4, [0, 1], [0, 0], [1, 1], [2, 2]) == 1  # habits that differ within clusters
    assert stats.design_effect(0.4, [0, 1], [0, 0], [2, 1], [2, 1]) == 1  # nothing to compare
    assert stats.design_effect(1, [0, 1, 2], [0, 0, 0], [2, 0, 2], [2, 2, 2]) == close(2, 1e-14)


def test_discounted_p_is_that_of_the_divided_chi_square():
    from scipy.special import chdtrc, chdtri

    p, effect = np.array([0.5, 0.04, 1e-9, 1, 0, np.nan, 0.04]), np.array([2, 1.5, 3, 2, 2, 2, 1])
    expected = [chdtrc(1, chdtri(1, one) / by) for one, by in zip(p[:3], effect, strict=False)]
    assert stats.discounted_p(p, effect) == close([*expected, 1, 0, np.nan, 0.04], 1e-12)


# Many behaviors at once


def test_benjamini_hochberg_1995_thrombolysis():
    p, adjusted = ([float(number) for number in row.split()] for row in THROMBOLYSIS)
    assert stats.benjamini_hochberg(p) == close(adjusted, 1e-12)
    assert (stats.benjamini_hochberg(p) <= 0.05).sum() == 4


def test_benjamini_hochberg_does_not_count_nan():
    assert stats.benjamini_hochberg([np.nan, 0.04, 0.01]) == close([np.nan, 0.04, 0.02])
    assert np.isnan(stats.benjamini_hochberg([np.nan])).all()
    assert stats.benjamini_hochberg([]).size == 0


@given(st.lists(st.sampled_from([0.0, 1e-9, 0.01, 0.04, 0.04999, 0.05, 0.3, 1.0]) | st.floats(0, 1), min_size=1))
def test_benjamini_hochberg_is_that_of_scipy(p):
    assert stats.benjamini_hochberg(p) == close(false_discovery_control(p), 1e-14)


def guess_of(x1, n1, x2, n2):
    """Return the best guess of tables, and the chance that it is above 0."""
    x1, n1, x2, n2 = np.broadcast_arrays(*(np.asarray(count, float) for count in (x1, n1, x2, n2)))
    with np.errstate(invalid="ignore"):
        difference = x1 / n1 - x2 / n2
    return stats.best_guess(difference, stats.pooled_variance(*(count[..., None] for count in (x1, n1, x2, n2))))


def test_pooled_variance_is_that_of_the_n_minus_1_test_with_one_success_and_one_failure_more():
    n1, n2 = 12, 17
    pooled = 11 / 31  # 10 of 29, padded
    assert stats.pooled_variance([7], [n1], [3], [n2]) == close(pooled * (1 - pooled) * (1 / n1 + 1 / n2) * 29 / 28)


def test_pooled_variance_of_strata_is_that_of_cochran_mantel_haenszel():
    difference = stats.mantel_haenszel_difference(*UCB)[0]
    m2, _ = stats.cochran_mantel_haenszel(*UCB)
    assert difference**2 / stats.pooled_variance(*UCB) == pytest.approx(m2, rel=1e-3)  # but for the padding
    assert np.isinf(stats.pooled_variance([0, 5], [4, 5], [0, 9], [6, 9]))
    assert np.isnan(stats.pooled_variance([1, 0], [4, 0], [0, 3], [0, 9]))


def test_best_guess_is_the_posterior_mean_and_its_chance_the_mass_above_0():
    from scipy.integrate import quad
    from scipy.stats import norm

    difference, variance = np.array([0.25, 5 / 9 - 6 / 31, -0.25]), np.array([0.021, 0.03, 0.052])

    def density(sd):
        spread = sd**2 + variance
        return np.exp(-((sd / 0.15) ** 2) / 2 - (difference**2 / spread).sum() / 2) / np.sqrt(spread.prod())

    scale = quad(density, 0, 1.5)[0]
    kept = [quad(lambda sd, v=v: density(sd) * sd**2 / (sd**2 + v), 0, 1.5)[0] / scale for v in variance]
    guess, chance = stats.best_guess(difference, variance)
    assert guess == close(difference * kept, 1e-6)

    def above(sd, d, v):
        kept = sd**2 / (sd**2 + v)
        return norm.sf(0, kept * d, np.sqrt(kept * v))

    masses = [
        quad(lambda sd, d=d, v=v: density(sd) * above(sd, d, v), 0, 1.5)[0] / scale
        for d, v in zip(difference, variance, strict=True)
    ]
    assert chance == close(masses, 1e-5)


def test_where_nothing_is_known_the_best_guess_is_none_either_way():
    guess, chance = stats.best_guess([0.3, 0.1, np.nan], [np.inf, 0.02, np.nan])
    assert (guess[0], chance[0]) == (0, 0.5)
    assert np.isnan([guess[2], chance[2]]).all()
    assert (guess[1], chance[1]) == stats.best_guess(0.1, 0.02)


def test_best_guess_trusts_much_data_and_doubts_little():
    raw = 0.2
    few, many = (guess_of([7 * k, 5 * k], [10 * k, 10 * k], [5 * k] * 2, [10 * k] * 2)[0][0] for k in (1, 10**5))
    assert 0 < few < raw / 2
    assert many == pytest.approx(raw, abs=1e-5)


def test_best_guess_leaves_out_what_cannot_be_compared():
    guess, _ = guess_of([3, 8], [5, 20], [0, 3], [0, 20])
    assert np.isnan(guess[0])
    assert guess[1] == guess_of(8, 20, 3, 20)[0]
    assert np.isnan(guess_of(0, 0, 1, 2)).all()


@pytest.mark.parametrize(
    ("arguments", "observations"),
    [
        # statsmodels: samplesize_proportions_2indep_onetail(difference, rate, power, ratio=(1 - share) / share,
        # alpha=alpha, alternative="two-sided") / share
        ({"difference": 0.2, "rate": 0.25}, 176.18560376933854),
        ({"difference": 0.2, "rate": 0.25, "share_with": 0.2}, 263.1622517483727),
        (
            {"difference": -0.1, "rate": 0.3, "share_with": 0.7, "power": 0.9, "alpha": 0.05 / 12},
            1494.7453271134211,
        ),
    ],
)
def test_sample_size_agrees_with_statsmodels(arguments, observations):
    assert stats.sample_size(**arguments) == np.ceil(observations)


def test_sample_size_at_its_limits():
    assert stats.sample_size([0, np.nan, 0.5], 0.5).tolist() == close([np.inf, np.nan, 22])
    assert stats.sample_size(0.2, 0.3, share_with=[0, 1]).tolist() == [np.inf, np.inf]


# Time to event


@pytest.mark.parametrize(
    ("days_each", "days", "incidence", "errors", "survival"),
    [
        # R: survfit(Surv(time %/% days_each, factor(status, 0:2)) ~ 1); survival 3.5-3: pstate and std.err
        (
            1,
            [500, 1000, 2000, 3000, 5565],
            [
                [
                    0.0441197778314,
                    0.1274571359575,
                    0.2301396343966,
                    0.3096201656577,
                    0.3387175089144,
                ],
                [
                    0.0293648877083,
                    0.0342670852451,
                    0.0504564445319,
                    0.0581114290468,
                    0.1059470641358,
                ],
            ],
            [
                [
                    0.0143784911226,
                    0.0233490560366,
                    0.0299108626057,
                    0.0369524364583,
                    0.0408360078237,
                ],
                [
                    0.0118110617963,
                    0.0127281501221,
                    0.0156106289503,
                    0.0172572377807,
                    0.0318681995932,
                ],
            ],
            [0.9265153344603, 0.8382757787974, 0.7194039210715, 0.6322684052955, 0.5553354269499],
        ),
        (
            100,
            [5, 10, 20, 30, 55],
            [
                [
                    0.0490231767989,
                    0.1470695303968,
                    0.2425067018956,
                    0.3168561289587,
                    0.3330881675092,
                ],
                [
                    0.0293410993811,
                    0.0342434170610,
                    0.0570016180193,
                    0.0570016180193,
                    0.1020368909338,
                ],
            ],
            [
                [
                    0.0151176955251,
                    0.0247979705589,
                    0.0307535355119,
                    0.0375642303527,
                    0.0400030490836,
                ],
                [
                    0.0118016691906,
                    0.0127195686662,
                    0.0168455599510,
                    0.0168455599510,
                    0.0304007310076,
                ],
            ],
            [0.9216357238199, 0.8186870525422, 0.7004916800851, 0.6261422530220, 0.5648749415570],
        ),
    ],
)
def test_aalen_johansen_prints_what_r_prints(days_each, days, incidence, errors, survival):
    days_waited, causes = MELANOMA
    curve = stats.aalen_johansen(days_waited // days_each, causes)
    at = np.searchsorted(curve.days, days, side="right") - 1
    assert curve.incidence[:, at] == close(np.array(incidence))
    assert np.sqrt(curve.variance[:, at]) == close(np.array(errors))
    assert curve.survival[at] == close(survival)


def test_log_log_interval_prints_what_r_prints():
    # R: survfit(Surv(time, factor(status, 0:2)) ~ 1, conf.type = "log-log"), day 5565
    curve = stats.aalen_johansen(*MELANOMA)
    low, high = stats.log_log_interval(curve.incidence[:, -1], curve.variance[:, -1])
    assert low == close([0.26010902851801188, 0.05398649828186506])
    assert high == close([0.41882425109100874, 0.17793602490295360])
    assert np.array(stats.log_log_interval([0, 1], [0, 0])).tolist() == [[0, 1], [0, 1]]


def test_log_log_interval_of_a_whole_chance_that_was_added_up_is_that_chance():
    nearly = 1 - 1e-15
    assert np.array(stats.log_log_interval(nearly, 1e-4)).tolist() == [nearly, nearly]


def test_incidence_after_waiting_is_that_of_those_who_wait_on():
    # R: the same survfit of those with time %/% 100 > 20, at 55: pstate and std.err
    days_waited, causes = MELANOMA
    curve = stats.aalen_johansen(days_waited // 100, causes)
    chance, variance = stats.incidence_after(curve)
    day = curve.days.tolist().index(20)
    assert chance[:, day] == close([0.12931126548510477, 0.06429094619521084])
    assert np.sqrt(variance[:, day]) == close([0.04194012684917244, 0.03677510942773279])
    assert np.isnan(chance[:, -1]).all()


def test_aalen_johansen_by_hand():
    curve = stats.aalen_johansen([2, 2, 2, 5], [1, 2, 0, 1])
    assert curve.days.tolist() == [2, 5]
    assert curve.at_risk.tolist() == [4, 1]
    assert curve.events.tolist() == [[1, 1], [1, 0]]
    assert curve.incidence.tolist() == [[0.25, 0.75], [0.25, 0.25]]
    assert curve.survival.tolist() == [0.5, 0]


def test_aalen_johansen_of_nobody():
    curve = stats.aalen_johansen([], [])
    assert (curve.days.size, curve.incidence.shape) == (0, (2, 0))
    assert stats.incidence_after(curve)[0].shape == (2, 0)


# Wrong arguments


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: stats.wilson(1, 2, 95), "confidence is 95; it must lie between 0 and 1, such as 0.95"),
        (
            lambda: stats.wilson([1, 12], 10),
            "a count is 12 of 10; counts must be whole numbers with 0 <= successes <= n",
        ),
        (
            lambda: stats.fisher_p(1, 2, 0.5, 3),
            "a count is 0.5 of 3; counts must be whole numbers with 0 <= successes <= n",
        ),
        (lambda: stats.benjamini_hochberg([0.1, 1.2]), "a p-value is 1.2; it must lie between 0 and 1"),
        (lambda: stats.sample_size(0.2, 0.25, power=80), "power is 80; it must lie between 0 and 1, such as 0.8"),
        (lambda: stats.sample_size(0.2, 0.25, alpha=0), "alpha is 0; it must lie between 0 and 1, such as 0.05"),
        (lambda: stats.sample_size(0.8, 0.25), "rate + difference is 1.05; it must lie between 0 and 1"),
        (lambda: stats.sample_size(0.2, 25), "rate is 25; it must lie between 0 and 1"),
        (lambda: stats.sample_size(0.2, 0.25, 50), "share_with is 50; it must lie between 0 and 1"),
        (lambda: stats.aalen_johansen([1.5], [0]), "a time is 1.5; times must be whole days, 0 or more"),
        (lambda: stats.aalen_johansen([1], [3]), "a cause is 3; causes must be 0 (still waiting), 1 or 2"),
    ],
)
def test_wrong_arguments_say_what_was_found_and_what_is_accepted(call, sentence):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        call()
    assert str(error.value) == sentence


# What holds for any numbers


@st.composite
def two_by_two(draw, smallest=0, largest=60):
    n1, n2 = (draw(st.integers(smallest, largest)) for _ in range(2))
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


tables_of_any_size = st.one_of(two_by_two(), two_by_two(largest=10**7))
several_tables = st.lists(two_by_two(), min_size=1, max_size=8)


@settings(deadline=None)
@given(tables_of_any_size, st.sampled_from([0.5, 0.9, 0.95, 0.999]))
def test_the_interval_holds_the_difference_and_mirrors_it(table, confidence):
    x1, n1, x2, n2 = table
    low, high = stats.miettinen_nurminen(*table, confidence)
    assert stats.miettinen_nurminen(x2, n2, x1, n1, confidence) == close((-high, -low), 0)
    if n1 and n2:
        assert -1 <= low <= x1 / n1 - x2 / n2 <= high <= 1
        failures_low, failures_high = stats.miettinen_nurminen(n1 - x1, n1, n2 - x2, n2, confidence)
        assert (failures_low, failures_high) == close((-high, -low), 1e-12)
    else:
        assert np.isnan([low, high]).all()


@settings(deadline=None)
@given(two_by_two(smallest=1))
def test_p_values_are_probabilities_and_do_not_mind_the_order(table):
    x1, n1, x2, n2 = table
    for test in (stats.two_by_two_p, stats.n_minus_1_p, stats.fisher_p):
        p = test(*table)
        assert 0 <= p <= 1
        assert test(x2, n2, x1, n1) == close(p, 1e-12)
        assert test(n1 - x1, n1, n2 - x2, n2) == close(p, 1e-12)


@settings(deadline=None)
@given(two_by_two(smallest=1))
def test_fisher_agrees_with_scipy(table):
    x1, n1, x2, n2 = table
    assert stats.fisher_p(*table) == close(fisher_exact([[x1, n1 - x1], [x2, n2 - x2]]).pvalue, 1e-9)


@settings(deadline=None)
@given(several_tables)
def test_one_table_at_a_time_gives_the_same_as_all_at_once(tables):
    functions = (stats.miettinen_nurminen, stats.two_by_two_p, stats.n_minus_1_p, stats.fisher_p)
    for function in (*functions, stats.smallest_expected, lambda x1, n1, x2, n2: stats.wilson(x1, n1)):
        together = np.atleast_2d(function(*np.transpose(tables)))
        alone = np.transpose([np.atleast_1d(function(*table)) for table in tables])
        assert together == close(alone, 1e-14)


@settings(deadline=None)
@given(several_tables)
def test_a_single_stratum_is_the_table_itself(tables):
    x1, n1, x2, n2 = np.transpose(tables)
    strata = [np.asarray(count)[:, None] for count in (x1, n1, x2, n2)]
    assert stats.cochran_mantel_haenszel(*strata)[1] == close(stats.n_minus_1_p(x1, n1, x2, n2), 1e-12)
    difference, low, high = stats.mantel_haenszel_difference(*strata)
    both = (n1 > 0) & (n2 > 0)
    assert difference[both] == close((x1 / np.maximum(n1, 1) - x2 / np.maximum(n2, 1))[both], 1e-12)
    varies = both & (x1 + x2 > 0) & (x1 + x2 < n1 + n2)
    assert np.isnan(difference).tolist() == (~both).tolist()
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == (~varies).tolist()
    assert ((low >= -1) & (low <= difference + 1e-12) & (difference <= high + 1e-12) & (high <= 1))[varies].all()


@settings(deadline=None)
@given(several_tables)
def test_best_guess_stays_between_no_difference_and_the_observed(tables):
    x1, n1, x2, n2 = np.transpose(tables)
    both = (n1 > 0) & (n2 > 0)
    observed = (x1 / np.maximum(n1, 1) - x2 / np.maximum(n2, 1))[both]
    guess, chance = guess_of(x1, n1, x2, n2)
    assert np.isnan(guess).tolist() == (~both).tolist()
    assert (np.abs(guess[both]) <= np.abs(observed)).all()
    assert (guess[both] * observed >= 0).all()
    assert ((chance[both] - 0.5) * observed >= 0).all()
    assert np.array(guess_of(x2, n2, x1, n1)) == close(np.array([-guess, 1 - chance]), 1e-12)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2)), min_size=1, max_size=40))
def test_everybody_still_waits_or_has_been_reached(waits):
    times, causes = np.transpose(waits)
    curve = stats.aalen_johansen(times, causes)
    assert curve.incidence.sum(axis=0) + curve.survival == close(np.ones(curve.days.size), 1e-12)
    assert (np.diff(curve.incidence, axis=1) >= 0).all()
    chance, variance = stats.incidence_after(curve)
    for day, chance_then, variance_then in zip(curve.days, chance.T, variance.T, strict=True):
        later = times > day
        if later.any():
            rest = stats.aalen_johansen(times[later], causes[later])
            assert chance_then == close(rest.incidence[:, -1], 1e-12)
            assert variance_then == close(rest.variance[:, -1], 1e-12)
        else:
            assert np.isnan([*chance_then, *variance_then]).all()
