"""How many interviews it takes until a difference shows."""

from interview_kit import stats


def interviews_needed(
    difference: float, *, rate: float = 0.25, share_with: float = 0.5, behaviors: int = 1, power: float = 0.8
) -> int:
    """Return the number of interviews in all that show a difference of callback rates, if it is there.

    Parameters
    ----------
    difference : float
        The difference to show, a fraction (0.2 is 20 points); between -1 and 1, and not 0.
    rate : float, default 0.25
        The callback rate without the behavior, a fraction.
    share_with : float, default 0.5
        The part of the interviews with the behavior, a fraction between 0 and 1.
    behaviors : int, default 1
        How many are compared at once, 1 or more: the level is 0.05 divided by it.
    power : float, default 0.8
        The chance that the difference shows, a fraction.

    Returns
    -------
    int
        The number of interviews, with and without the behavior together.

    Raises
    ------
    ValueError
        Where the arguments cannot be.

    Notes
    -----
    Normal approximation: Fleiss, Levin & Paik (2003).

    Examples
    --------
    >>> import interview_kit as ik
    >>> ik.interviews_needed(0.2)
    177
    >>> ik.interviews_needed(0.2, behaviors=12)
    310
    """
    if not -1 < difference < 1 or difference == 0:
        raise ValueError(f"difference is {difference:g}; it must lie between -1 and 1 and not be 0: 0.2 for 20 points")
    if behaviors < 1 or behaviors != int(behaviors):
        raise ValueError(f"behaviors is {behaviors:g}; it must be a whole number, 1 or more")
    if not 0 < share_with < 1:
        raise ValueError(f"share_with is {share_with:g}; it must lie between 0 and 1, such as 0.5")
    return int(stats.sample_size(difference, rate, share_with, power, stats.LEVEL / behaviors))
