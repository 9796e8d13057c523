"""Where bytes and lines stand in a file."""

import numpy as np

QUOTE, LF, CR = b'"', b"\n", b"\r"
PIECE = 1 << 20  # bytes


def byte_offsets(data: np.ndarray, byte: bytes) -> np.ndarray:
    """Return where a byte stands, a piece at a time, which stays in the processor's cache."""
    pieces = [np.flatnonzero(data[at : at + PIECE] == byte[0]) + at for at in range(0, len(data), PIECE)]
    return np.concatenate(pieces) if pieces else np.zeros(0, np.int64)


def line_stops(content: bytes) -> np.ndarray:
    """Return where each line feed and each carriage return stands."""
    data = np.frombuffer(content, np.uint8)
    stops = byte_offsets(data, LF)
    return np.sort(np.concatenate([stops, byte_offsets(data, CR)])) if CR in content else stops


def line_ends(content: bytes) -> np.ndarray:
    """Return the offset after each line end."""
    stops = line_stops(content)
    if CR in content:
        data = np.frombuffer(content + b" ", np.uint8)
        stops = stops[(data[stops] != CR[0]) | (data[stops + 1] != LF[0])]
    return stops + 1


def line_numbers(content: bytes, offsets: np.ndarray) -> np.ndarray:
    """Return the 1-based line of each byte offset; CRLF, LF and a lone CR each end a line."""
    return 1 + np.searchsorted(line_ends(content), offsets, side="right")


def line_of(content: bytes, offset: int) -> int:
    """Return the line of one byte."""
    return int(line_numbers(content, np.array([offset]))[0])
