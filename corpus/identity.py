"""Identifiers: short hashes of what a thing is, so that the same thing gets the same id on every machine and in any order."""

from __future__ import annotations

import hashlib

_SEPARATOR = "\x1f"


def digest(*parts: str) -> str:
    """Return 32 hexadecimal digits (128 bits of BLAKE2b) that identify the sequence of strings `parts`."""
    return hashlib.blake2b(_SEPARATOR.join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def report_id(collection: str, source: str) -> str:
    """Id of a report: the hash of its collection and its source key (FORMATS, Export)."""
    return digest("report", collection, source)


def passage_hash(text: str) -> str:
    """Key under which the vector of a passage's text is kept; equal texts share one vector."""
    return digest("passage", text)
