"""Lines of pages, and those known to recur on the pages of a site."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "page_line",
        sa.Column("report", _KEY, nullable=False),
        sa.Column("site", _KEY, nullable=False),
        sa.Column("body", _KEY, nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name="fk_page_line_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", name="pk_page_line"),
    )
    op.create_index("ix_page_line_site", "page_line", ["site"])
    op.create_table(
        "site_line",
        sa.Column("collection", _KEY, nullable=False),
        sa.Column("site", _KEY, nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("unsettled", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("collection", "site", name="pk_site_line"),
    )


def downgrade() -> None:
    op.drop_table("site_line")
    op.drop_table("page_line")
