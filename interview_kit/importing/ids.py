"""The id that the same content always gets."""

import hashlib

LETTERS = bytes(b"abcdefghijklmnopqrstuvwxyz234567"[byte & 31] for byte in range(256))


def made_id(content: str) -> str:
    """Return the id that this content always has, spelled like every other."""
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()
    return f"i-{digest[:10].translate(LETTERS).decode()}"
