"""Looks before an approval, public bulletins, reminders of receipts; tokens for scripts, identities elsewhere.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

#: Rows of these new tables are written once; the guard's function came with 0001.
APPEND_ONLY = ("notice_review",)


def upgrade() -> None:
    """Make what is new."""
    op.create_table(
        "api_token",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_api_token_expires_after_created")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_api_token_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_index("ix_api_token_account", "api_token", ["account_id", "ended_at"], unique=False)
    op.create_table(
        "outside_identity",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_outside_identity_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_identity")),
        sa.UniqueConstraint("issuer", "account_id", name=op.f("uq_outside_identity_issuer_account_id")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_outside_identity_issuer_subject")),
    )
    op.create_index(op.f("ix_outside_identity_account_id"), "outside_identity", ["account_id"], unique=False)
    op.create_table(
        "notice_review",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("revision_sha256", sa.Text(), nullable=False),
        sa.Column("aspect", sa.Text(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("reviewer_name", sa.Text(), nullable=False),
        sa.Column("reviewer_title", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("aspect IN ('content', 'form')", name=op.f("ck_notice_review_aspect")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_review_notice_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["notice_revision.id"], name=op.f("fk_notice_review_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_review")),
    )
    op.create_index(op.f("ix_notice_review_notice_id"), "notice_review", ["notice_id"], unique=False)
    op.create_index(
        "uq_notice_review_passed",
        "notice_review",
        ["revision_id", "aspect"],
        unique=True,
        postgresql_where=sa.text("passed"),
    )
    op.create_table(
        "bulletin",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("passage_keys", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("paragraphs", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=False),
        sa.Column("published_by_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cardinality(paragraphs) > 0", name=op.f("ck_bulletin_paragraphs")),
        sa.ForeignKeyConstraint(["issue_id"], ["notice_issue.id"], name=op.f("fk_bulletin_issue_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_bulletin_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin")),
    )
    op.create_index(op.f("ix_bulletin_notice_id"), "bulletin", ["notice_id"], unique=False)
    op.create_index(
        "uq_bulletin_published", "bulletin", ["notice_id"], unique=True, postgresql_where=sa.text("state = 'published'")
    )
    op.add_column("account", sa.Column("language", sa.Text(), server_default="", nullable=False))
    op.add_column("browser_session", sa.Column("method", sa.Text(), server_default="password", nullable=False))
    op.add_column("delivery", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("delivery", sa.Column("reminders", sa.Integer(), server_default="0", nullable=False))
    op.create_check_constraint("known_language", "account", "language IN ('', 'vi', 'en')")
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    """Take it away again."""
    op.drop_constraint("ck_account_known_language", "account")
    op.drop_column("delivery", "reminders")
    op.drop_column("delivery", "reminded_at")
    op.drop_column("browser_session", "method")
    op.drop_column("account", "language")
    op.drop_index("uq_bulletin_published", table_name="bulletin", postgresql_where=sa.text("state = 'published'"))
    op.drop_index(op.f("ix_bulletin_notice_id"), table_name="bulletin")
    op.drop_table("bulletin")
    op.drop_index("uq_notice_review_passed", table_name="notice_review", postgresql_where=sa.text("passed"))
    op.drop_index(op.f("ix_notice_review_notice_id"), table_name="notice_review")
    op.drop_table("notice_review")
    op.drop_index(op.f("ix_outside_identity_account_id"), table_name="outside_identity")
    op.drop_table("outside_identity")
    op.drop_index("ix_api_token_account", table_name="api_token")
    op.drop_table("api_token")
