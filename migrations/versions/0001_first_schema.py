"""The first schema: every room of the first release, with the guards of its append-only tables.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

EXTENSIONS = ("btree_gist", "unaccent", "pg_trgm")

#: Rows of these tables are written once.
APPEND_ONLY = (
    "audit_row",
    "draft",
    "finished_piece",
    "lifecycle_event",
    "notice_approval",
    "notice_change_request",
    "notice_issue",
    "notice_revision",
    "task_report",
    "transcript_revision",
)

GUARD = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = 'table ' || TG_TABLE_NAME || ' is append-only', ERRCODE = 'restrict_violation';
END $$
"""


def upgrade() -> None:
    """Make everything."""
    for extension in EXTENSIONS:
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    op.create_table(
        "account",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("roles", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.Column("last_sign_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_table(
        "audit_row",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object_type", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("detail", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("row_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_row")),
    )
    op.create_index("ix_audit_row_object", "audit_row", ["object_type", "object_id"], unique=False)
    op.create_table(
        "cap_policy",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum(
                "room", "meeting", "connections", name="scope", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("maximum >= 1", name=op.f("ck_cap_policy_maximum")),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_cap_policy_validity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cap_policy")),
    )
    op.create_table(
        "lifecycle_event",
        sa.Column("object_type", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lifecycle_event")),
    )
    op.create_index("ix_lifecycle_event_object", "lifecycle_event", ["object_type", "object_id", "at"], unique=False)
    op.create_table(
        "number_series",
        sa.Column("series_key", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_number >= 0", name=op.f("ck_number_series_last_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sa.UniqueConstraint("series_key", "year", name=op.f("uq_number_series_series_key_year")),
    )
    op.create_table(
        "number_series_rule",
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("document_type", sa.Text(), nullable=False),
        sa.Column("series_key", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series_rule")),
        sa.UniqueConstraint("body", "document_type", name=op.f("uq_number_series_rule_body_document_type")),
    )
    op.create_table(
        "outbox_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_fault", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_event")),
    )
    op.create_index(
        "ix_outbox_event_open", "outbox_event", ["id"], unique=False, postgresql_where=sa.text("delivered_at IS NULL")
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    op.create_index("ix_sign_in_failure_address", "sign_in_failure", ["address", "at"], unique=False)
    op.create_index("ix_sign_in_failure_login", "sign_in_failure", ["login", "at"], unique=False)
    op.create_table(
        "unit",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("abbreviations", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("aliases", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"], unique=False)
    op.create_table(
        "endpoint",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "central",
                "component",
                "personal",
                name="endpointkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("room_capacity", sa.Integer(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("room_capacity >= 1", name=op.f("ck_endpoint_room_capacity")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_endpoint_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endpoint")),
        sa.UniqueConstraint("code", name=op.f("uq_endpoint_code")),
    )
    op.create_index(op.f("ix_endpoint_unit_id"), "endpoint", ["unit_id"], unique=False)
    op.create_table(
        "outbox_receipt",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("subscriber", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["outbox_event.id"], name=op.f("fk_outbox_receipt_event_id")),
        sa.PrimaryKeyConstraint("event_id", "subscriber", name=op.f("pk_outbox_receipt")),
    )
    op.create_table(
        "person",
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("protocol_rank", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_person_account_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_person_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("account_id", name=op.f("uq_person_account_id")),
    )
    op.create_index(op.f("ix_person_unit_id"), "person", ["unit_id"], unique=False)
    op.create_table(
        "unit_membership",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_unit_membership_account_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_membership_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_membership")),
        sa.UniqueConstraint("account_id", "unit_id", name=op.f("uq_unit_membership_account_id_unit_id")),
    )
    op.create_index(op.f("ix_unit_membership_unit_id"), "unit_membership", ["unit_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "weekly_briefing",
                "monthly_briefing",
                "quarterly_briefing",
                "steering_committee",
                "extraordinary",
                "thematic",
                "review",
                name="meetingkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "classification",
            sa.Enum(
                "unclassified",
                "confidential",
                "secret",
                "top_secret",
                name="classification",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "urgency",
            sa.Enum(
                "normal",
                "urgent",
                "very_urgent",
                "express",
                name="urgency",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("body_name", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chair_id", sa.Uuid(), nullable=True),
        sa.Column("secretary_id", sa.Uuid(), nullable=True),
        sa.Column("room_name", sa.Text(), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("chair_id"), "="),
            (sa.text("tstzrange(starts_at, ends_at)"), "&&"),
            where=sa.text("state IN ('planned', 'open')"),
            using="gist",
            name="ex_meeting_chair_overlap",
        ),
        sa.CheckConstraint(
            "classification = 'unclassified' OR room_name IS NULL", name=op.f("ck_meeting_classified_has_no_room")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_meeting_ends_after_start")),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_meeting_chair_id")),
        sa.ForeignKeyConstraint(["secretary_id"], ["person.id"], name=op.f("fk_meeting_secretary_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("code", name=op.f("uq_meeting_code")),
        sa.UniqueConstraint("id", "starts_at", "ends_at", "state", name="uq_meeting_period"),
        sa.UniqueConstraint("room_name", name=op.f("uq_meeting_room_name")),
    )
    op.create_index("ix_meeting_starts_at", "meeting", ["starts_at"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_agenda_item_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("meeting_id", "position", name=op.f("uq_agenda_item_meeting_id_position")),
    )
    op.create_table(
        "live_alarm",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("room_name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_live_alarm_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_alarm")),
        sa.UniqueConstraint("kind", "room_name", "subject", name=op.f("uq_live_alarm_kind_room_name_subject")),
    )
    op.create_index(op.f("ix_live_alarm_meeting_id"), "live_alarm", ["meeting_id"], unique=False)
    op.create_table(
        "meeting_document",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_document_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_document")),
        sa.UniqueConstraint("meeting_id", "position", name=op.f("uq_meeting_document_meeting_id_position")),
    )
    op.create_table(
        "meeting_endpoint",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("meeting_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("meeting_state", sa.Text(), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=False),
        sa.Column("is_central", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("endpoint_id"), "="),
            (sa.text("tstzrange(meeting_starts_at, meeting_ends_at)"), "&&"),
            where=sa.text("meeting_state IN ('planned', 'open')"),
            using="gist",
            name="ex_meeting_endpoint_overlap",
        ),
        sa.CheckConstraint("head_count >= 0", name=op.f("ck_meeting_endpoint_head_count")),
        sa.ForeignKeyConstraint(["endpoint_id"], ["endpoint.id"], name=op.f("fk_meeting_endpoint_endpoint_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "meeting_starts_at", "meeting_ends_at", "meeting_state"],
            ["meeting.id", "meeting.starts_at", "meeting.ends_at", "meeting.state"],
            name="fk_meeting_endpoint_meeting",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_endpoint")),
        sa.UniqueConstraint("meeting_id", "endpoint_id", name=op.f("uq_meeting_endpoint_meeting_id_endpoint_id")),
    )
    op.create_index(
        "uq_meeting_endpoint_central",
        "meeting_endpoint",
        ["meeting_id"],
        unique=True,
        postgresql_where=sa.text("is_central"),
    )
    op.create_table(
        "notice",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_unit_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_notice_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_meeting_id"), "notice", ["meeting_id"], unique=False)
    op.create_index(
        "uq_notice_open", "notice", ["meeting_id"], unique=True, postgresql_where=sa.text("state <> 'issued'")
    )
    op.create_table(
        "recording",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("upload", "jibri", name="recordingsource", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("original_name", sa.Text(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("duration_seconds", sa.Double(), nullable=True),
        sa.Column("is_truncated", sa.Boolean(), nullable=False),
        sa.Column("media", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column(
            "roster_state",
            sa.Enum(
                "known", "empty", "missing", name="rosterstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("roster", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("received_from", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("size_bytes >= 0", name=op.f("ck_recording_size")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_recording_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint("meeting_id", "sha256", name=op.f("uq_recording_meeting_id_sha256")),
    )
    op.create_index(op.f("ix_recording_meeting_id"), "recording", ["meeting_id"], unique=False)
    op.create_table(
        "room_life",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("gone_at IS NULL OR gone_at >= opened_at", name=op.f("ck_room_life_gone_after_opened")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_room_life_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_life")),
        sa.UniqueConstraint("meeting_id", "opened_at", name=op.f("uq_room_life_meeting_id_opened_at")),
    )
    op.create_table(
        "room_reservation",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reserved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_room_reservation_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_reservation")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_room_reservation_meeting_id")),
    )
    op.create_table(
        "join_link",
        sa.Column("meeting_endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_endpoint_id"], ["meeting_endpoint.id"], name=op.f("fk_join_link_meeting_endpoint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_join_link_token_hash")),
    )
    op.create_index(
        "uq_join_link_live",
        "join_link",
        ["meeting_endpoint_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "notice_revision",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=True),
        sa.Column("sets_edits_aside", sa.Boolean(), nullable=False),
        sa.Column("transcript_revision_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("source IN ('machine', 'person')", name=op.f("ck_notice_revision_source")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_notice_revision_number")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_revision_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_revision")),
        sa.UniqueConstraint("notice_id", "number", name=op.f("uq_notice_revision_notice_id_number")),
    )
    op.create_table(
        "participant",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("meeting_endpoint_id", sa.Uuid(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "chair",
                "secretary",
                "reporter",
                "member",
                name="participantrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "attendance",
            sa.Enum(
                "expected",
                "at_endpoint",
                "at_home",
                "late",
                "absent",
                name="attendance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("absence_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_endpoint_id"], ["meeting_endpoint.id"], name=op.f("fk_participant_meeting_endpoint_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_participant_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_participant_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_participant_meeting_id_person_id")),
    )
    op.create_index(op.f("ix_participant_person_id"), "participant", ["person_id"], unique=False)
    op.create_table(
        "presence_interval",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_endpoint_id", sa.Uuid(), nullable=True),
        sa.Column("occupant_jid", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_recorder", sa.Boolean(), nullable=False),
        sa.Column("breakout_room_id", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "left_at IS NULL OR left_at >= joined_at", name=op.f("ck_presence_interval_left_after_joined")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_endpoint_id"], ["meeting_endpoint.id"], name=op.f("fk_presence_interval_meeting_endpoint_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_presence_interval_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence_interval")),
        sa.UniqueConstraint(
            "meeting_id",
            "occupant_jid",
            "joined_at",
            name=op.f("uq_presence_interval_meeting_id_occupant_jid_joined_at"),
        ),
    )
    op.create_index(
        op.f("ix_presence_interval_meeting_endpoint_id"), "presence_interval", ["meeting_endpoint_id"], unique=False
    )
    op.create_index(
        "ix_presence_interval_open",
        "presence_interval",
        ["meeting_id"],
        unique=False,
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "transcription_job",
        sa.Column("recording_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("parameters", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_transcription_job_meeting_id")),
        sa.ForeignKeyConstraint(["recording_id"], ["recording.id"], name=op.f("fk_transcription_job_recording_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcription_job")),
    )
    op.create_index(op.f("ix_transcription_job_meeting_id"), "transcription_job", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_transcription_job_recording_id"), "transcription_job", ["recording_id"], unique=False)
    op.create_table(
        "finished_piece",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("artifact_key", sa.Text(), nullable=False),
        sa.Column("artifact_sha256", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["transcription_job.id"], name=op.f("fk_finished_piece_job_id")),
        sa.PrimaryKeyConstraint("job_id", "fingerprint", name=op.f("pk_finished_piece")),
    )
    op.create_table(
        "notice_approval",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("revision_sha256", sa.Text(), nullable=False),
        sa.Column("approver_id", sa.Uuid(), nullable=False),
        sa.Column("approver_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_approval_notice_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["notice_revision.id"], name=op.f("fk_notice_approval_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_approval")),
        sa.UniqueConstraint("revision_id", name=op.f("uq_notice_approval_revision_id")),
    )
    op.create_index(op.f("ix_notice_approval_notice_id"), "notice_approval", ["notice_id"], unique=False)
    op.create_table(
        "notice_change_request",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_change_request_notice_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["notice_revision.id"], name=op.f("fk_notice_change_request_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_change_request")),
    )
    op.create_index(op.f("ix_notice_change_request_notice_id"), "notice_change_request", ["notice_id"], unique=False)
    op.create_table(
        "stage_run",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "ingest",
                "verify",
                "normalise",
                "detect_speech",
                "recognise",
                "diarise",
                "merge",
                "name_speakers",
                "publish",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("run_number", sa.Integer(), nullable=False),
        sa.Column("inputs", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("parameters", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("setbacks", sa.Integer(), nullable=False),
        sa.Column("fencing_token", sa.BigInteger(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enqueued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enqueue_count", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("fault", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("artifact_key", sa.Text(), nullable=True),
        sa.Column("artifact_sha256", sa.Text(), nullable=True),
        sa.Column("summary", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state <> 'done' OR artifact_key IS NOT NULL", name=op.f("ck_stage_run_done_has_artifact")),
        sa.CheckConstraint("progress >= 0 AND progress <= 1", name=op.f("ck_stage_run_progress")),
        sa.ForeignKeyConstraint(["job_id"], ["transcription_job.id"], name=op.f("fk_stage_run_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_run")),
        sa.UniqueConstraint("job_id", "stage", "run_number", name=op.f("uq_stage_run_job_id_stage_run_number")),
    )
    op.create_index(
        "ix_stage_run_open",
        "stage_run",
        ["state"],
        unique=False,
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
    )
    op.create_index(
        "uq_stage_run_live",
        "stage_run",
        ["job_id", "stage"],
        unique=True,
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
    )
    op.create_table(
        "notice_issue",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("approval_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("registrar_id", sa.Uuid(), nullable=False),
        sa.Column("registrar_name", sa.Text(), nullable=False),
        sa.Column("docx_key", sa.Text(), nullable=False),
        sa.Column("docx_sha256", sa.Text(), nullable=False),
        sa.Column("pdf_key", sa.Text(), nullable=False),
        sa.Column("pdf_sha256", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_notice_issue_number")),
        sa.ForeignKeyConstraint(["approval_id"], ["notice_approval.id"], name=op.f("fk_notice_issue_approval_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_issue_notice_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["notice_revision.id"], name=op.f("fk_notice_issue_revision_id")),
        sa.ForeignKeyConstraint(["series_id"], ["number_series.id"], name=op.f("fk_notice_issue_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_issue")),
        sa.UniqueConstraint("approval_id", name=op.f("uq_notice_issue_approval_id")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_notice_issue_notice_id")),
        sa.UniqueConstraint("series_id", "year", "number", name=op.f("uq_notice_issue_series_id_year_number")),
    )
    op.create_index(op.f("ix_notice_issue_symbol"), "notice_issue", ["symbol"], unique=False)
    op.create_table(
        "transcript",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("recording_id", sa.Uuid(), nullable=False),
        sa.Column("stage_run_id", sa.Uuid(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_transcript_meeting_id")),
        sa.ForeignKeyConstraint(["recording_id"], ["recording.id"], name=op.f("fk_transcript_recording_id")),
        sa.ForeignKeyConstraint(["stage_run_id"], ["stage_run.id"], name=op.f("fk_transcript_stage_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript")),
        sa.UniqueConstraint("stage_run_id", name=op.f("uq_transcript_stage_run_id")),
    )
    op.create_index("ix_transcript_meeting", "transcript", ["meeting_id", "created_at"], unique=False)
    op.create_index(
        "uq_transcript_current", "transcript", ["recording_id"], unique=True, postgresql_where=sa.text("is_current")
    )
    op.create_table(
        "delivery",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by_id", sa.Uuid(), nullable=True),
        sa.Column("acknowledged_by_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["notice_issue.id"], name=op.f("fk_delivery_issue_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_delivery_notice_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_delivery_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("issue_id", "unit_id", name=op.f("uq_delivery_issue_id_unit_id")),
    )
    op.create_index(op.f("ix_delivery_notice_id"), "delivery", ["notice_id"], unique=False)
    op.create_index(op.f("ix_delivery_unit_id"), "delivery", ["unit_id"], unique=False)
    op.create_table(
        "task",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("coordinating_unit_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("lead", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("coordinating", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("deadline_raw", sa.Text(), nullable=False),
        sa.Column("deadline_iso", sa.Text(), nullable=True),
        sa.Column("deadline_kind", sa.Text(), nullable=False),
        sa.Column("deadline_rrule", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evidence", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["notice_issue.id"], name=op.f("fk_task_issue_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_task_meeting_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_task_notice_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_task_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index("ix_task_due", "task", ["due_at"], unique=False)
    op.create_index(op.f("ix_task_meeting_id"), "task", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_task_notice_id"), "task", ["notice_id"], unique=False)
    op.create_index(op.f("ix_task_unit_id"), "task", ["unit_id"], unique=False)
    op.create_index(
        "uq_task_item", "task", ["issue_id", "item_id", "unit_id"], unique=True, postgresql_nulls_not_distinct=True
    )
    op.create_table(
        "transcript_revision",
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("machine", "person", name="revisionsource", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("document", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("changed_segments", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("quality", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(document IS NULL) <> (changed_segments IS NULL)", name=op.f("ck_transcript_revision_whole_or_changes")
        ),
        sa.CheckConstraint("number > 0 OR document IS NOT NULL", name=op.f("ck_transcript_revision_first_is_whole")),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_transcript_revision_transcript_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript_revision")),
        sa.UniqueConstraint("transcript_id", "number", name=op.f("uq_transcript_revision_transcript_id_number")),
    )
    op.create_table(
        "draft",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("transcript_revision_id", sa.Uuid(), nullable=False),
        sa.Column("notice_revision_id", sa.Uuid(), nullable=False),
        sa.Column("extraction", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_draft_meeting_id")),
        sa.ForeignKeyConstraint(
            ["notice_revision_id"], ["notice_revision.id"], name=op.f("fk_draft_notice_revision_id")
        ),
        sa.ForeignKeyConstraint(
            ["transcript_revision_id"], ["transcript_revision.id"], name=op.f("fk_draft_transcript_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_meeting_id"), "draft", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_draft_notice_revision_id"), "draft", ["notice_revision_id"], unique=False)
    op.create_index(op.f("ix_draft_transcript_revision_id"), "draft", ["transcript_revision_id"], unique=False)
    op.create_table(
        "task_report",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_report_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_report")),
    )
    op.create_index(op.f("ix_task_report_task_id"), "task_report", ["task_id"], unique=False)
    op.execute(GUARD)
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
    """Take everything away again; the extensions stay, others may use them."""
    op.drop_index(op.f("ix_task_report_task_id"), table_name="task_report")
    op.drop_table("task_report")
    op.drop_index(op.f("ix_draft_transcript_revision_id"), table_name="draft")
    op.drop_index(op.f("ix_draft_notice_revision_id"), table_name="draft")
    op.drop_index(op.f("ix_draft_meeting_id"), table_name="draft")
    op.drop_table("draft")
    op.drop_table("transcript_revision")
    op.drop_index("uq_task_item", table_name="task", postgresql_nulls_not_distinct=True)
    op.drop_index(op.f("ix_task_unit_id"), table_name="task")
    op.drop_index(op.f("ix_task_notice_id"), table_name="task")
    op.drop_index(op.f("ix_task_meeting_id"), table_name="task")
    op.drop_index("ix_task_due", table_name="task")
    op.drop_table("task")
    op.drop_index(op.f("ix_delivery_unit_id"), table_name="delivery")
    op.drop_index(op.f("ix_delivery_notice_id"), table_name="delivery")
    op.drop_table("delivery")
    op.drop_index("uq_transcript_current", table_name="transcript", postgresql_where=sa.text("is_current"))
    op.drop_index("ix_transcript_meeting", table_name="transcript")
    op.drop_table("transcript")
    op.drop_index(op.f("ix_notice_issue_symbol"), table_name="notice_issue")
    op.drop_table("notice_issue")
    op.drop_index(
        "uq_stage_run_live", table_name="stage_run", postgresql_where=sa.text("state IN ('waiting', 'running')")
    )
    op.drop_index(
        "ix_stage_run_open", table_name="stage_run", postgresql_where=sa.text("state IN ('waiting', 'running')")
    )
    op.drop_table("stage_run")
    op.drop_index(op.f("ix_notice_change_request_notice_id"), table_name="notice_change_request")
    op.drop_table("notice_change_request")
    op.drop_index(op.f("ix_notice_approval_notice_id"), table_name="notice_approval")
    op.drop_table("notice_approval")
    op.drop_table("finished_piece")
    op.drop_index(op.f("ix_transcription_job_recording_id"), table_name="transcription_job")
    op.drop_index(op.f("ix_transcription_job_meeting_id"), table_name="transcription_job")
    op.drop_table("transcription_job")
    op.drop_index(
        "ix_presence_interval_open", table_name="presence_interval", postgresql_where=sa.text("left_at IS NULL")
    )
    op.drop_index(op.f("ix_presence_interval_meeting_endpoint_id"), table_name="presence_interval")
    op.drop_table("presence_interval")
    op.drop_index(op.f("ix_participant_person_id"), table_name="participant")
    op.drop_table("participant")
    op.drop_table("notice_revision")
    op.drop_index("uq_join_link_live", table_name="join_link", postgresql_where=sa.text("revoked_at IS NULL"))
    op.drop_table("join_link")
    op.drop_table("room_reservation")
    op.drop_table("room_life")
    op.drop_index(op.f("ix_recording_meeting_id"), table_name="recording")
    op.drop_table("recording")
    op.drop_index("uq_notice_open", table_name="notice", postgresql_where=sa.text("state <> 'issued'"))
    op.drop_index(op.f("ix_notice_meeting_id"), table_name="notice")
    op.drop_table("notice")
    op.drop_index("uq_meeting_endpoint_central", table_name="meeting_endpoint", postgresql_where=sa.text("is_central"))
    op.drop_table("meeting_endpoint")
    op.drop_table("meeting_document")
    op.drop_index(op.f("ix_live_alarm_meeting_id"), table_name="live_alarm")
    op.drop_table("live_alarm")
    op.drop_table("agenda_item")
    op.drop_index("ix_meeting_starts_at", table_name="meeting")
    op.drop_table("meeting")
    op.drop_index(op.f("ix_unit_membership_unit_id"), table_name="unit_membership")
    op.drop_table("unit_membership")
    op.drop_index(op.f("ix_person_unit_id"), table_name="person")
    op.drop_table("person")
    op.drop_table("outbox_receipt")
    op.drop_index(op.f("ix_endpoint_unit_id"), table_name="endpoint")
    op.drop_table("endpoint")
    op.drop_index(op.f("ix_unit_parent_id"), table_name="unit")
    op.drop_table("unit")
    op.drop_index("ix_sign_in_failure_login", table_name="sign_in_failure")
    op.drop_index("ix_sign_in_failure_address", table_name="sign_in_failure")
    op.drop_table("sign_in_failure")
    op.drop_index("ix_outbox_event_open", table_name="outbox_event", postgresql_where=sa.text("delivered_at IS NULL"))
    op.drop_table("outbox_event")
    op.drop_table("number_series_rule")
    op.drop_table("number_series")
    op.drop_index("ix_lifecycle_event_object", table_name="lifecycle_event")
    op.drop_table("lifecycle_event")
    op.drop_table("cap_policy")
    op.drop_index("ix_audit_row_object", table_name="audit_row")
    op.drop_table("audit_row")
    op.drop_table("account")
    op.execute("DROP FUNCTION refuse_change()")
