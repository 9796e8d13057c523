"""What a cell says of its column: yes or no, a date, a state, a number, a name."""

import re
from collections.abc import Sequence

from interview_kit import schema
from interview_kit.importing import days, words


def is_yes_no_or_date(value: str) -> bool:
    """Say whether a cell says whether or when."""
    return words.happened(value) is not None or dated(value)


def is_event(value: str) -> bool:
    """Say whether a cell reads like one of a round's column: yes, no, a date, or a result."""
    return is_yes_no_or_date(value) or (len(value) < 40 and words.read(value).known)


def dated(value: str) -> bool:
    """Say whether a cell holds a date."""
    return bool(len(value) < 120 and days.read(value).days)


def is_counted_day(value: str) -> bool:
    """Say whether a cell holds a bare number that is a day where its column's name says that it holds days."""
    return days.counted_day(value.strip()) is not None


def is_date_of_days(value: str) -> bool:
    """Say whether a cell holds a date, in a column whose name says that it holds days."""
    return dated(value) or is_counted_day(value)


def is_day(value: str) -> bool:
    """Say whether a cell holds a date and no words."""
    return dated(value) and not days.read(value).words


def fraction(values: Sequence[str], test) -> float:
    """Return the share of values that pass a test, of those that are not blank."""
    told = [value for value in values if words.plain(value) not in words.BLANKS]
    return sum(map(test, told)) / len(told) if told else 0.0


def says_whether(value: str) -> bool:
    """Say whether a value is yes or no, or a sign for it, and nothing more."""
    return words.happened(value) is not None and len(value) <= 12


def answers_yes_or_no(values: Sequence[str]) -> bool:
    """Say whether a column's values are yes and no, a plain yes among them, and so no states."""
    yes = any(words.happened(value) and not words.read(value).known for value in values)
    return yes and fraction(values, says_whether) > 0.6


BEHAVIORS = {schema.fold_header(column.label): column for column in (*schema.BEHAVIORS, *schema.RATINGS)}


def behavior_of(name: str, values: Sequence[str]) -> str:
    """Return the behavior that a column is called as on screen, and whose values it has; nothing for any other."""
    column = BEHAVIORS.get(schema.fold_header(name.strip(" ?")))
    return (
        column.name
        if column and values and fraction(values, lambda value: schema.is_value(column.kind, value)) > 0.8
        else ""
    )


def numbered(value: str) -> bool:
    """Say whether a value is the number of a round."""
    return bool(re.fullmatch(r"\d{1,2}(\.0)?", value.strip()))


SOURCE_WORDS = frozenset(
    word for choice, spelled in schema.SPELLINGS["source"].items() for word in (choice, *spelled.split("|"))
)


def is_known(value: str) -> bool:
    """Say whether a value is understood as a state."""
    return words.read(value).known


def is_format(value: str) -> bool:
    """Say whether a value is a word for how an interview is held, and nothing more."""
    return words.plain(value) in words.WHOLE_FORMATS


def is_format_alone(value: str) -> bool:
    """Say whether a value is a word for how an interview is held, and for no round."""
    return is_format(value) and not words.read(value).is_interview


def tells_application(value: str) -> bool:
    """Say whether a value tells what came of it, or that there was an application, and so no round alone."""
    meaning = words.read(value)
    return meaning.outcome in words.DECIDED or meaning.stage in (words.APPLIED, words.NOT_APPLIED)


def tells_end(value: str) -> bool:
    """Say whether a value says in a few words how an application ended."""
    return is_state(value) and words.read(value).outcome in words.ENDS


def is_other_id(value: str) -> bool:
    """Say whether a value is no id of ours."""
    return not re.fullmatch(r"i-[a-z2-7]{10}", value)


def is_lead(value: str) -> bool:
    """Say whether a value says whether there was a referral, or where a lead came from in a word of ours."""
    return says_whether(value) or words.plain(value) in SOURCE_WORDS


def always(_: str) -> bool:
    """Hold for any cell."""
    return True


def is_count(value: str) -> bool:
    """Say whether a value is a number other than 0 and 1, which may be no and yes."""
    return numbered(value) and float(value) > 1


def tells_stage(value: str) -> bool:
    """Say whether a value names a stage, and neither whether nor when nor with what result there was one."""
    meaning = words.read(value)
    return meaning.is_interview and not meaning.outcome and not says_whether(value) and not dated(value)


def is_state(value: str) -> bool:
    """Say whether a value says in a few words how an application goes, and is more than yes, no or a date."""
    return len(value) <= 60 and words.read(value).known and not says_whether(value) and not dated(value)


def is_name(value: str) -> bool:
    """Say whether a value may be a name: short, with letters, and no address, number or date."""
    return bool(
        len(value) <= 80
        and re.search(r"[^\W\d_]{2}", value)
        and not re.search(r"://|www\.|@", value)
        and not dated(value)
    )
