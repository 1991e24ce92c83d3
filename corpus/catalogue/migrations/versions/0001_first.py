"""The catalogue as of version 0.1.0."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "content",
        sa.Column("hash", _KEY, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_content"),
    )
    op.create_table(
        "entity",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("type", _KEY, nullable=False),
        sa.Column("name", _KEY, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entity"),
    )
    op.create_index("ix_entity_type_id", "entity", ["type", "id"])
    op.create_table(
        "feed",
        sa.Column("number", _NUMBER, sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", _KEY, nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_feed"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "forward",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("entity", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_forward"),
    )
    op.create_index("ix_forward_entity", "forward", ["entity"])
    op.create_table(
        "judgement",
        sa.Column("number", _NUMBER, sa.Identity(always=False), nullable=False),
        sa.Column("id", _KEY, nullable=False),
        sa.Column("kind", _KEY, nullable=False),
        sa.Column("target", _KEY, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_judgement"),
        sa.UniqueConstraint("id", name="uq_judgement_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_judgement_target", "judgement", ["target"])
    op.create_table(
        "mark",
        sa.Column("consumer", _KEY, nullable=False),
        sa.Column("number", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("consumer", name="pk_mark"),
    )
    op.create_table(
        "mention",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("report", _KEY, nullable=False),
        sa.Column("entity", _KEY, nullable=True),
        sa.Column("type", _KEY, nullable=False),
        sa.Column("name", _KEY, nullable=False),
        sa.Column("scope", _KEY, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_mention"),
    )
    op.create_index("ix_mention_entity", "mention", ["entity"])
    op.create_index("ix_mention_report", "mention", ["report"])
    op.create_index("ix_mention_namesakes", "mention", ["type", "name", "scope", "key", "entity"])
    op.create_table(
        "meta",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "quarantine",
        sa.Column("collection", _KEY, nullable=False),
        sa.Column("source", _KEY, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("collection", "source", name="pk_quarantine"),
    )
    op.create_table(
        "report",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("collection", _KEY, nullable=False),
        sa.Column("source", _KEY, nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", _KEY, nullable=False),
        sa.Column("reading", _KEY, nullable=False),
        sa.Column("metadata", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("collection", "source", name="uq_report_collection_source"),
    )
    op.create_table(
        "vector",
        sa.Column("hash", _KEY, nullable=False),
        sa.Column("model", _KEY, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", "model", name="pk_vector"),
    )
    op.create_table(
        "fact",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("report", _KEY, nullable=False),
        sa.Column("reading", _KEY, nullable=False),
        sa.Column("case_id", _KEY, nullable=True),
        sa.Column("type", _KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name="fk_fact_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_fact"),
    )
    op.create_index("ix_fact_report_start", "fact", ["report", "start"])
    op.create_index("ix_fact_type_report", "fact", ["type", "report"])
    op.create_table(
        "passage",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("report", _KEY, nullable=False),
        sa.Column("reading", _KEY, nullable=False),
        sa.Column("case_id", _KEY, nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("hash", _KEY, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name="fk_passage_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_passage"),
    )
    op.create_index("ix_passage_hash", "passage", ["hash"])
    op.create_index("ix_passage_report_start", "passage", ["report", "start"])
    op.create_table(
        "reading",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("report", _KEY, nullable=False),
        sa.Column("revision", _KEY, nullable=False),
        sa.Column("pipeline", _KEY, nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name="fk_reading_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
    )
    op.create_index("ix_reading_report", "reading", ["report"])
    op.create_table(
        "revision",
        sa.Column("report", _KEY, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", _KEY, nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["hash"], ["content.hash"], name="fk_revision_hash"),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name="fk_revision_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "number", name="pk_revision"),
    )
    op.create_index("ix_revision_hash", "revision", ["hash"])
    op.create_table(
        "personal",
        sa.Column("reading", _KEY, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("source_start", sa.Integer(), nullable=False),
        sa.Column("source_end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.id"], name="fk_personal_reading", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("reading", "start", "end", name="pk_personal"),
    )
