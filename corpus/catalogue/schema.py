"""Tables of the catalogue, as the newest migration leaves them (tests/contract compares the two).

Strings that are keys or are sorted by use the collation "C" on PostgreSQL, so that both engines order by code point, as Python does.
Rows of a report go with it (`ON DELETE CASCADE`); vectors, mentions and judgements outlive it and are looked after by their own modules.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Key = Text().with_variant(Text(collation="C"), "postgresql")
Number = BigInteger().with_variant(Integer(), "sqlite")


def _of_report(*, primary_key: bool = False) -> Column[str]:
    return Column("report", Key, ForeignKey("report.id", ondelete="CASCADE"), nullable=False, primary_key=primary_key)


meta = Table("meta", metadata, Column("key", Key, primary_key=True), Column("value", Text, nullable=False))

# Source bytes, zlib-compressed, under the SHA-256 of what they are uncompressed; shared by equal files.
content = Table("content", metadata, Column("hash", Key, primary_key=True), Column("data", LargeBinary, nullable=False))

report = Table(
    "report",
    metadata,
    Column("id", Key, primary_key=True),
    Column("collection", Key, nullable=False),
    Column("source", Key, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("number", Integer, nullable=False),
    Column("revision", Key, nullable=False),
    Column("reading", Key, nullable=False),
    Column("metadata", Text, nullable=False),
    UniqueConstraint("collection", "source"),
)

revision = Table(
    "revision",
    metadata,
    _of_report(primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("hash", Key, ForeignKey("content.hash"), nullable=False, index=True),
    Column("media", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# `body`: codec.encode_body. `facts`: only of a reading that is no longer the current one and is kept because somebody judged about it.
reading = Table(
    "reading",
    metadata,
    Column("id", Key, primary_key=True),
    _of_report(),
    Column("revision", Key, nullable=False),
    Column("pipeline", Key, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("facts", LargeBinary),
    Index(None, "report"),
)

personal = Table(
    "personal",
    metadata,
    Column("reading", Key, ForeignKey("reading.id", ondelete="CASCADE"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("source_start", Integer, nullable=False),
    Column("source_end", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("original", Text, nullable=False),
    PrimaryKeyConstraint("reading", "start", "end"),
)

# `data`: what the other columns do not hold (codec.encode_fact); the sentence is cut from the reading's text.
fact = Table(
    "fact",
    metadata,
    Column("id", Key, primary_key=True),
    _of_report(),
    Column("reading", Key, nullable=False),
    Column("case_id", Key),
    Column("type", Key, nullable=False),
    Column("name", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("data", Text, nullable=False),
    Index(None, "report", "start"),
    Index(None, "type", "report"),
)

# `text` is null where it is what stands at [start, end) of the reading.
passage = Table(
    "passage",
    metadata,
    Column("id", Key, primary_key=True),
    _of_report(),
    Column("reading", Key, nullable=False),
    Column("case_id", Key),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("hash", Key, nullable=False, index=True),
    Column("path", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("text", Text),
    Index(None, "report", "start"),
)

# One vector of one text by one model: little-endian float16.
vector = Table(
    "vector",
    metadata,
    Column("hash", Key, nullable=False),
    Column("model", Key, nullable=False),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("hash", "model"),
)

# `number` keeps the order in which things were said: of two corrections of one field the later counts.
judgement = Table(
    "judgement",
    metadata,
    Column("number", Number, Identity(), primary_key=True),
    Column("id", Key, nullable=False, unique=True),
    Column("kind", Key, nullable=False),
    Column("target", Key, nullable=False, index=True),
    Column("value", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("why", Text, nullable=False),
    sqlite_autoincrement=True,
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("collection", Key, nullable=False),
    Column("source", Key, nullable=False),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("path", Text, nullable=False, server_default=""),
    Column("key", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("collection", "source"),
)

# Numbers are never used twice (AUTOINCREMENT, a sequence); rows hold no text.
feed = Table(
    "feed",
    metadata,
    Column("number", Number, Identity(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("id", Key, nullable=False),
    Column("gone", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

# How far a consumer that writes into the catalogue itself has come in the feed.
mark = Table("mark", metadata, Column("consumer", Key, primary_key=True), Column("number", Number, nullable=False))

# `words`: name and aliases, folded, one a line, for looking up by a part of a name.
entity = Table(
    "entity",
    metadata,
    Column("id", Key, primary_key=True),
    Column("type", Key, nullable=False),
    Column("name", Key, nullable=False),
    Column("words", Text, nullable=False),
    Column("data", Text, nullable=False),
    Index(None, "type", "id"),
)

# Membership: which entity a mention belongs to (null until it has been resolved).
mention = Table(
    "mention",
    metadata,
    Column("key", Key, primary_key=True),
    Column("report", Key, nullable=False, index=True),
    Column("entity", Key, index=True),
    Column("type", Key, nullable=False),
    Column("name", Key, nullable=False),
    Column("scope", Key, nullable=False),
    Column("data", Text, nullable=False),
    Index("ix_mention_namesakes", "type", "name", "scope", "key", "entity"),
)

forward = Table("forward", metadata, Column("id", Key, primary_key=True), Column("entity", Key, nullable=False, index=True))

# What is computed of duplicates (graph.duplicates): all of it can be made again, and it holds hashes and numbers, no text. `text`: hash of
# a report's letters; of several with one text the one with the smallest id leads and stands for all; only a leader has `keys` (and
# postings). `number`: the first bits of the report's id, short for it in postings. `first` and `second` of text and title: minima that near
# copies share. `joined`: the group, which is the smallest id in it.
duplicate_text = Table(
    "duplicate_text",
    metadata,
    Column("report", Key, primary_key=True),
    Column("number", Number, nullable=False, index=True),
    Column("text", Key, nullable=False, index=True),
    Column("letters", Integer, nullable=False),
    Column("leads", Boolean, nullable=False),
    Column("text_first", Number, nullable=False),
    Column("text_second", Number, nullable=False),
    Column("title_first", Number, nullable=False),
    Column("title_second", Number, nullable=False),
    Column("keys", LargeBinary, nullable=False),
    Column("joined", Key, index=True),
)

# Which texts have a key: a clause, or a band of the MinHash.
duplicate_posting = Table(
    "duplicate_posting",
    metadata,
    Column("key", Number, nullable=False, autoincrement=False),
    Column("number", Number, nullable=False, autoincrement=False),
    PrimaryKeyConstraint("key", "number"),
    sqlite_with_rowid=False,
)

# Keys that need a word: those of common phrases, with the number of unrelated texts they stand in, and those of very many texts, with
# `edge`, the largest number of the sample by which they are judged.
duplicate_bucket = Table(
    "duplicate_bucket",
    metadata,
    Column("key", Number, primary_key=True, autoincrement=False),
    Column("common", Boolean, nullable=False),
    Column("spread", Integer, nullable=False),
    Column("edge", Number),
)

# Two leaders whose texts have enough in common. Shares of each side: of all its letters, and of its own ones (no common phrases).
duplicate_pair = Table(
    "duplicate_pair",
    metadata,
    Column("one", Key, nullable=False),
    Column("other", Key, nullable=False, index=True),
    Column("kind", Key, nullable=False),
    Column("sentences", Integer, nullable=False),
    Column("letters", Integer, nullable=False),
    Column("share_one", Float, nullable=False),
    Column("share_other", Float, nullable=False),
    Column("own_one", Float, nullable=False),
    Column("own_other", Float, nullable=False),
    PrimaryKeyConstraint("one", "other"),
    Index(None, "kind", "letters", "one", "other"),
)

# Hashes of a page's longest line and of those that may be its site's own (ingest.repair.recurring); `lines` separated by blanks.
page_line = Table(
    "page_line",
    metadata,
    _of_report(primary_key=True),
    Column("site", Key, nullable=False, index=True),
    Column("body", Key, nullable=False),
    Column("lines", Text, nullable=False),
)

# The lines known to recur on the pages of a site, with which its reports were read. `unsettled`: how many pages came, changed or went since
# these lines were found.
site_line = Table(
    "site_line",
    metadata,
    Column("collection", Key, nullable=False),
    Column("site", Key, nullable=False),
    Column("lines", Text, nullable=False),
    Column("unsettled", Integer, nullable=False),
    PrimaryKeyConstraint("collection", "site"),
)

# What a language model found in a stretch of a report's text (corpus.stretches). `hash`: of the stretch; `model`: fingerprint of the model
# and of what it was asked; `data`: search_api.llm.stored.
annotation = Table(
    "annotation",
    metadata,
    _of_report(primary_key=True),
    Column("hash", Key, primary_key=True),
    Column("model", Key, primary_key=True),
    Column("data", Text, nullable=False),
    Index(None, "hash", "model"),
)

TABLES = frozenset(metadata.tables)
