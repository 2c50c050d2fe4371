"""Which meetings name a unit, answered from indexes alone: its people ask it with every search and every list.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both indexes hold the meeting too."""
    op.create_index(
        "ix_meeting_endpoint_seated",
        "meeting_endpoint",
        ["endpoint_id", "meeting_id"],
        unique=False,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index("ix_participant_person_id_meeting_id", "participant", ["person_id", "meeting_id"], unique=False)
    op.drop_index("ix_participant_person_id", table_name="participant")


def downgrade() -> None:
    """And back."""
    op.create_index("ix_participant_person_id", "participant", ["person_id"], unique=False)
    op.drop_index("ix_participant_person_id_meeting_id", table_name="participant")
    op.drop_index(
        "ix_meeting_endpoint_seated", table_name="meeting_endpoint", postgresql_where=sa.text("withdrawn_at IS NULL")
    )
