"""The loops over a CSV's bytes, as machine code: compiled when a file is first large enough, then kept on disk.

Bytes are looked at eight at a time, as one number (Mycroft 1987); so behind a piece stand `ROOM` more. Tables are flat,
four numbers to a slot. That of the texts tells each text's code: two numbers of the text, and the code. That of the
eights, `recent`, tells the short cells that eight bytes hold, most of which were met before: the eight, the cells'
codes, of two bytes each, and how many bytes so many cells take, with the number of cells as its last byte.
"""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

QUOTE, LF, CR, APOSTROPHE, SPACE, NOT_ASCII = np.frombuffer(b"\"\n\r' \x80", np.uint8)
ROOM = 16
MARKER_LENGTH = 7
LONGEST = 16  # bytes of a text that can have a code
UNKNOWN = 0xFFFF  # the code of a text that has none yet
LEFT_OUT, CODED, KEPT = range(3)  # what becomes of a column's cells
AT_ONCE = 4  # cells at most that eight bytes are taken to hold
RECENT_BITS = 12
DONE, FULL, IN_DOUBT, TOO_ODD = range(4)  # how a scan ends

NOTHING = np.uint64(0xFFFFFFFFFFFFFFFF)  # eight bytes that no text in UTF-8 has
ONES, HIGHS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
QUOTES, LFS, CRS = (ONES * np.uint64(byte) for byte in (QUOTE, LF, CR))
FACTOR, OTHER_FACTOR = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
ONE, TWO, FOUR, HALF, LAST_BYTE = (np.uint64(number) for number in (1, 2, 4, 32, 56))
CODE_BITS, CODE, BYTE = np.uint64(16), np.uint64(0xFFFF), np.uint64(0xFF)
RECENT_SHIFT = np.uint64(64 - RECENT_BITS)


def machine_code(function):
    """Compile a function when it is first called; where nothing can be kept on disk, anew in each program."""
    try:
        return njit(cache=True, nogil=True)(function)
    except RuntimeError:  # neither the kit's folder nor the user's can be written to
        return njit(nogil=True)(function)


def instruction(typed_lines) -> Any:
    """Make a function of the machine's own instructions; their operands are typed as given, the places not checked."""
    return intrinsic(typed_lines)


def no_texts(slots):
    """Return a table in which no text has a code yet; in a free slot the second number is 0."""
    return np.tile(np.array([0, 0, UNKNOWN, 0], np.uint64), slots)


def nothing_recent():
    """Return a table that tells of no eight bytes yet."""
    return np.full(4 << RECENT_BITS, NOTHING)


@instruction
def eight_at(typing_context, data, at):
    """Return the number that eight bytes make, from a place on."""

    def lines(context, builder, signature, arguments):
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.bitcast(builder.gep(array.data, [arguments[1]]), ir.IntType(64).as_pointer())
        return builder.load(place, align=1)

    return types.uint64(data, types.int64), lines


@instruction
def put_eight(typing_context, data, at, word):
    """Write a number as eight bytes, from a place on."""

    def lines(context, builder, signature, arguments):
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.bitcast(builder.gep(array.data, [arguments[1]]), ir.IntType(64).as_pointer())
        builder.store(arguments[2], place, align=1)
        return context.get_dummy_value()

    return types.void(data, types.int64, types.uint64), lines


@instruction
def lowest_bit(typing_context, word):
    """Return the place of the lowest bit that is set, where one is."""

    def lines(context, builder, signature, arguments):
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), lines


@machine_code
def load(values, at):
    """Return a value at a place that is never negative, without Python's rule for those that are."""
    return values[np.uint64(at)]


@machine_code
def marks(word, first, second, third):
    """Return a word whose lowest bit marks the first byte that is one of three, 0 where none is."""
    a, b, c = word ^ first, word ^ second, word ^ third
    return (((a - ONES) & ~a) | ((b - ONES) & ~b) | ((c - ONES) & ~c)) & HIGHS


@machine_code
def next_of(data, at, first, second, third):
    """Return the next place of one of three bytes, each given eight times."""
    found = marks(eight_at(data, at), first, second, third)
    while found == 0:
        at += 8
        found = marks(eight_at(data, at), first, second, third)
    return at + (lowest_bit(found) >> 3)


@machine_code
def count_of(data, byte):
    """Return how often a byte stands there."""
    count = 0
    for at in range(len(data)):
        count += data[at] == byte
    return count


