"""Duplicates, and where a source that is set aside came from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("quarantine", sa.Column("path", sa.Text(), nullable=False, server_default=""))
    op.add_column("quarantine", sa.Column("key", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "duplicate_text",
        sa.Column("report", _KEY, nullable=False),
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("text", _KEY, nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("text_first", _NUMBER, nullable=False),
        sa.Column("text_second", _NUMBER, nullable=False),
        sa.Column("title_first", _NUMBER, nullable=False),
        sa.Column("title_second", _NUMBER, nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.Column("joined", _KEY, nullable=True),
        sa.PrimaryKeyConstraint("report", name="pk_duplicate_text"),
    )
    for column in ("number", "text", "joined"):
        op.create_index(f"ix_duplicate_text_{column}", "duplicate_text", [column])
    op.create_table(
        "duplicate_posting",
        sa.Column("key", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", _NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "number", name="pk_duplicate_posting"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "duplicate_bucket",
        sa.Column("key", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("common", sa.Boolean(), nullable=False),
        sa.Column("spread", sa.Integer(), nullable=False),
        sa.Column("edge", _NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_duplicate_bucket"),
    )
    op.create_table(
        "duplicate_pair",
        sa.Column("one", _KEY, nullable=False),
        sa.Column("other", _KEY, nullable=False),
        sa.Column("kind", _KEY, nullable=False),
        sa.Column("sentences", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("share_one", sa.Float(), nullable=False),
        sa.Column("share_other", sa.Float(), nullable=False),
        sa.Column("own_one", sa.Float(), nullable=False),
        sa.Column("own_other", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name="pk_duplicate_pair"),
    )
    op.create_index("ix_duplicate_pair_other", "duplicate_pair", ["other"])
    op.create_index("ix_duplicate_pair_kind_letters_one_other", "duplicate_pair", ["kind", "letters", "one", "other"])


def downgrade() -> None:
    for table in ("duplicate_pair", "duplicate_bucket", "duplicate_posting", "duplicate_text"):
        op.drop_table(table)
    with op.batch_alter_table("quarantine") as batch:
        batch.drop_column("key")
        batch.drop_column("path")
    op.execute("DELETE FROM mark WHERE consumer = 'duplicates'")
    op.execute("DELETE FROM meta WHERE key = 'duplicates_by'")
