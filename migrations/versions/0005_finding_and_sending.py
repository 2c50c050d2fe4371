"""The index of passages, recordings sent in parts, what was destroyed or removed in time, items taken as they are.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

#: Rows of these new tables are written once; the guard's function came with 0001.
APPEND_ONLY = (
    "notice_item_acceptance",
    "removed_object",
    "retention_removal",
)


def upgrade() -> None:
    """Make what is new."""
    op.create_table(
        "purge",
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("object_code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("order_number", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_name", sa.Text(), nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_by_name", sa.Text(), server_default="", nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "remaining",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column(
            "found",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reason IN ('said', 'shown', 'wrong_file')", name=op.f("ck_purge_known_reason")),
        sa.CheckConstraint(
            "state NOT IN ('confirmed', 'done') OR confirmed_by_id IS NOT NULL", name=op.f("ck_purge_confirmed_by")
        ),
        sa.CheckConstraint("asked_by_id <> confirmed_by_id", name=op.f("ck_purge_two_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge")),
    )
    op.create_index(
        "uq_purge_open",
        "purge",
        ["object_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('asked', 'confirmed')"),
    )
    op.create_table(
        "removed_object",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_removed_object")),
    )
    op.create_table(
        "retention_hold",
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("object_code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_by_name", sa.Text(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by_name", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_hold")),
    )
    op.create_index(
        "uq_retention_hold_standing",
        "retention_hold",
        ["object_id"],
        unique=True,
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "retention_period",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_name", sa.Text(), nullable=False),
        sa.CheckConstraint("days > 0", name=op.f("ck_retention_period_days")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_retention_period")),
    )
    op.create_table(
        "retention_removal",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("objects", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_removal")),
    )
    op.create_index("ix_retention_removal_at", "retention_removal", ["at"], unique=False)
    op.create_table(
        "search_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("plain_title", sa.Text(), nullable=True),
        sa.Column("vector", postgresql.TSVECTOR(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "object_id", "part", name=op.f("uq_search_entry_kind_object_id_part")),
    )
    op.create_index("ix_search_entry_kind_happened_at", "search_entry", ["kind", "happened_at"], unique=False)
    op.create_index(op.f("ix_search_entry_meeting_id"), "search_entry", ["meeting_id"], unique=False)
    op.create_index(
        "ix_search_entry_plain_title",
        "search_entry",
        ["plain_title"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"plain_title": "gin_trgm_ops"},
    )
    op.create_index("ix_search_entry_vector", "search_entry", ["vector"], unique=False, postgresql_using="gin")
    op.create_table(
        "recording_upload",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("original_name", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("offset_bytes", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("batch_size", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recording_id", sa.Uuid(), nullable=True),
        sa.Column("is_duplicate", sa.Boolean(), nullable=False),
        sa.Column("refusal", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "batch_size >= 1 AND (batch_id IS NOT NULL OR batch_size = 1)", name=op.f("ck_recording_upload_batch")
        ),
        sa.CheckConstraint("offset_bytes BETWEEN 0 AND size_bytes", name=op.f("ck_recording_upload_offset")),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_recording_upload_size")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_recording_upload_meeting_id")),
        sa.ForeignKeyConstraint(["recording_id"], ["recording.id"], name=op.f("fk_recording_upload_recording_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording_upload")),
    )
    op.create_index(op.f("ix_recording_upload_batch_id"), "recording_upload", ["batch_id"], unique=False)
    op.create_index("ix_recording_upload_expires_at", "recording_upload", ["expires_at"], unique=False)
    op.create_index(op.f("ix_recording_upload_meeting_id"), "recording_upload", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_recording_upload_recording_id"), "recording_upload", ["recording_id"], unique=False)
    op.create_index("ix_recording_upload_sender", "recording_upload", ["sender_id", "state"], unique=False)
    op.create_table(
        "notice_item_acceptance",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("facts_sha256", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_notice_item_acceptance_number")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_item_acceptance_notice_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["notice_revision.id"], name=op.f("fk_notice_item_acceptance_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_item_acceptance")),
        sa.UniqueConstraint(
            "notice_id", "item_id", "number", name=op.f("uq_notice_item_acceptance_notice_id_item_id_number")
        ),
    )
    op.create_table(
        "recording_upload_part",
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("offset_bytes", sa.BigInteger(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.CheckConstraint("offset_bytes >= 0", name=op.f("ck_recording_upload_part_offset")),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_recording_upload_part_size")),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["recording_upload.id"], name=op.f("fk_recording_upload_part_upload_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("upload_id", "offset_bytes", name=op.f("pk_recording_upload_part")),
        sa.UniqueConstraint("object_key", name=op.f("uq_recording_upload_part_object_key")),
    )
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
    op.drop_table("recording_upload_part")
    op.drop_table("notice_item_acceptance")
    op.drop_index("ix_recording_upload_sender", table_name="recording_upload")
    op.drop_index(op.f("ix_recording_upload_recording_id"), table_name="recording_upload")
    op.drop_index(op.f("ix_recording_upload_meeting_id"), table_name="recording_upload")
    op.drop_index("ix_recording_upload_expires_at", table_name="recording_upload")
    op.drop_index(op.f("ix_recording_upload_batch_id"), table_name="recording_upload")
    op.drop_table("recording_upload")
    op.drop_index("ix_search_entry_vector", table_name="search_entry", postgresql_using="gin")
    op.drop_index(
        "ix_search_entry_plain_title",
        table_name="search_entry",
        postgresql_using="gin",
        postgresql_ops={"plain_title": "gin_trgm_ops"},
    )
    op.drop_index(op.f("ix_search_entry_meeting_id"), table_name="search_entry")
    op.drop_index("ix_search_entry_kind_happened_at", table_name="search_entry")
    op.drop_table("search_entry")
    op.drop_index("ix_retention_removal_at", table_name="retention_removal")
    op.drop_table("retention_removal")
    op.drop_table("retention_period")
    op.drop_index(
        "uq_retention_hold_standing", table_name="retention_hold", postgresql_where=sa.text("released_at IS NULL")
    )
    op.drop_table("retention_hold")
    op.drop_table("removed_object")
    op.drop_index("uq_purge_open", table_name="purge", postgresql_where=sa.text("state IN ('asked', 'confirmed')"))
    op.drop_table("purge")
