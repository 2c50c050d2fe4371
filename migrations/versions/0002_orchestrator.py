"""Briefings under control: series, policies, invitations, mail, the operator's hour, quick reports.

Revision ID: 0002
Revises: 0001
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from orchestrator.directory.letters import name_order, search_text
from orchestrator.meetings.writing import search_text as meeting_text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: Rows of these new tables are written once; the guard's function came with 0001.
APPEND_ONLY = (
    "agenda_mark",
    "head_count",
    "incident",
    "invitation_letter_revision",
    "readiness_check",
    "report_compilation",
    "report_form_version",
    "report_reminder",
    "report_revision",
    "roll_entry",
)

BOOKED = "meeting_state IN ('planned', 'open')"
PERIOD = "tstzrange(meeting_starts_at, meeting_ends_at) WITH &&"


def upgrade() -> None:
    """Make what is new, let withdrawn endpoints go, fill in what entries are found by."""
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "directory_upload",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_upload")),
    )
    op.create_index(op.f("ix_directory_upload_account_id"), "directory_upload", ["account_id"], unique=False)
    op.create_index(op.f("ix_directory_upload_created_at"), "directory_upload", ["created_at"], unique=False)
    op.create_table(
        "holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("off", "working", name="daykind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("basis", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("day", name=op.f("uq_holiday_day")),
    )
    op.create_table(
        "outgoing_mail",
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("attachments", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=True),
        sa.Column("calendar_method", sa.Text(), nullable=True),
        sa.Column("secrets", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("about_type", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("may_be_double", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(calendar IS NULL) = (calendar_method IS NULL)", name=op.f("ck_outgoing_mail_calendar_with_method")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outgoing_mail_dedupe_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outgoing_mail_message_id")),
    )
    op.create_index("ix_outgoing_mail_about", "outgoing_mail", ["about_type", "about_id", "created_at"], unique=False)
    op.create_index("ix_outgoing_mail_created_at", "outgoing_mail", ["created_at", "id"], unique=False)
    op.create_index(
        "ix_outgoing_mail_due",
        "outgoing_mail",
        ["next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index("ix_outgoing_mail_state", "outgoing_mail", ["state", "created_at", "id"], unique=False)
    op.create_index(
        "ix_outgoing_mail_subject",
        "outgoing_mail",
        ["subject"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"subject": "gin_trgm_ops"},
    )
    op.create_table(
        "physical_room",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("capacity >= 1", name=op.f("ck_physical_room_capacity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_physical_room")),
        sa.UniqueConstraint("name", name=op.f("uq_physical_room_name")),
    )
    op.create_table(
        "recorder_status",
        sa.Column("jibri_id", sa.Text(), nullable=False),
        sa.Column("busy", sa.Text(), nullable=False),
        sa.Column("is_healthy", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recorder_status")),
        sa.UniqueConstraint("jibri_id", name=op.f("uq_recorder_status_jibri_id")),
    )
    op.create_table(
        "report_form",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("schedule", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("addressee", sa.Text(), server_default="", nullable=False),
        sa.Column("signer_title", sa.Text(), server_default="", nullable=False),
        sa.Column("signer_name", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_form")),
        sa.UniqueConstraint("code", name=op.f("uq_report_form_code")),
    )
    op.create_table(
        "cap_policy_unit",
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["policy_id"], ["cap_policy.id"], name=op.f("fk_cap_policy_unit_policy_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_cap_policy_unit_unit_id")),
        sa.PrimaryKeyConstraint("policy_id", "unit_id", name=op.f("pk_cap_policy_unit")),
    )
    op.create_index(op.f("ix_cap_policy_unit_unit_id"), "cap_policy_unit", ["unit_id"], unique=False)
    op.create_table(
        "mail_recipient",
        sa.Column("mail_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["outgoing_mail.id"], name=op.f("fk_mail_recipient_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_recipient")),
        sa.UniqueConstraint("mail_id", "address", name=op.f("uq_mail_recipient_mail_id_address")),
    )
    op.create_index(
        "ix_mail_recipient_address",
        "mail_recipient",
        ["address"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"address": "gin_trgm_ops"},
    )
    op.create_table(
        "report_form_unit",
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["report_form.id"], name=op.f("fk_report_form_unit_form_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_report_form_unit_unit_id")),
        sa.PrimaryKeyConstraint("form_id", "unit_id", name=op.f("pk_report_form_unit")),
    )
    op.create_index(op.f("ix_report_form_unit_unit_id"), "report_form_unit", ["unit_id"], unique=False)
    op.create_table(
        "report_form_version",
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_report_form_version_number")),
        sa.ForeignKeyConstraint(["form_id"], ["report_form.id"], name=op.f("fk_report_form_version_form_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_form_version")),
        sa.UniqueConstraint("form_id", "number", name=op.f("uq_report_form_version_form_id_number")),
    )
    op.create_table(
        "endpoint_room",
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["endpoint_id"], ["endpoint.id"], name=op.f("fk_endpoint_room_endpoint_id")),
        sa.ForeignKeyConstraint(["room_id"], ["physical_room.id"], name=op.f("fk_endpoint_room_room_id")),
        sa.PrimaryKeyConstraint("endpoint_id", name=op.f("pk_endpoint_room")),
    )
    op.create_index(op.f("ix_endpoint_room_room_id"), "endpoint_room", ["room_id"], unique=False)
    op.create_table(
        "endpoint_unit",
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["endpoint_id"], ["endpoint.id"], name=op.f("fk_endpoint_unit_endpoint_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_endpoint_unit_unit_id")),
        sa.PrimaryKeyConstraint("endpoint_id", "unit_id", name=op.f("pk_endpoint_unit")),
    )
    op.create_index(op.f("ix_endpoint_unit_unit_id"), "endpoint_unit", ["unit_id"], unique=False)
    op.create_table(
        "meeting_series",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rrule", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("starts_time", sa.Time(), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("horizon_on", sa.Date(), nullable=False),
        sa.Column("excluded_on", postgresql.ARRAY(sa.Date()), nullable=False),
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
        sa.Column("chair_id", sa.Uuid(), nullable=True),
        sa.Column("secretary_id", sa.Uuid(), nullable=True),
        sa.Column("body", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("duration_minutes >= 5", name=op.f("ck_meeting_series_duration")),
        sa.CheckConstraint("horizon_on >= first_on", name=op.f("ck_meeting_series_horizon")),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_meeting_series_chair_id")),
        sa.ForeignKeyConstraint(["secretary_id"], ["person.id"], name=op.f("fk_meeting_series_secretary_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_series")),
    )
    op.create_index("ix_meeting_series_first_on", "meeting_series", ["first_on"], unique=False)
    op.create_table(
        "meeting_template",
        sa.Column("name", sa.Text(), nullable=False),
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
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("body_name", sa.Text(), nullable=False),
        sa.Column("chair_id", sa.Uuid(), nullable=True),
        sa.Column("secretary_id", sa.Uuid(), nullable=True),
        sa.Column("body", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("duration_minutes >= 5", name=op.f("ck_meeting_template_duration")),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_meeting_template_chair_id")),
        sa.ForeignKeyConstraint(["secretary_id"], ["person.id"], name=op.f("fk_meeting_template_secretary_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_template")),
    )
    op.create_index(
        "uq_meeting_template_name",
        "meeting_template",
        ["name"],
        unique=True,
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "report_period",
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cut_off_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_report_period_days")),
        sa.CheckConstraint("opens_at < cut_off_at", name=op.f("ck_report_period_moments")),
        sa.ForeignKeyConstraint(["form_id"], ["report_form.id"], name=op.f("fk_report_period_form_id")),
        sa.ForeignKeyConstraint(["version_id"], ["report_form_version.id"], name=op.f("fk_report_period_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_period")),
    )
    op.create_index("ix_report_period_cut_off", "report_period", ["cut_off_at"], unique=False)
    op.create_index(
        "uq_report_period_days",
        "report_period",
        ["form_id", "starts_on"],
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_table(
        "voice_consent",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= given_at", name=op.f("ck_voice_consent_withdrawn_after_given")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_voice_consent_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice_consent")),
    )
    op.create_index(op.f("ix_voice_consent_person_id"), "voice_consent", ["person_id"], unique=False)
    op.create_index(
        "uq_voice_consent_living",
        "voice_consent",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "report_duty",
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("revision_count", sa.Integer(), nullable=False),
        sa.Column("first_submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("is_nil", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(revision_count = 0) = (first_submitted_at IS NULL)", name=op.f("ck_report_duty_submitted")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["report_period.id"], name=op.f("fk_report_duty_period_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_report_duty_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_duty")),
        sa.UniqueConstraint("period_id", "unit_id", name=op.f("uq_report_duty_period_id_unit_id")),
    )
    op.create_index("ix_report_duty_unit", "report_duty", ["unit_id", "created_at"], unique=False)
    op.create_table(
        "cap_exception",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=False),
        sa.Column("granted_by_name", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("allowed >= 1", name=op.f("ck_cap_exception_allowed")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_cap_exception_meeting_id")),
        sa.ForeignKeyConstraint(["policy_id"], ["cap_policy.id"], name=op.f("fk_cap_exception_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cap_exception")),
    )
    op.create_index(op.f("ix_cap_exception_meeting_id"), "cap_exception", ["meeting_id"], unique=False)
    op.create_index(
        "uq_cap_exception_live",
        "cap_exception",
        ["meeting_id", "policy_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "invitation_letter",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("inviter", sa.Text(), nullable=False),
        sa.Column("signer_authority", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("signer_title", sa.Text(), nullable=False),
        sa.Column("signer_name", sa.Text(), nullable=False),
        sa.Column("notes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("recipients", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number IS NULL OR number >= 1", name=op.f("ck_invitation_letter_number")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_invitation_letter_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_letter")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_invitation_letter_meeting_id")),
    )
    op.create_table(
        "live_message",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_live_message_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_message")),
    )
    op.create_index("ix_live_message_meeting", "live_message", ["meeting_id", "created_at"], unique=False)
    op.create_table(
        "recorder_run",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("recorder_url", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("failure_detail", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_recorder_run_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recorder_run")),
    )
    op.create_index("ix_recorder_run_meeting", "recorder_run", ["meeting_id", "created_at"], unique=False)
    op.create_index(
        "uq_recorder_run_open",
        "recorder_run",
        ["meeting_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('requested', 'starting', 'recording', 'stopping')"),
    )
    op.create_index(
        "uq_recorder_run_recorder",
        "recorder_run",
        ["recorder_url"],
        unique=True,
        postgresql_where=sa.text("state IN ('starting', 'recording', 'stopping')"),
    )
    op.create_table(
        "report_reminder",
        sa.Column("duty_id", sa.Uuid(), nullable=False),
        sa.Column("minutes_before", sa.Integer(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["report_duty.id"], name=op.f("fk_report_reminder_duty_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_reminder")),
        sa.UniqueConstraint("duty_id", "minutes_before", name=op.f("uq_report_reminder_duty_id_minutes_before")),
    )
    op.create_table(
        "report_revision",
        sa.Column("duty_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("values", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_nil", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number = 1 OR reason <> ''", name=op.f("ck_report_revision_reason")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_report_revision_number")),
        sa.ForeignKeyConstraint(["duty_id"], ["report_duty.id"], name=op.f("fk_report_revision_duty_id")),
        sa.ForeignKeyConstraint(["version_id"], ["report_form_version.id"], name=op.f("fk_report_revision_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_revision")),
        sa.UniqueConstraint("duty_id", "number", name=op.f("uq_report_revision_duty_id_number")),
    )
    op.create_table(
        "agenda_mark",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_agenda_mark_agenda_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_mark_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_mark")),
    )
    op.create_index("ix_agenda_mark_meeting", "agenda_mark", ["meeting_id", "at"], unique=False)
    op.create_table(
        "endpoint_speech",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ended_at >= started_at", name=op.f("ck_endpoint_speech_ended_after_started")),
        sa.ForeignKeyConstraint(
            ["meeting_endpoint_id"], ["meeting_endpoint.id"], name=op.f("fk_endpoint_speech_meeting_endpoint_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_endpoint_speech_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endpoint_speech")),
        sa.UniqueConstraint(
            "meeting_id",
            "meeting_endpoint_id",
            "started_at",
            name=op.f("uq_endpoint_speech_meeting_id_meeting_endpoint_id_started_at"),
        ),
    )
    op.create_index(
        op.f("ix_endpoint_speech_meeting_endpoint_id"), "endpoint_speech", ["meeting_endpoint_id"], unique=False
    )
    op.create_table(
        "head_count",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_head_count_count")),
        sa.ForeignKeyConstraint(
            ["meeting_endpoint_id"], ["meeting_endpoint.id"], name=op.f("fk_head_count_meeting_endpoint_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_head_count_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head_count")),
    )
    op.create_index("ix_head_count_meeting", "head_count", ["meeting_id"], unique=False)
    op.create_index("ix_head_count_place", "head_count", ["meeting_endpoint_id", "at"], unique=False)
    op.create_table(
        "incident",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_endpoint_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "no_sound",
                "no_picture",
                "line_lost",
                "echo",
                "power_cut",
                "recorder_fault",
                "recovered",
                "note",
                name="incidentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("is_withdrawal", sa.Boolean(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "NOT is_withdrawal OR corrects_id IS NOT NULL", name=op.f("ck_incident_withdrawal_names_line")
        ),
        sa.ForeignKeyConstraint(["corrects_id"], ["incident.id"], name=op.f("fk_incident_corrects_id")),
        sa.ForeignKeyConstraint(
            ["meeting_endpoint_id"], ["meeting_endpoint.id"], name=op.f("fk_incident_meeting_endpoint_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_incident_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_incident_corrects_id")),
    )
    op.create_index("ix_incident_meeting", "incident", ["meeting_id", "at"], unique=False)
    op.create_table(
        "invitation_letter_revision",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("docx_key", sa.Text(), nullable=False),
        sa.Column("docx_sha256", sa.Text(), nullable=False),
        sa.Column("pdf_key", sa.Text(), nullable=False),
        sa.Column("pdf_sha256", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["invitation_letter.id"], name=op.f("fk_invitation_letter_revision_letter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_letter_revision")),
        sa.UniqueConstraint("letter_id", "revision", name=op.f("uq_invitation_letter_revision_letter_id_revision")),
    )
    op.create_table(
        "join_grant",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clicks", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_endpoint_id"], ["meeting_endpoint.id"], name=op.f("fk_join_grant_meeting_endpoint_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_join_grant_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_grant")),
        sa.UniqueConstraint("meeting_endpoint_id", name=op.f("uq_join_grant_meeting_endpoint_id")),
    )
    op.create_index(op.f("ix_join_grant_meeting_id"), "join_grant", ["meeting_id"], unique=False)
    op.create_table(
        "readiness_check",
        sa.Column("meeting_endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "source",
            sa.Enum("browser", "telephone", name="checksource", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "camera",
            sa.Enum("good", "bad", "not_tested", name="camera", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "microphone",
            sa.Enum(
                "good", "bad", "not_tested", name="microphone", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "speakers",
            sa.Enum("good", "bad", "not_tested", name="speakers", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("camera_name", sa.Text(), nullable=False),
        sa.Column("microphone_name", sa.Text(), nullable=False),
        sa.Column("speakers_name", sa.Text(), nullable=False),
        sa.Column("down_kbps", sa.Integer(), nullable=True),
        sa.Column("up_kbps", sa.Integer(), nullable=True),
        sa.Column("round_trip_ms", sa.Integer(), nullable=True),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("problems", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "up_kbps >= 0 AND down_kbps >= 0 AND round_trip_ms >= 0", name=op.f("ck_readiness_check_measured")
        ),
        sa.ForeignKeyConstraint(["endpoint_id"], ["endpoint.id"], name=op.f("fk_readiness_check_endpoint_id")),
        sa.ForeignKeyConstraint(
            ["meeting_endpoint_id"], ["meeting_endpoint.id"], name=op.f("fk_readiness_check_meeting_endpoint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness_check")),
    )
    op.create_index("ix_readiness_check_endpoint", "readiness_check", ["endpoint_id", "at"], unique=False)
    op.create_index("ix_readiness_check_place", "readiness_check", ["meeting_endpoint_id", "at"], unique=False)
    op.create_table(
        "report_compilation",
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column(
            "because",
            sa.Enum(
                "asked",
                "correction",
                "late",
                name="compiledbecause",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision_id", sa.Uuid(), nullable=True),
        sa.Column("compiled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_report_compilation_number")),
        sa.ForeignKeyConstraint(["period_id"], ["report_period.id"], name=op.f("fk_report_compilation_period_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["report_revision.id"], name=op.f("fk_report_compilation_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_compilation")),
        sa.UniqueConstraint("period_id", "number", name=op.f("uq_report_compilation_period_id_number")),
    )
    op.create_table(
        "invitation",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("addresses", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_link_id", sa.Uuid(), nullable=True),
        sa.Column("letter_revision_id", sa.Uuid(), nullable=True),
        sa.Column("resends", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "answer",
            sa.Enum("coming", "declined", name="answer", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decline_reason", sa.Text(), nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=True),
        sa.Column("people", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact_phone", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_invitation_answer_with_time")),
        sa.CheckConstraint("head_count IS NULL OR head_count >= 0", name=op.f("ck_invitation_head_count")),
        sa.ForeignKeyConstraint(
            ["letter_revision_id"], ["invitation_letter_revision.id"], name=op.f("fk_invitation_letter_revision_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_endpoint_id"], ["meeting_endpoint.id"], name=op.f("fk_invitation_meeting_endpoint_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_invitation_meeting_id")),
        sa.ForeignKeyConstraint(["sent_link_id"], ["join_link.id"], name=op.f("fk_invitation_sent_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("meeting_endpoint_id", name=op.f("uq_invitation_meeting_endpoint_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_invitation_uid")),
    )
    op.create_index(op.f("ix_invitation_meeting_id"), "invitation", ["meeting_id"], unique=False)
    op.create_table(
        "roll_entry",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
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
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_roll_entry_meeting_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_roll_entry_participant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_entry")),
    )
    op.create_index("ix_roll_entry_meeting", "roll_entry", ["meeting_id"], unique=False)
    op.create_index("ix_roll_entry_participant", "roll_entry", ["participant_id", "at"], unique=False)
    op.create_table(
        "voice_print",
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("enrolled_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_voice_print_seconds")),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["voice_consent.id"], name=op.f("fk_voice_print_consent_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcript.id"], name=op.f("fk_voice_print_transcript_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice_print")),
        sa.UniqueConstraint(
            "consent_id", "transcript_id", "model", name=op.f("uq_voice_print_consent_id_transcript_id_model")
        ),
    )
    op.create_index(op.f("ix_voice_print_model"), "voice_print", ["model"], unique=False)
    op.create_index(op.f("ix_voice_print_transcript_id"), "voice_print", ["transcript_id"], unique=False)
    op.create_table(
        "carried_task",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_carried_task_meeting_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_carried_task_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carried_task")),
        sa.UniqueConstraint("meeting_id", "task_id", name=op.f("uq_carried_task_meeting_id_task_id")),
    )
    op.create_index(op.f("ix_carried_task_task_id"), "carried_task", ["task_id"], unique=False)
    op.add_column(
        "cap_policy", sa.Column("kinds", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False)
    )
    op.add_column(
        "cap_policy",
        sa.Column("may_exceed_roles", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column("cap_policy", sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("endpoint", sa.Column("equipment", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("endpoint", sa.Column("contact_phone", sa.Text(), server_default="", nullable=False))
    op.add_column("endpoint", sa.Column("contact_email", sa.Text(), nullable=True))
    op.add_column("endpoint", sa.Column("last_check_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("endpoint", sa.Column("last_check_ok", sa.Boolean(), nullable=True))
    op.add_column("endpoint", sa.Column("last_check_detail", sa.Text(), server_default="", nullable=False))
    op.add_column("endpoint", sa.Column("search_text", sa.Text(), server_default="", nullable=False))
    op.add_column("endpoint", sa.Column("active", sa.Boolean(), server_default="true", nullable=False))
    op.add_column("endpoint", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("meeting", sa.Column("series_id", sa.Uuid(), nullable=True))
    op.add_column("meeting", sa.Column("occurrence_on", sa.Date(), nullable=True))
    op.add_column(
        "meeting", sa.Column("is_edited_alone", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("meeting", sa.Column("extended_minutes", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column(
        "meeting",
        sa.Column(
            "time_warnings",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )
    op.add_column("meeting", sa.Column("search_text", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.create_index(
        "ix_meeting_search_text",
        "meeting",
        ["search_text"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    )
    op.create_index("ix_meeting_state_starts_at", "meeting", ["state", "starts_at"], unique=False)
    op.create_unique_constraint("uq_meeting_occurrence", "meeting", ["series_id", "occurrence_on"])
    op.create_foreign_key(op.f("fk_meeting_series_id"), "meeting", "meeting_series", ["series_id"], ["id"])
    op.add_column("meeting_endpoint", sa.Column("physical_room_id", sa.Uuid(), nullable=True))
    op.add_column("meeting_endpoint", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(
        op.f("fk_meeting_endpoint_physical_room_id"), "meeting_endpoint", "physical_room", ["physical_room_id"], ["id"]
    )
    op.add_column("person", sa.Column("code", sa.Text(), nullable=True))
    op.add_column("person", sa.Column("phone", sa.Text(), server_default="", nullable=False))
    op.add_column("person", sa.Column("name_key", sa.Text(collation="C"), server_default="", nullable=False))
    op.add_column("person", sa.Column("search_text", sa.Text(), server_default="", nullable=False))
    op.add_column("person", sa.Column("active", sa.Boolean(), server_default="true", nullable=False))
    op.add_column("person", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.create_index("ix_person_protocol", "person", ["protocol_rank", "name_key"], unique=False)
    op.create_unique_constraint(op.f("uq_person_code"), "person", ["code"])
    op.add_column(
        "presence_interval", sa.Column("is_console", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column(
        "presence_interval",
        sa.Column("joined_is_assumed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column(
        "presence_interval", sa.Column("left_is_assumed", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("unit", sa.Column("search_text", sa.Text(), server_default="", nullable=False))
    op.add_column("unit", sa.Column("active", sa.Boolean(), server_default="true", nullable=False))
    op.add_column("unit", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.create_check_constraint("parent", "unit", "parent_id <> id")
    _book("AND withdrawn_at IS NULL")
    op.execute(
        "ALTER TABLE meeting_endpoint ADD CONSTRAINT ex_meeting_endpoint_room_overlap EXCLUDE USING gist "
        f"(physical_room_id WITH =, meeting_id WITH <>, {PERIOD}) WHERE ({BOOKED} AND withdrawn_at IS NULL)"
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
    _fill_keys()


def downgrade() -> None:
    """Take it away again; an endpoint that was withdrawn counts as booked once more."""
    op.drop_constraint("ex_meeting_endpoint_room_overlap", "meeting_endpoint")
    _book("")
    op.drop_constraint("ck_unit_parent", "unit")
    op.drop_column("unit", "version")
    op.drop_column("unit", "active")
    op.drop_column("unit", "search_text")
    op.drop_column("presence_interval", "left_is_assumed")
    op.drop_column("presence_interval", "joined_is_assumed")
    op.drop_column("presence_interval", "is_console")
    op.drop_constraint(op.f("uq_person_code"), "person", type_="unique")
    op.drop_index("ix_person_protocol", table_name="person")
    op.drop_column("person", "version")
    op.drop_column("person", "active")
    op.drop_column("person", "search_text")
    op.drop_column("person", "name_key")
    op.drop_column("person", "phone")
    op.drop_column("person", "code")
    op.drop_constraint(op.f("fk_meeting_endpoint_physical_room_id"), "meeting_endpoint", type_="foreignkey")
    op.drop_column("meeting_endpoint", "withdrawn_at")
    op.drop_column("meeting_endpoint", "physical_room_id")
    op.drop_constraint(op.f("fk_meeting_series_id"), "meeting", type_="foreignkey")
    op.drop_constraint("uq_meeting_occurrence", "meeting", type_="unique")
    op.drop_index("ix_meeting_state_starts_at", table_name="meeting")
    op.drop_index(
        "ix_meeting_search_text",
        table_name="meeting",
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    )
    op.drop_column("meeting", "search_text")
    op.drop_column("meeting", "time_warnings")
    op.drop_column("meeting", "extended_minutes")
    op.drop_column("meeting", "is_edited_alone")
    op.drop_column("meeting", "occurrence_on")
    op.drop_column("meeting", "series_id")
    op.drop_column("endpoint", "version")
    op.drop_column("endpoint", "active")
    op.drop_column("endpoint", "search_text")
    op.drop_column("endpoint", "last_check_detail")
    op.drop_column("endpoint", "last_check_ok")
    op.drop_column("endpoint", "last_check_at")
    op.drop_column("endpoint", "contact_email")
    op.drop_column("endpoint", "contact_phone")
    op.drop_column("endpoint", "equipment")
    op.drop_column("cap_policy", "note")
    op.drop_column("cap_policy", "may_exceed_roles")
    op.drop_column("cap_policy", "kinds")
    op.drop_index(op.f("ix_carried_task_task_id"), table_name="carried_task")
    op.drop_table("carried_task")
    op.drop_index(op.f("ix_voice_print_transcript_id"), table_name="voice_print")
    op.drop_index(op.f("ix_voice_print_model"), table_name="voice_print")
    op.drop_table("voice_print")
    op.drop_index("ix_roll_entry_participant", table_name="roll_entry")
    op.drop_index("ix_roll_entry_meeting", table_name="roll_entry")
    op.drop_table("roll_entry")
    op.drop_index(op.f("ix_invitation_meeting_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_table("report_compilation")
    op.drop_index("ix_readiness_check_place", table_name="readiness_check")
    op.drop_index("ix_readiness_check_endpoint", table_name="readiness_check")
    op.drop_table("readiness_check")
    op.drop_index(op.f("ix_join_grant_meeting_id"), table_name="join_grant")
    op.drop_table("join_grant")
    op.drop_table("invitation_letter_revision")
    op.drop_index("ix_incident_meeting", table_name="incident")
    op.drop_table("incident")
    op.drop_index("ix_head_count_place", table_name="head_count")
    op.drop_index("ix_head_count_meeting", table_name="head_count")
    op.drop_table("head_count")
    op.drop_index(op.f("ix_endpoint_speech_meeting_endpoint_id"), table_name="endpoint_speech")
    op.drop_table("endpoint_speech")
    op.drop_index("ix_agenda_mark_meeting", table_name="agenda_mark")
    op.drop_table("agenda_mark")
    op.drop_table("report_revision")
    op.drop_table("report_reminder")
    op.drop_index(
        "uq_recorder_run_recorder",
        table_name="recorder_run",
        postgresql_where=sa.text("state IN ('starting', 'recording', 'stopping')"),
    )
    op.drop_index(
        "uq_recorder_run_open",
        table_name="recorder_run",
        postgresql_where=sa.text("state IN ('requested', 'starting', 'recording', 'stopping')"),
    )
    op.drop_index("ix_recorder_run_meeting", table_name="recorder_run")
    op.drop_table("recorder_run")
    op.drop_index("ix_live_message_meeting", table_name="live_message")
    op.drop_table("live_message")
    op.drop_table("invitation_letter")
    op.drop_index("uq_cap_exception_live", table_name="cap_exception", postgresql_where=sa.text("revoked_at IS NULL"))
    op.drop_index(op.f("ix_cap_exception_meeting_id"), table_name="cap_exception")
    op.drop_table("cap_exception")
    op.drop_index("ix_report_duty_unit", table_name="report_duty")
    op.drop_table("report_duty")
    op.drop_index(
        "uq_voice_consent_living", table_name="voice_consent", postgresql_where=sa.text("withdrawn_at IS NULL")
    )
    op.drop_index(op.f("ix_voice_consent_person_id"), table_name="voice_consent")
    op.drop_table("voice_consent")
    op.drop_index("uq_report_period_days", table_name="report_period", postgresql_where=sa.text("state <> 'cancelled'"))
    op.drop_index("ix_report_period_cut_off", table_name="report_period")
    op.drop_table("report_period")
    op.drop_index(
        "uq_meeting_template_name", table_name="meeting_template", postgresql_where=sa.text("retired_at IS NULL")
    )
    op.drop_table("meeting_template")
    op.drop_index("ix_meeting_series_first_on", table_name="meeting_series")
    op.drop_table("meeting_series")
    op.drop_index(op.f("ix_endpoint_unit_unit_id"), table_name="endpoint_unit")
    op.drop_table("endpoint_unit")
    op.drop_index(op.f("ix_endpoint_room_room_id"), table_name="endpoint_room")
    op.drop_table("endpoint_room")
    op.drop_table("report_form_version")
    op.drop_index(op.f("ix_report_form_unit_unit_id"), table_name="report_form_unit")
    op.drop_table("report_form_unit")
    op.drop_index(
        "ix_mail_recipient_address",
        table_name="mail_recipient",
        postgresql_using="gin",
        postgresql_ops={"address": "gin_trgm_ops"},
    )
    op.drop_table("mail_recipient")
    op.drop_index(op.f("ix_cap_policy_unit_unit_id"), table_name="cap_policy_unit")
    op.drop_table("cap_policy_unit")
    op.drop_table("report_form")
    op.drop_table("recorder_status")
    op.drop_table("physical_room")
    op.drop_index(
        "ix_outgoing_mail_subject",
        table_name="outgoing_mail",
        postgresql_using="gin",
        postgresql_ops={"subject": "gin_trgm_ops"},
    )
    op.drop_index("ix_outgoing_mail_state", table_name="outgoing_mail")
    op.drop_index("ix_outgoing_mail_due", table_name="outgoing_mail", postgresql_where=sa.text("state = 'queued'"))
    op.drop_index("ix_outgoing_mail_created_at", table_name="outgoing_mail")
    op.drop_index("ix_outgoing_mail_about", table_name="outgoing_mail")
    op.drop_table("outgoing_mail")
    op.drop_table("holiday")
    op.drop_index(op.f("ix_directory_upload_created_at"), table_name="directory_upload")
    op.drop_index(op.f("ix_directory_upload_account_id"), table_name="directory_upload")
    op.drop_table("directory_upload")
    op.drop_table("calendar_year")


def _book(condition: str) -> None:
    """Which rows of meeting_endpoint count as booked, and among which one may be the central one."""
    op.execute("ALTER TABLE meeting_endpoint DROP CONSTRAINT ex_meeting_endpoint_overlap")
    op.execute(
        "ALTER TABLE meeting_endpoint ADD CONSTRAINT ex_meeting_endpoint_overlap EXCLUDE USING gist "
        f"(endpoint_id WITH =, {PERIOD}) WHERE ({BOOKED} {condition})"
    )
    op.execute("DROP INDEX uq_meeting_endpoint_central")
    op.execute(
        "CREATE UNIQUE INDEX uq_meeting_endpoint_central ON meeting_endpoint (meeting_id) "
        f"WHERE (is_central {condition})"
    )


def _fill_keys() -> None:
    """Entries made before get the letters they are searched and sorted by, as new ones do."""
    _fill("unit", search_text, "code", "name", "abbreviations", "aliases", "kind")
    _fill("person", search_text, "full_name", "code", "title", "email", "phone")
    _fill("endpoint", search_text, "code", "name", "location", "contact", "contact_phone", "contact_email")
    _fill("person", name_order, "full_name", key="name_key")
    _fill("meeting", meeting_text, "title", "code", "body_name")


def _fill(table: str, make: Callable[..., str], *names: str, key: str = "search_text") -> None:
    columns = [sa.column(name) for name in names]
    rows = sa.table(table, sa.column("id"), sa.column(key), *columns)
    connection = op.get_bind()
    for row in connection.execute(sa.select(rows.c.id, *(rows.c[name] for name in names))).all():
        said = [" ".join(value) if isinstance(value, list) else str(value or "") for value in row[1:]]
        connection.execute(rows.update().where(rows.c.id == row.id).values({key: make(*said)}))
