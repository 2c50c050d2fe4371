"""The record and the paper: shared pieces, live words, learned terms, signatures, follow-up, sessions on the server.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: Rows of these new tables are written once; the guard's function came with 0001.
APPEND_ONLY = (
    "live_publication",
    "live_utterance",
    "notice_signature",
    "recording_part",
    "task_report_file",
)

#: What would be lost on the way back.
NEW_KINDS = {
    "transcripts of live rooms": "SELECT FROM transcript WHERE recording_id IS NULL",
    "joined recordings": "SELECT FROM recording WHERE source = 'joined'",
    "papers that follow a notice": "SELECT FROM notice WHERE kind <> 'notice'",
}


def upgrade() -> None:
    """Make what is new; a transcript may come from the live room, so it needs no recording."""
    op.create_table(
        "paper_pattern",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("issuing_parent", sa.Text(), nullable=False),
        sa.Column("issuing_body", sa.Text(), nullable=False),
        sa.Column("symbol_suffix", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("authority_lines", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("capacity", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("signer_name", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_pattern")),
    )
    op.create_index(
        "uq_paper_pattern_name", "paper_pattern", ["name"], unique=True, postgresql_where=sa.text("retired_at IS NULL")
    )
    op.create_table(
        "paper_template",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("remarks", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("added_by_name", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('notice', 'letter', 'record')", name=op.f("ck_paper_template_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_template")),
        sa.UniqueConstraint("kind", "version", name=op.f("uq_paper_template_kind_version")),
    )
    op.create_table(
        "signing_key",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key_object", sa.Text(), nullable=True),
        sa.Column("token_label", sa.Text(), nullable=False),
        sa.Column("certificate_label", sa.Text(), nullable=False),
        sa.Column("picture_object", sa.Text(), nullable=True),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_name", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'person') = (account_id IS NOT NULL)", name=op.f("ck_signing_key_owner")),
        sa.CheckConstraint("(source = 'pkcs12') = (key_object IS NOT NULL)", name=op.f("ck_signing_key_source")),
        sa.CheckConstraint("kind IN ('person', 'seal')", name=op.f("ck_signing_key_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
    )
    op.create_index(op.f("ix_signing_key_account_id"), "signing_key", ["account_id"], unique=False)
    op.create_index(
        "uq_signing_key_in_use",
        "signing_key",
        ["kind", "account_id", "fingerprint"],
        unique=True,
        postgresql_where=sa.text("retired_at IS NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "browser_session",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_browser_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browser_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_browser_session_token_hash")),
    )
    op.create_index("ix_browser_session_account", "browser_session", ["account_id", "ended_at"], unique=False)
    op.create_table(
        "learned_term",
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("key_sha256", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(erased_at IS NULL) <> (written = '')", name=op.f("ck_learned_term_erased_is_empty")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_learned_term_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_term")),
        sa.UniqueConstraint(
            "unit_id", "key_sha256", name=op.f("uq_learned_term_unit_id_key_sha256"), postgresql_nulls_not_distinct=True
        ),
    )
    op.create_index(
        "ix_learned_term_living",
        "learned_term",
        ["unit_id"],
        unique=False,
        postgresql_where=sa.text("erased_at IS NULL"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"], unique=False)
    op.create_table(
        "second_factor",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_second_factor_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "live_stream",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= began_at", name=op.f("ck_live_stream_ended_after_began")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_live_stream_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_stream")),
    )
    op.create_index("ix_live_stream_meeting", "live_stream", ["meeting_id", "began_at"], unique=False)
    op.create_table(
        "room_ending",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("room_name", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(done_at IS NULL) = (outcome = '')", name=op.f("ck_room_ending_outcome_with_end")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_room_ending_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_ending")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_room_ending_meeting_id")),
    )
    op.create_index(
        "ix_room_ending_open", "room_ending", ["asked_at"], unique=False, postgresql_where=sa.text("done_at IS NULL")
    )
    op.create_table(
        "live_phrase",
        sa.Column("utterance_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("meeting_endpoint_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_endpoint_id"], ["meeting_endpoint.id"], name=op.f("fk_live_phrase_meeting_endpoint_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_live_phrase_meeting_id")),
        sa.PrimaryKeyConstraint("utterance_id", name=op.f("pk_live_phrase")),
    )
    op.create_index(op.f("ix_live_phrase_meeting_id"), "live_phrase", ["meeting_id"], unique=False)
    op.create_table(
        "live_utterance",
        sa.Column("number", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("meeting_endpoint_id", sa.Uuid(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rms", sa.Double(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("heard", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ended_at >= began_at", name=op.f("ck_live_utterance_ended_after_began")),
        sa.ForeignKeyConstraint(
            ["meeting_endpoint_id"], ["meeting_endpoint.id"], name=op.f("fk_live_utterance_meeting_endpoint_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_live_utterance_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_utterance")),
        sa.UniqueConstraint("number", name=op.f("uq_live_utterance_number")),
    )
    op.create_index("ix_live_utterance_meeting", "live_utterance", ["meeting_id", "number"], unique=False)
    op.create_table(
        "recording_part",
        sa.Column("whole_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("offset_seconds", sa.Double(), nullable=True),
        sa.CheckConstraint("offset_seconds >= 0", name=op.f("ck_recording_part_offset")),
        sa.CheckConstraint("whole_id <> part_id", name=op.f("ck_recording_part_part_of_another")),
        sa.ForeignKeyConstraint(["part_id"], ["recording.id"], name=op.f("fk_recording_part_part_id")),
        sa.ForeignKeyConstraint(["whole_id"], ["recording.id"], name=op.f("fk_recording_part_whole_id")),
        sa.PrimaryKeyConstraint("whole_id", "position", name=op.f("pk_recording_part")),
        sa.UniqueConstraint("whole_id", "part_id", name=op.f("uq_recording_part_whole_id_part_id")),
    )
    op.create_index(op.f("ix_recording_part_part_id"), "recording_part", ["part_id"], unique=False)
    op.create_table(
        "live_voice",
        sa.Column("utterance_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_live_voice_meeting_id")),
        sa.ForeignKeyConstraint(["utterance_id"], ["live_utterance.id"], name=op.f("fk_live_voice_utterance_id")),
        sa.PrimaryKeyConstraint("utterance_id", name=op.f("pk_live_voice")),
    )
    op.create_index(op.f("ix_live_voice_meeting_id"), "live_voice", ["meeting_id"], unique=False)
    op.create_table(
        "notice_comment",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_comment_notice_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["notice_revision.id"], name=op.f("fk_notice_comment_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_comment")),
    )
    op.create_index(op.f("ix_notice_comment_notice_id"), "notice_comment", ["notice_id"], unique=False)
    op.create_table(
        "notice_signature",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("approval_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("fields", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("pdf_key", sa.Text(), nullable=False),
        sa.Column("pdf_sha256", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("places", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('person', 'seal')", name=op.f("ck_notice_signature_kind")),
        sa.ForeignKeyConstraint(["approval_id"], ["notice_approval.id"], name=op.f("fk_notice_signature_approval_id")),
        sa.ForeignKeyConstraint(["key_id"], ["signing_key.id"], name=op.f("fk_notice_signature_key_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_signature_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_signature")),
    )
    op.create_index(op.f("ix_notice_signature_notice_id"), "notice_signature", ["notice_id"], unique=False)
    op.create_index("uq_notice_signature_step", "notice_signature", ["approval_id", "kind"], unique=True)
    op.create_table(
        "stage_piece",
        sa.Column("stage_run_id", sa.Uuid(), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("piece", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("sound_sha256", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("setbacks", sa.Integer(), nullable=False),
        sa.Column("fencing_token", sa.BigInteger(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("artifact_key", sa.Text(), nullable=True),
        sa.Column("artifact_sha256", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state <> 'done' OR artifact_key IS NOT NULL", name=op.f("ck_stage_piece_done_has_artifact")
        ),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_stage_piece_seconds")),
        sa.ForeignKeyConstraint(["stage_run_id"], ["stage_run.id"], name=op.f("fk_stage_piece_stage_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_piece")),
        sa.UniqueConstraint("stage_run_id", "index", name=op.f("uq_stage_piece_stage_run_id_index")),
    )
    op.create_index(
        "ix_stage_piece_open",
        "stage_piece",
        ["stage_run_id", "index"],
        unique=False,
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
    )
    op.create_table(
        "learned_term_source",
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["term_id"], ["learned_term.id"], name=op.f("fk_learned_term_source_term_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_learned_term_source_transcript_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_term_source")),
        sa.UniqueConstraint("term_id", "transcript_id", name=op.f("uq_learned_term_source_term_id_transcript_id")),
    )
    op.create_index(
        op.f("ix_learned_term_source_transcript_id"), "learned_term_source", ["transcript_id"], unique=False
    )
    op.create_table(
        "live_publication",
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("through_number", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_live_publication_meeting_id")),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcript.id"], name=op.f("fk_live_publication_transcript_id")),
        sa.PrimaryKeyConstraint("transcript_id", name=op.f("pk_live_publication")),
    )
    op.create_index(
        "ix_live_publication_meeting",
        "live_publication",
        ["meeting_id", sa.literal_column("through_number DESC")],
        unique=False,
    )
    op.create_table(
        "task_extension",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_name", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_extension_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_extension")),
    )
    op.create_index(op.f("ix_task_extension_task_id"), "task_extension", ["task_id"], unique=False)
    op.create_index(
        "uq_task_extension_open",
        "task_extension",
        ["task_id"],
        unique=True,
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "task_report_file",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["task_report.id"], name=op.f("fk_task_report_file_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_report_file")),
        sa.UniqueConstraint("report_id", "position", name=op.f("uq_task_report_file_report_id_position")),
    )
    op.create_index("ix_finished_piece_fingerprint", "finished_piece", ["fingerprint"], unique=False)
    op.add_column("notice", sa.Column("kind", sa.Text(), server_default="notice", nullable=False))
    op.add_column("notice", sa.Column("predecessor_id", sa.Uuid(), nullable=True))
    op.add_column("notice", sa.Column("reason", sa.Text(), server_default="", nullable=False))
    op.create_index(op.f("ix_notice_predecessor_id"), "notice", ["predecessor_id"], unique=False)
    op.create_index(
        "uq_notice_successor",
        "notice",
        ["predecessor_id", "kind"],
        unique=True,
        postgresql_where=sa.text("state <> 'issued' AND kind <> 'notice'"),
    )
    op.create_foreign_key(op.f("fk_notice_predecessor_id"), "notice", "notice", ["predecessor_id"], ["id"])
    op.add_column("recording", sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("recording", sa.Column("started_margin_seconds", sa.Double(), nullable=True))
    op.add_column("stage_run", sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("stage_run", sa.Column("served_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "stage_run", sa.Column("piece_plan", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True)
    )
    op.add_column(
        "stage_run", sa.Column("pace", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True)
    )
    op.add_column("task", sa.Column("extended_until", sa.Date(), nullable=True))
    op.alter_column("transcript", "recording_id", existing_type=sa.UUID(), nullable=True)
    op.alter_column("transcript", "stage_run_id", existing_type=sa.UUID(), nullable=True)
    op.create_index(
        "uq_transcript_current_live",
        "transcript",
        ["meeting_id"],
        unique=True,
        postgresql_where=sa.text("is_current AND recording_id IS NULL"),
    )
    op.create_check_constraint(
        "kind", "notice", "kind IN ('notice', 'correction', 'replacement', 'withdrawal', 'reminder')"
    )
    op.create_check_constraint("predecessor", "notice", "(kind = 'notice') = (predecessor_id IS NULL)")
    op.create_check_constraint("recorded_or_live", "transcript", "(recording_id IS NULL) = (stage_run_id IS NULL)")
    _sources("'upload', 'jibri', 'joined'", "'machine', 'person', 'live'")
    _one_open_notice("AND kind = 'notice'")
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
    """Take it away again.

    Raises:
        RuntimeError: there is something of a kind that the schema before cannot hold.
    """
    for what, query in NEW_KINDS.items():
        if op.get_bind().scalar(sa.text(f"SELECT EXISTS ({query})")):
            raise RuntimeError(f"{what} exist; the schema before 0003 has no place for them")
    op.drop_constraint("ck_transcript_recorded_or_live", "transcript")
    op.drop_constraint("ck_notice_predecessor", "notice")
    op.drop_constraint("ck_notice_kind", "notice")
    _sources("'upload', 'jibri'", "'machine', 'person'")
    _one_open_notice("")
    op.drop_index(
        "uq_transcript_current_live",
        table_name="transcript",
        postgresql_where=sa.text("is_current AND recording_id IS NULL"),
    )
    op.alter_column("transcript", "stage_run_id", existing_type=sa.UUID(), nullable=False)
    op.alter_column("transcript", "recording_id", existing_type=sa.UUID(), nullable=False)
    op.drop_column("task", "extended_until")
    op.drop_column("stage_run", "pace")
    op.drop_column("stage_run", "piece_plan")
    op.drop_column("stage_run", "served_at")
    op.drop_column("stage_run", "shared_at")
    op.drop_column("recording", "started_margin_seconds")
    op.drop_column("recording", "started_at")
    op.drop_constraint(op.f("fk_notice_predecessor_id"), "notice", type_="foreignkey")
    op.drop_index(
        "uq_notice_successor", table_name="notice", postgresql_where=sa.text("state <> 'issued' AND kind <> 'notice'")
    )
    op.drop_index(op.f("ix_notice_predecessor_id"), table_name="notice")
    op.drop_column("notice", "reason")
    op.drop_column("notice", "predecessor_id")
    op.drop_column("notice", "kind")
    op.drop_index("ix_finished_piece_fingerprint", table_name="finished_piece")
    op.drop_table("task_report_file")
    op.drop_index("uq_task_extension_open", table_name="task_extension", postgresql_where=sa.text("state = 'asked'"))
    op.drop_index(op.f("ix_task_extension_task_id"), table_name="task_extension")
    op.drop_table("task_extension")
    op.drop_index("ix_live_publication_meeting", table_name="live_publication")
    op.drop_table("live_publication")
    op.drop_index(op.f("ix_learned_term_source_transcript_id"), table_name="learned_term_source")
    op.drop_table("learned_term_source")
    op.drop_index(
        "ix_stage_piece_open", table_name="stage_piece", postgresql_where=sa.text("state IN ('waiting', 'running')")
    )
    op.drop_table("stage_piece")
    op.drop_index("uq_notice_signature_step", table_name="notice_signature")
    op.drop_index(op.f("ix_notice_signature_notice_id"), table_name="notice_signature")
    op.drop_table("notice_signature")
    op.drop_index(op.f("ix_notice_comment_notice_id"), table_name="notice_comment")
    op.drop_table("notice_comment")
    op.drop_index(op.f("ix_live_voice_meeting_id"), table_name="live_voice")
    op.drop_table("live_voice")
    op.drop_index(op.f("ix_recording_part_part_id"), table_name="recording_part")
    op.drop_table("recording_part")
    op.drop_index("ix_live_utterance_meeting", table_name="live_utterance")
    op.drop_table("live_utterance")
    op.drop_index(op.f("ix_live_phrase_meeting_id"), table_name="live_phrase")
    op.drop_table("live_phrase")
    op.drop_index("ix_room_ending_open", table_name="room_ending", postgresql_where=sa.text("done_at IS NULL"))
    op.drop_table("room_ending")
    op.drop_index("ix_live_stream_meeting", table_name="live_stream")
    op.drop_table("live_stream")
    op.drop_table("second_factor")
    op.drop_index(op.f("ix_recovery_code_account_id"), table_name="recovery_code")
    op.drop_table("recovery_code")
    op.drop_index("ix_learned_term_living", table_name="learned_term", postgresql_where=sa.text("erased_at IS NULL"))
    op.drop_table("learned_term")
    op.drop_index("ix_browser_session_account", table_name="browser_session")
    op.drop_table("browser_session")
    op.drop_index(
        "uq_signing_key_in_use",
        table_name="signing_key",
        postgresql_where=sa.text("retired_at IS NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.drop_index(op.f("ix_signing_key_account_id"), table_name="signing_key")
    op.drop_table("signing_key")
    op.drop_table("paper_template")
    op.drop_index("uq_paper_pattern_name", table_name="paper_pattern", postgresql_where=sa.text("retired_at IS NULL"))
    op.drop_table("paper_pattern")


def _sources(of_recordings: str, of_revisions: str) -> None:
    """Where a recording, and the text of a transcript, may come from."""
    for table, name, sources in (
        ("recording", "recordingsource", of_recordings),
        ("transcript_revision", "revisionsource", of_revisions),
    ):
        op.drop_constraint(f"ck_{table}_{name}", table)
        op.create_check_constraint(name, table, f"source IN ({sources})")


def _one_open_notice(condition: str) -> None:
    """A meeting has one notice in work; what corrects or replaces an issued one stands beside it."""
    op.execute("DROP INDEX uq_notice_open")
    op.execute(f"CREATE UNIQUE INDEX uq_notice_open ON notice (meeting_id) WHERE (state <> 'issued' {condition})")
