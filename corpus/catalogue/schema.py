"""Tables of the catalogue, as the newest migration leaves them (tests/contract compares the two).

Strings that are keys or are sorted by use the collation "C" on PostgreSQL, so that both engines order by code point, as Python does.
Rows of a report go with it (`ON DELETE CASCADE`); vectors, mentions and judgements outlive it and are looked after by their own modules.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
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

TABLES = frozenset(metadata.tables)
