"""The durable collection: reports, revisions, readings, facts, vectors, entities, people's judgements and the change feed.

Everything that others call is a method of `Catalogue`; the other names are what it takes and gives.
"""

from corpus.catalogue.catalogue import Catalogue
from corpus.catalogue.duplicates import Bucket, Found, Pair, Signature, number_of
from corpus.catalogue.duplicates_access import DUPLICATES
from corpus.catalogue.entities import Joins, Namesakes
from corpus.catalogue.entities_access import ENTITIES
from corpus.catalogue.put import Known, Outcome
from corpus.catalogue.reports import FactKey, StoredFact, StoredPassage
from corpus.catalogue.rows import Incoming

__all__ = [
    "DUPLICATES",
    "ENTITIES",
    "Bucket",
    "Catalogue",
    "FactKey",
    "Found",
    "Incoming",
    "Joins",
    "Known",
    "Namesakes",
    "Outcome",
    "Pair",
    "Signature",
    "StoredFact",
    "StoredPassage",
    "number_of",
]
