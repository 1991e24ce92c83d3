"""What a language model found in stretches of text."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "annotation",
        sa.Column("report", _KEY, nullable=False),
        sa.Column("hash", _KEY, nullable=False),
        sa.Column("model", _KEY, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name="fk_annotation_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "hash", "model", name="pk_annotation"),
    )
    op.create_index("ix_annotation_hash_model", "annotation", ["hash", "model"])


def downgrade() -> None:
    op.drop_table("annotation")
