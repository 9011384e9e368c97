"""The second schema: what is stated about a case as facts, and people as they belong together."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Forward only."""
    op.create_table(
        "addresses",
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("safe", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
    )
    op.create_index(op.f("ix_addresses_person_id"), "addresses", ["person_id"], unique=False)
    op.create_table(
        "case_clearances",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("fact", sa.String(), nullable=True),
        sa.Column("happened_on", sa.String(), nullable=True),
        sa.Column("happened_on_missing", sa.String(), nullable=True),
        sa.Column("moment", sa.String(), nullable=True),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("stated_by", sa.LargeBinary(), nullable=True),
        sa.Column("stated_at", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_clearances")),
    )
    op.create_index(op.f("ix_case_clearances_case_id"), "case_clearances", ["case_id"], unique=False)
    op.create_table(
        "case_confirmations",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("fact", sa.String(), nullable=True),
        sa.Column("happened_on", sa.String(), nullable=True),
        sa.Column("happened_on_missing", sa.String(), nullable=True),
        sa.Column("moment", sa.String(), nullable=True),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("stated_by", sa.LargeBinary(), nullable=True),
        sa.Column("stated_at", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_confirmations")),
    )
    op.create_index(op.f("ix_case_confirmations_case_id"), "case_confirmations", ["case_id"], unique=False)
    op.create_table(
        "case_facts",
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("addressee", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("phone_id", sa.LargeBinary(), nullable=True),
        sa.Column("allowed", sa.Boolean(), nullable=True),
        sa.Column("without_us", sa.Boolean(), nullable=True),
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("fact", sa.String(), nullable=True),
        sa.Column("happened_on", sa.String(), nullable=True),
        sa.Column("happened_on_missing", sa.String(), nullable=True),
        sa.Column("moment", sa.String(), nullable=True),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("stated_by", sa.LargeBinary(), nullable=True),
        sa.Column("stated_at", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_facts")),
    )
    op.create_index(op.f("ix_case_facts_case_id"), "case_facts", ["case_id"], unique=False)
    op.create_table(
        "custodies",
        sa.Column("document_id", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("taken_on", sa.String(), nullable=True),
        sa.Column("taken_by", sa.LargeBinary(), nullable=True),
        sa.Column("kept_where", sa.String(), nullable=True),
        sa.Column("returned_on", sa.String(), nullable=True),
        sa.Column("returned_by", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custodies")),
    )
    op.create_index(op.f("ix_custodies_document_id"), "custodies", ["document_id"], unique=False)
    op.create_index(op.f("ix_custodies_person_id"), "custodies", ["person_id"], unique=False)
    op.create_table(
        "documents",
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("renew_by", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index(op.f("ix_documents_person_id"), "documents", ["person_id"], unique=False)
    op.create_table(
        "freezes",
        sa.Column("staff_id", sa.LargeBinary(), nullable=True),
        sa.Column("incident_id", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("frozen_on", sa.String(), nullable=True),
        sa.Column("frozen_by", sa.LargeBinary(), nullable=True),
        sa.Column("agreed_by", sa.LargeBinary(), nullable=True),
        sa.Column("opened_on", sa.String(), nullable=True),
        sa.Column("opened_by", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_freezes")),
    )
    op.create_table(
        "household_members",
        sa.Column("household_id", sa.LargeBinary(), nullable=True),
        sa.Column("nationality_status", sa.String(), nullable=True),
        sa.Column("interviewed_apart_on", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_members")),
    )
    op.create_index(op.f("ix_household_members_household_id"), "household_members", ["household_id"], unique=False)
    op.create_index(op.f("ix_household_members_person_id"), "household_members", ["person_id"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("employer", sa.String(), nullable=True),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("contract", sa.String(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("lives_there", sa.String(), nullable=True),
        sa.Column("papers_with", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index(op.f("ix_jobs_person_id"), "jobs", ["person_id"], unique=False)
    op.create_table(
        "legs",
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("way", sa.String(), nullable=True),
        sa.Column("border_point", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("with_whom", sa.String(), nullable=True),
        sa.Column("papers_with", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legs")),
    )
    op.create_index(op.f("ix_legs_person_id"), "legs", ["person_id"], unique=False)
    op.create_table(
        "proceedings",
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("article", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("expulsion", sa.String(), nullable=True),
        sa.Column("safeguard", sa.String(), nullable=True),
        sa.Column("safeguard_on", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("ban_until", sa.String(), nullable=True),
        sa.Column("closed_on", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceedings")),
    )
    op.create_index(op.f("ix_proceedings_person_id"), "proceedings", ["person_id"], unique=False)
    op.create_table(
        "relations",
        sa.Column("other_id", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("keep_until", sa.String(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relations")),
    )
    op.create_index(op.f("ix_relations_other_id"), "relations", ["other_id"], unique=False)
    op.create_index(op.f("ix_relations_person_id"), "relations", ["person_id"], unique=False)
    op.create_table(
        "same_persons",
        sa.Column("same_as", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by", sa.LargeBinary(), nullable=True),
        sa.Column("decided_on", sa.String(), nullable=True),
        sa.Column("parted_on", sa.String(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_persons")),
    )
    op.create_index(op.f("ix_same_persons_person_id"), "same_persons", ["person_id"], unique=False)
    op.create_index(op.f("ix_same_persons_same_as"), "same_persons", ["same_as"], unique=False)
    op.create_table(
        "stays",
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("border_point", sa.String(), nullable=True),
        sa.Column("registered_on", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("left_on", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stays")),
    )
    op.create_index(op.f("ix_stays_person_id"), "stays", ["person_id"], unique=False)
    op.create_table(
        "steps",
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("happened_on", sa.String(), nullable=True),
        sa.Column("evidence_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
    )
    op.create_index(op.f("ix_steps_person_id"), "steps", ["person_id"], unique=False)
    op.create_table(
        "two_persons",
        sa.Column("first_id", sa.LargeBinary(), nullable=True),
        sa.Column("second_id", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by", sa.LargeBinary(), nullable=True),
        sa.Column("decided_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_two_persons")),
    )
    op.create_table(
        "wages",
        sa.Column("job_id", sa.LargeBinary(), nullable=True),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("agreed", sa.Integer(), nullable=True),
        sa.Column("paid", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wages")),
    )
    op.create_index(op.f("ix_wages_job_id"), "wages", ["job_id"], unique=False)
    op.create_index(op.f("ix_wages_person_id"), "wages", ["person_id"], unique=False)
    op.add_column("audit_key_copies", sa.Column("kem_key", sa.LargeBinary(), nullable=True))
    op.add_column("people", sa.Column("iin", sa.String(), nullable=True))
    op.add_column("people", sa.Column("iin_state", sa.String(), nullable=True))
    op.add_column("person_names", sa.Column("since", sa.String(), nullable=True))
    op.add_column("person_names", sa.Column("until", sa.String(), nullable=True))
    op.add_column("person_names", sa.Column("said_by", sa.String(), nullable=True))
    op.add_column("phones", sa.Column("since", sa.String(), nullable=True))
    op.add_column("phones", sa.Column("until", sa.String(), nullable=True))
    op.add_column("phones", sa.Column("said_by", sa.String(), nullable=True))
    op.add_column("releases", sa.Column("released_at", sa.String(), nullable=True))
    op.add_column("sealed_note_keys", sa.Column("kem_key", sa.LargeBinary(), nullable=True))
