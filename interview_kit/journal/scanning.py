"""The loops over a CSV's bytes, as machine code: compiled when a file is first large enough, then kept on disk.

`eight` is a view of the bytes in which each place holds the number that it and the seven bytes after it make; so
behind a piece stand `ROOM` more bytes. Bytes are looked for in eight at a time (Mycroft 1987).
"""

import numpy as np
from numba import njit

QUOTE, LF, CR = np.frombuffer(b'"\n\r', np.uint8)
ROOM = 16
MARKER_LENGTH = 7
LONGEST = 16  # bytes of a text that can have a code
UNKNOWN = 0xFFFF  # the code of a text that has none yet
LEFT_OUT, CODED, KEPT = range(3)  # what becomes of a column's cells
DONE, FULL, IN_DOUBT, TOO_ODD = range(4)  # how a scan ends

NOTHING = np.uint64(0xFFFFFFFFFFFFFFFF)  # eight bytes that no text in UTF-8 has
ONES, HIGHS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
QUOTES, LFS, CRS = (ONES * np.uint64(byte) for byte in (QUOTE, LF, CR))
PLACES = np.uint64(0x0001020304050607)
FACTOR, OTHER_FACTOR = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
ONE, SEVEN, HALF, LAST_BYTE = np.uint64(1), np.uint64(7), np.uint64(32), np.uint64(56)


def machine_code(function):
    """Compile a function when it is first called; where nothing can be kept on disk, anew in each program."""
    try:
        return njit(cache=True, nogil=True)(function)
    except RuntimeError:  # neither the kit's folder nor the user's can be written to
        return njit(nogil=True)(function)


def eights(data):
    """Return the view of bytes in which each place holds eight of them."""
    return np.ndarray(len(data) - 7, "<u8", data, 0, (1,))


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
def next_of(eight, at, first, second, third):
    """Return the next place of one of three bytes, each given eight times."""
    found = marks(load(eight, at), first, second, third)
    while found == 0:
        at += 8
        found = marks(load(eight, at), first, second, third)
    lowest = (found & (~found + ONE)) >> SEVEN
    return at + np.int64((lowest * PLACES) >> LAST_BYTE)


@machine_code
def count_of(data, byte):
    """Return how often a byte stands there."""
    count = 0
    for at in range(len(data)):
        count += data[at] == byte
    return count


@machine_code
def word_at(eight, at, length):
    """Return up to eight bytes of a text as a number; behind a shorter one stand bytes that it cannot have."""
    word = load(eight, at)
    return word if length >= 8 else word | (NOTHING << np.uint64(8 * length))


@machine_code
def slot_of(eight, start, stop, table):
    """Return the slot of a text in a table of texts, two words each, or the free one where it would stand."""
    length, last = stop - start, len(table) - 1
    first = word_at(eight, start, length)
    second = word_at(eight, start + 8, length - 8) if length > 8 else NOTHING
    slot = np.int64((first * FACTOR ^ second * OTHER_FACTOR) >> HALF) & last
    while table[np.uint64(slot), 0] != first or table[np.uint64(slot), 1] != second:
        if table[slot, 1] == 0:
            break
        slot = (slot + 1) & last
    return slot


@machine_code
def add_text(eight, length, code, table, codes):
    """Give a text, at the beginning of the bytes, a code; in a free slot the second word is 0."""
    slot = slot_of(eight, 0, length, table)
    table[slot, 0] = word_at(eight, 0, length)
    table[slot, 1] = word_at(eight, 8, length - 8) if length > 8 else NOTHING
    codes[slot] = code


