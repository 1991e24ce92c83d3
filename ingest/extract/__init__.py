"""Facts with the exact words they were read from: one file a kind of fact, `engine` runs them."""

from ingest.extract.engine import extract

__all__ = ["extract"]
