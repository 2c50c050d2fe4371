"""Nearly right names are looked for among the newest ones; the index by trigrams found them all for common words.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index for the other."""
    op.drop_index("ix_search_entry_plain_title", table_name="search_entry", postgresql_using="gin")
    op.create_index(
        "ix_search_entry_named",
        "search_entry",
        ["happened_at"],
        unique=False,
        postgresql_where=sa.text("plain_title IS NOT NULL"),
    )


def downgrade() -> None:
    """And back."""
    op.drop_index(
        "ix_search_entry_named", table_name="search_entry", postgresql_where=sa.text("plain_title IS NOT NULL")
    )
    op.create_index(
        "ix_search_entry_plain_title",
        "search_entry",
        ["plain_title"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"plain_title": "gin_trgm_ops"},
    )