@machine_code
def word_at(data, at, length):
    """Return up to eight bytes of a text as a number; behind a shorter one stand bytes that it cannot have."""
    word = eight_at(data, at)
    return word if length >= 8 else word | (NOTHING << np.uint64(8 * length))


@machine_code
def slot_of(data, start, stop, table):
    """Return the place of a text's slot in a table of texts, or of the free one where it would stand."""
    length, last = stop - start, np.uint64(len(table) - 1)
    first = word_at(data, start, length)
    second = word_at(data, start + 8, length - 8) if length > 8 else NOTHING
    slot = ((first * FACTOR ^ second * OTHER_FACTOR) >> HALF) * FOUR & last
    while (table[slot] != first or table[slot + ONE] != second) and table[slot + ONE] != 0:
        slot = (slot + FOUR) & last
    return slot


@machine_code
def add_texts(data, edges, code, table):
    """Give texts that stand side by side codes, one after the other."""
    for text in range(len(edges) - 1):
        start, stop = edges[text], edges[text + 1]
        slot, length = slot_of(data, start, stop, table), stop - start
        table[slot] = word_at(data, start, length)
        table[slot + ONE] = word_at(data, start + 8, length - 8) if length > 8 else NOTHING
        table[slot + TWO] = code + text


@machine_code
def slot_of_eight(data, at):
    """Return the place of the slot of eight bytes in the table of those."""
    return (eight_at(data, at) * FACTOR >> RECENT_SHIFT) * FOUR


@machine_code
def remember(data, at, delimiter, table, recent, slot):
    """Put the first whole cells of eight bytes into a slot; for this time only where one has no code yet."""
    word = eight_at(data, at)
    codes, sizes, cells, start, is_known = np.uint64(0), np.uint64(0), 0, 0, True
    for place in range(8):
        byte = (word >> np.uint64(8 * place)) & BYTE
        if cells == AT_ONCE or not is_known or byte == LF or byte == CR or (byte == QUOTE and place == start):
            break
        if byte == delimiter:
            code = table[slot_of(data, at + start, at + place, table) + TWO]
            is_known = code != UNKNOWN
            if is_known:
                codes |= code << np.uint64(16 * cells)
                cells, start = cells + 1, place + 1
                sizes |= np.uint64(start) << np.uint64(8 * cells)
    recent[slot] = word if is_known else NOTHING
    recent[slot + ONE] = codes
    recent[slot + TWO] = sizes | np.uint64(cells) << LAST_BYTE


@machine_code
def recall(recent, slot, most_cells, found, place, step):
    """Write the codes of a slot's cells, each `step` places behind the one before; return how many, and their bytes.

    Of so many as there can be at most a code is written; only those that count are returned.
    """
    codes, sizes = recent[slot + ONE], recent[slot + TWO]
    for _ in range(AT_ONCE):
        found[place] = codes & CODE
        codes >>= CODE_BITS
        place += step
    cells = min(most_cells, np.int64(sizes >> LAST_BYTE))
    return cells, np.int64((sizes >> np.uint64(8 * cells)) & BYTE)


@machine_code
def scan(data, at, end, delimiter, actions, places, runs, table, recent, found, kept, lines, filled, unknown, state):
    """Read records from a place to the end of the bytes; return how that ended, and where.

    `actions` says what becomes of each column's cells, `places` its place among those of which the same becomes, and
    `runs` of how many cells from it on `recent` may tell. Of those CODED, `found` gets the cells' codes, by column and
    record; of those KEPT, `kept` gets where the cells begin and end, the end negative where a quote inside is written
    twice. `lines` gets the line ends before each record, `filled` whether any cell holds something, and `unknown` the
    cells whose text has no code yet: the column's place, record, begin and end. `state` holds how many records, line
    ends and unknown cells there are.

    It ends DONE; FULL before a record where no more unknown cells fit; IN_DOUBT at a record that the strict reader
    must judge; or TOO_ODD at a text that can have no code, long or with a quote, and then the place is the column.
    """
    record, ends, unknown_cells = state
    delimiters, width, most = ONES * np.uint64(delimiter), len(actions), len(lines)
    while at < end:
        if data[at] == LF or data[at] == CR:
            ends += data[at] == CR or at == 0 or data[at - 1] != CR
            at += 1
            continue
        if unknown_cells + width > len(unknown):
            state[:] = record, ends, unknown_cells
            return FULL, at
        if begins_like_a_marker(data, at):
            return IN_DOUBT, at
        lines[record] = ends
        column, holds_something = 0, False
        while column < width:
            action, place, run = load(actions, column), load(places, column), load(runs, column)
            if run > 0:
                slot = slot_of_eight(data, at)
                if recent[slot] != eight_at(data, at):
                    remember(data, at, delimiter, table, recent, slot)
                cells, size = recall(recent, slot, run, found, np.uint64(place * most + record), np.uint64(most))
                holds_something |= size > cells
                at += size
                column += cells
                if cells > 0:
                    continue
            start, doubled = at, False
            if load(data, at) == QUOTE:
                start, stop, at, doubled, ends_inside = quoted_cell(data, at, end, delimiter)
                ends += ends_inside
            else:
                stop = at = next_of(data, at, delimiters, LFS, CRS)
            if start < 0 or (load(data, at) == delimiter) == (column == width - 1):
                return IN_DOUBT, at
            at += 1
            holds_something |= stop > start
            if action == CODED:
                if stop - start > LONGEST or doubled:
                    return TOO_ODD, column
                code = table[slot_of(data, start, stop, table) + TWO]
                found[np.uint64(place * most + record)] = code
                if code == UNKNOWN:
                    unknown[unknown_cells] = place, record, start, stop
                    unknown_cells += 1
            elif action == KEPT:
                kept[place, record, 0] = start
                kept[place, record, 1] = -stop if doubled else stop
            column += 1
        filled[record] = holds_something
        ends += 1
        record += 1
    state[:] = record, ends, unknown_cells
    return DONE, at