@machine_code
def scan(data, eight, at, end, delimiter, actions, table, codes, used, found, kept, lines, filled, unknown, state):
    """Read records from a place to the end of the bytes; return how that ended, and where.

    `actions` says what becomes of each column: of those CODED, `found` gets the cells' codes, by column and record, and
    `used` which codes a column has; of those KEPT, `kept` gets where the cells begin and end, the end negative where a
    quote inside is written twice. `lines` gets the line ends before each record, `filled` whether any cell holds
    something, and `unknown` the cells whose text has no code yet: column, record, begin and end. `state` holds how
    many records, line ends and unknown cells there are.

    It ends DONE; FULL before a record where no more unknown cells fit; IN_DOUBT at a record that the strict reader
    must judge; or TOO_ODD at a text that can have no code, long or with a quote, and then the place is the column.
    """
    record, ends, unknown_cells = state
    delimiters, width = ONES * np.uint64(delimiter), len(actions)
    while at < end:
        if data[at] == LF or data[at] == CR:
            ends += data[at] == CR or at == 0 or data[at - 1] != CR
            at += 1
            continue
        if unknown_cells + width > len(unknown):
            state[:] = record, ends, unknown_cells
            return FULL, at
        begin = at
        if begins_like_a_marker(data, at):
            return IN_DOUBT, begin
        lines[record] = ends
        coded = placed = 0
        holds_something = False
        for column in range(width):
            start, doubled = at, False
            if load(data, at) == QUOTE:
                start, stop, at, doubled, ends_inside = quoted_cell(data, eight, at, end, delimiter)
                ends += ends_inside
                if start < 0:
                    return IN_DOUBT, begin
            else:
                stop = at = next_of(eight, at, delimiters, LFS, CRS)
            if (load(data, at) == delimiter) == (column == width - 1):
                return IN_DOUBT, begin
            at += 1
            holds_something |= stop > start
            action = load(actions, column)
            if action == CODED:
                if stop - start > LONGEST or doubled:
                    return TOO_ODD, column
                code = load(codes, slot_of(eight, start, stop, table))
                found[np.uint64(coded), np.uint64(record)] = code
                if code == UNKNOWN:
                    unknown[unknown_cells] = coded, record, start, stop
                    unknown_cells += 1
                else:
                    used[np.uint64(coded), code] = True
                coded += 1
            elif action == KEPT:
                kept[placed, record, 0] = start
                kept[placed, record, 1] = -stop if doubled else stop
                placed += 1
        filled[record] = holds_something
        ends += 1
        record += 1
    state[:] = record, ends, unknown_cells
    return DONE, at


@machine_code
def quoted_cell(data, eight, at, end, delimiter):
    """Return where a cell in quotes begins and ends, where its delimiter or line end stands, and what is inside.

    That is whether there are quotes, and how many line ends. The begin is negative where no quote closes the cell, or
    something follows it.
    """
    begin, doubled, ends = at + 1, False, 0
    at = next_of(eight, begin, QUOTES, LFS, CRS)
    while at < end and (data[at] != QUOTE or data[at + 1] == QUOTE):
        if data[at] == QUOTE:
            doubled = True
            at += 1
        else:
            ends += data[at] == CR or data[at - 1] != CR
        at = next_of(eight, at + 1, QUOTES, LFS, CRS) if at + 1 < end else end  # a line end is the last byte
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
def copy_texts(data, eight, kept, texts, texts_eight, edges):
    """Put the kept cells of a column side by side, with one quote for two; `edges` gets where they begin and end.

    Of a cell eight bytes are copied at a time, so that behind the last a few more are written.
    """
    at = 0
    for record in range(len(kept)):
        edges[record] = at
        start, stop = np.int64(kept[record, 0]), np.int64(kept[record, 1])
        if stop >= 0:
            for place in range(0, stop - start, 8):
                texts_eight[at + place] = eight[start + place]
            at += stop - start
            continue
        while start < -stop:
            texts[at] = data[start]
            at += 1
            start += 2 if data[start] == QUOTE else 1
    edges[len(kept)] = at


@machine_code
def print_texts(eight, kept, prints):
    """Give each kept cell of a column a number that is the same for the same text."""
    for record in range(len(kept)):
        start, stop = np.int64(kept[record, 0]), np.int64(abs(kept[record, 1]))
        mixed = np.uint64(stop - start)
        for place in range(start, stop, 8):
            mixed = (mixed ^ word_at(eight, place, stop - place)) * FACTOR
            mixed ^= mixed >> HALF
        prints[record] = mixed
