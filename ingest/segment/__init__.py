"""A cleaned text is cut into paragraphs, sentences, sections with roles, quotations, cases and passages."""

from ingest.segment.cases import cases
from ingest.segment.headings import Heading, find_headings
from ingest.segment.kind import kind, kinds
from ingest.segment.paragraphs import paragraphs
from ingest.segment.passages import passages
from ingest.segment.quotations import Quotation, quotations
from ingest.segment.sections import paths, sections
from ingest.segment.sentences import sentences
from ingest.segment.title import title

__all__ = [
    "Heading",
    "Quotation",
    "cases",
    "find_headings",
    "kind",
    "kinds",
    "paragraphs",
    "passages",
    "paths",
    "quotations",
    "sections",
    "sentences",
    "title",
]