@machine_code
def quoted_cell(data, at, end, delimiter):
    """Return where a cell in quotes begins and ends, where its delimiter or line end stands, and what is inside.

    That is whether there are quotes, and how many line ends. The begin is negative where no quote closes the cell, or
    something follows it.
    """
    begin, doubled, ends = at + 1, False, 0
    at = next_of(data, begin, QUOTES, LFS, CRS)
    while at < end and (data[at] != QUOTE or data[at + 1] == QUOTE):
        if data[at] == QUOTE:
            doubled = True
            at += 1
        else:
            ends += data[at] == CR or data[at - 1] != CR
        at = next_of(data, at + 1, QUOTES, LFS, CRS) if at + 1 < end else end  # a line end is the last byte
    after = data[at + 1]
    is_whole = at < end and (after == delimiter or after == LF or after == CR)
    return begin if is_whole else -1, at, at + 1, doubled, ends


@machine_code
def begins_like_a_marker(data, at):
    """Say whether a record begins like the mark of an unfinished merge."""
    if data[at] not in (60, 61, 62, 124):  # < = > |
        return False
    length = 1
    while length < MARKER_LENGTH and data[at + length] == data[at]:
        length += 1
    return length == MARKER_LENGTH


@machine_code
def mark_used(codes, used):
    """Mark in `used`, a place for each code, those that are there."""
    for at in range(len(codes)):
        used[codes[at]] = True


@machine_code
def look_up(codes, values, found):
    """Put the value of each code into `found`."""
    for at in range(len(codes)):
        found[at] = load(values, codes[at])


@machine_code
def copy_texts(data, kept, texts, edges):
    """Put the kept cells of a column side by side, with one quote for two; `edges` gets where they begin and end.

    Of a cell eight bytes are copied at a time, so that behind the last a few more are written. Return whether any text
    begins with an apostrophe, and whether any might hold nothing but space.
    """
    at, is_marked, is_blank = 0, False, False
    for record in range(len(kept)):
        edges[record] = at
        start, stop = np.int64(kept[record, 0]), np.int64(kept[record, 1])
        first = load(data, start)
        is_marked |= first == APOSTROPHE
        is_blank |= first <= SPACE or first >= NOT_ASCII or start == stop
        if stop >= 0:
            for place in range(0, stop - start, 8):
                put_eight(texts, at + place, eight_at(data, start + place))
            at += stop - start
            continue
        while start < -stop:
            texts[at] = data[start]
            at += 1
            start += 2 if data[start] == QUOTE else 1
    edges[len(kept)] = at
    return is_marked, is_blank


@machine_code
def print_texts(data, kept, prints):
    """Give each kept cell of a column a number that is the same for the same text."""
    for record in range(len(kept)):
        start, stop = np.int64(kept[record, 0]), np.int64(abs(kept[record, 1]))
        mixed = np.uint64(stop - start)
        for place in range(start, stop, 8):
            mixed = (mixed ^ word_at(data, place, stop - place)) * FACTOR
            mixed ^= mixed >> HALF
        prints[record] = mixed
