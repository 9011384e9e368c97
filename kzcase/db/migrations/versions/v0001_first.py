"""The first schema: every table, and the triggers that keep the journal append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_APPEND_ONLY = ("acts", "parts")


def upgrade() -> None:
    """Forward only."""
    _tables()
    _triggers()


def _triggers() -> None:
    for table in _APPEND_ONLY:
        _refuse(f"{table}_no_update", f"UPDATE ON {table}", "the journal is append-only")
        _refuse(f"{table}_no_delete", f"DELETE ON {table}", "the journal is append-only")
    filled = "NEW.body IS NOT NULL AND OLD.body IS NOT NULL"  # one emptied by an act that is refuted may come again
    _refuse("bodies_only_emptied", f"UPDATE ON bodies WHEN {filled}", "a body can only be emptied")
    _refuse("bodies_no_delete", "DELETE ON bodies", "the journal is append-only")


def _refuse(name: str, what: str, why: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {what} BEGIN SELECT RAISE(ABORT, '{why}'); END")


def _tables() -> None:
    op.create_table(
        "acts",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("author", sa.LargeBinary(), nullable=False),
        sa.Column("incarnation", sa.LargeBinary(), nullable=False),
        sa.Column("index_in_chain", sa.Integer(), nullable=False),
        sa.Column("hlc", sa.Integer(), nullable=False),
        sa.Column("parent", sa.LargeBinary(), nullable=True),
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
    )
    op.create_index(op.f("ix_acts_author"), "acts", ["author"], unique=False)
    op.create_index(op.f("ix_acts_incarnation_index_in_chain"), "acts", ["incarnation", "index_in_chain"], unique=False)
    op.create_table(
        "answer_sheets",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("form_id", sa.String(), nullable=True),
        sa.Column("form_version", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.String(), nullable=True),
        sa.Column("instance_id", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_sheets")),
    )
    op.create_index(op.f("ix_answer_sheets_case_id"), "answer_sheets", ["case_id"], unique=False)
    op.create_index(op.f("ix_answer_sheets_instance_id"), "answer_sheets", ["instance_id"], unique=False)
    op.create_table(
        "answers",
        sa.Column("sheet_id", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("path", sa.String(), nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("missing", sa.String(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("replaces", sa.String(), nullable=True),
        sa.Column("answered_at", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
    )
    op.create_index(op.f("ix_answers_sheet_id"), "answers", ["sheet_id"], unique=False)
    op.create_table(
        "attachments",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("chunks", sa.LargeBinary(), nullable=True),
        sa.Column("added_on", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("printing_id", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_case_id"), "attachments", ["case_id"], unique=False)
    op.create_table(
        "audit_key_copies",
        sa.Column("staff_id", sa.LargeBinary(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_key_copies")),
    )
    op.create_table(
        "batches",
        sa.Column("started_at", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
    )
    op.create_table(
        "bodies",
        sa.Column("act_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("scope", sa.LargeBinary(length=16), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("act_id", "scope", "subject", name=op.f("pk_bodies")),
    )
    op.create_table(
        "call_topics",
        sa.Column("call_id", sa.LargeBinary(), nullable=True),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_topics")),
    )
    op.create_index(op.f("ix_call_topics_call_id"), "call_topics", ["call_id"], unique=False)
    op.create_table(
        "calls",
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("caller", sa.String(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("danger", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("operator_id", sa.LargeBinary(), nullable=True),
        sa.Column("started_at", sa.String(), nullable=True),
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("erased_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
    )
    op.create_index(op.f("ix_calls_started_at"), "calls", ["started_at"], unique=False)
    op.create_table(
        "case_blocks",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("staff_id", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_blocks")),
    )
    op.create_index(op.f("ix_case_blocks_case_id"), "case_blocks", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_blocks_staff_id"), "case_blocks", ["staff_id"], unique=False)
    op.create_table(
        "case_holds",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_holds")),
    )
    op.create_index(op.f("ix_case_holds_case_id"), "case_holds", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_holds_state"), "case_holds", ["state"], unique=False)
    op.create_table(
        "cases",
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("border_point", sa.String(), nullable=True),
        sa.Column("client_id", sa.LargeBinary(), nullable=True),
        sa.Column("worker_id", sa.LargeBinary(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("urgency", sa.String(), nullable=True),
        sa.Column("opened_on", sa.String(), nullable=True),
        sa.Column("call_id", sa.LargeBinary(), nullable=True),
        sa.Column("closed_on", sa.String(), nullable=True),
        sa.Column("closure_reason", sa.String(), nullable=True),
        sa.Column("closing_summary", sa.String(), nullable=True),
        sa.Column("erased_on", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("sort_key", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    op.create_index(op.f("ix_cases_client_id_id_struck"), "cases", ["client_id", "id", "struck"], unique=False)
    op.create_index(op.f("ix_cases_number_id_struck"), "cases", ["number", "id", "struck"], unique=False)
    op.create_index(op.f("ix_cases_opened_on_id_struck"), "cases", ["opened_on", "id", "struck"], unique=False)
    op.create_index(op.f("ix_cases_sort_key_id_struck"), "cases", ["sort_key", "id", "struck"], unique=False)
    op.create_index(op.f("ix_cases_worker_id"), "cases", ["worker_id"], unique=False)
    op.create_table(
        "checked_texts",
        sa.Column("form_id", sa.String(), nullable=True),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("reader", sa.String(), nullable=True),
        sa.Column("checked_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checked_texts")),
    )
    op.create_table(
        "citizenships",
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizenships")),
    )
    op.create_index(op.f("ix_citizenships_person_id"), "citizenships", ["person_id"], unique=False)
    op.create_table(
        "consents",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("partner_id", sa.LargeBinary(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("classes", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("interpreter", sa.Boolean(), nullable=True),
        sa.Column("explained_by", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("given_on", sa.String(), nullable=True),
        sa.Column("valid_until", sa.String(), nullable=True),
        sa.Column("withdrawn_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_case_id"), "consents", ["case_id"], unique=False)
    op.create_table(
        "copyings",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("attachment_id", sa.LargeBinary(), nullable=True),
        sa.Column("covered", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copyings")),
    )
    op.create_index(op.f("ix_copyings_case_id"), "copyings", ["case_id"], unique=False)
    op.create_table(
        "counters",
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_counters")),
    )
    op.create_table(
        "devices",
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("certified_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("staff_id", sa.LargeBinary(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_table(
        "erased_bodies",
        sa.Column("erasure_id", sa.LargeBinary(), nullable=True),
        sa.Column("act_id", sa.LargeBinary(), nullable=True),
        sa.Column("scope", sa.LargeBinary(), nullable=True),
        sa.Column("subject", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_bodies")),
    )
    op.create_index(op.f("ix_erased_bodies_erasure_id"), "erased_bodies", ["erasure_id"], unique=False)
    op.create_table(
        "erased_subjects",
        sa.Column("erasure_id", sa.LargeBinary(), nullable=True),
        sa.Column("scope", sa.LargeBinary(), nullable=True),
        sa.Column("subject", sa.LargeBinary(), nullable=True),
        sa.Column("kept_key", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_subjects")),
    )
    op.create_index(op.f("ix_erased_subjects_erasure_id"), "erased_subjects", ["erasure_id"], unique=False)
    op.create_table(
        "erasures",
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("asked_on", sa.String(), nullable=True),
        sa.Column("erased_on", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("counts", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    op.create_index(op.f("ix_erasures_person_id"), "erasures", ["person_id"], unique=False)
    op.create_table(
        "exportings",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("sheet_id", sa.LargeBinary(), nullable=True),
        sa.Column("format", sa.String(), nullable=True),
        sa.Column("classes", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exportings")),
    )
    op.create_index(op.f("ix_exportings_case_id"), "exportings", ["case_id"], unique=False)
    op.create_table(
        "form_versions",
        sa.Column("form_id", sa.String(), nullable=True),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_versions")),
    )
    op.create_table(
        "heads",
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("scope", sa.LargeBinary(), nullable=False),
        sa.Column("heads", sa.LargeBinary(), nullable=False),
        sa.Column("disputed", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("entity", "id", name=op.f("pk_heads")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_heads_disputed"), "heads", ["disputed"], unique=False)
    op.create_index(op.f("ix_heads_scope"), "heads", ["scope"], unique=False)
    op.create_table(
        "incidents",
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("classes", sa.String(), nullable=True),
        sa.Column("noticed_on", sa.String(), nullable=True),
        sa.Column("happened_from", sa.String(), nullable=True),
        sa.Column("happened_to", sa.String(), nullable=True),
        sa.Column("staff_id", sa.LargeBinary(), nullable=True),
        sa.Column("device_id", sa.LargeBinary(), nullable=True),
        sa.Column("partner_id", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("affected", sa.Integer(), nullable=True),
        sa.Column("opened_by", sa.LargeBinary(), nullable=True),
        sa.Column("opened_on", sa.String(), nullable=True),
        sa.Column("responsible_id", sa.LargeBinary(), nullable=True),
        sa.Column("due_on", sa.String(), nullable=True),
        sa.Column("rule_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("closed_on", sa.String(), nullable=True),
        sa.Column("done", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_table(
        "keyrings",
        sa.Column("scope", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_keyrings")),
    )
    op.create_table(
        "local_facts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_local_facts")),
    )
    op.create_table(
        "notes",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("written_at", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_case_id"), "notes", ["case_id"], unique=False)
    op.create_table(
        "office_forms",
        sa.Column("form_id", sa.String(), nullable=True),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("added_at", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("withdrawn_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_forms")),
    )
    op.create_table(
        "organisations",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("root_key", sa.LargeBinary(), nullable=True),
        sa.Column("audit_key", sa.LargeBinary(), nullable=True),
        sa.Column("office_id", sa.LargeBinary(), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=True),
        sa.Column("one_person", sa.Boolean(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
    )
    op.create_table(
        "partners",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("languages", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
    )
    op.create_table(
        "parts",
        sa.Column("act_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("scope", sa.LargeBinary(length=16), nullable=False),
        sa.Column("incarnation", sa.LargeBinary(), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("operation_count", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("act_id", "scope", name=op.f("pk_parts")),
    )
    op.create_index(
        op.f("ix_parts_scope_incarnation_first_seq"), "parts", ["scope", "incarnation", "first_seq"], unique=False
    )
    op.create_table(
        "people",
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("sex_missing", sa.String(), nullable=True),
        sa.Column("birth", sa.String(), nullable=True),
        sa.Column("birth_missing", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("erased_on", sa.String(), nullable=True),
        sa.Column("shown_name", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_table(
        "person_blocks",
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_blocks")),
    )
    op.create_index(op.f("ix_person_blocks_person_id"), "person_blocks", ["person_id"], unique=False)
    op.create_index(op.f("ix_person_blocks_state"), "person_blocks", ["state"], unique=False)
    op.create_table(
        "person_names",
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("family", sa.String(), nullable=True),
        sa.Column("given", sa.String(), nullable=True),
        sa.Column("patronymic", sa.String(), nullable=True),
        sa.Column("script", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_names")),
    )
    op.create_index(op.f("ix_person_names_person_id"), "person_names", ["person_id"], unique=False)
    op.create_table(
        "phone_forms",
        sa.Column("form_id", sa.String(), nullable=True),
        sa.Column("form_version", sa.String(), nullable=True),
        sa.Column("key_id", sa.LargeBinary(), nullable=True),
        sa.Column("left_on", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_forms")),
    )
    op.create_table(
        "phones",
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("safe", sa.String(), nullable=True),
        sa.Column("hours", sa.String(), nullable=True),
        sa.Column("code_word", sa.String(), nullable=True),
        sa.Column("who_may_answer", sa.String(), nullable=True),
        sa.Column("say_we_are", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phones")),
    )
    op.create_index(op.f("ix_phones_person_id"), "phones", ["person_id"], unique=False)
    op.create_table(
        "printings",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("paper", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("second_language", sa.String(), nullable=True),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("edition", sa.String(), nullable=True),
        sa.Column("answers_id", sa.LargeBinary(), nullable=True),
        sa.Column("discreet", sa.Boolean(), nullable=True),
        sa.Column("safe_to_take", sa.String(), nullable=True),
        sa.Column("printed_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printings")),
    )
    op.create_index(op.f("ix_printings_case_id"), "printings", ["case_id"], unique=False)
    op.create_index(op.f("ix_printings_number"), "printings", ["number"], unique=False)
    op.create_table(
        "protected_periods",
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("closed_on", sa.String(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("counted", sa.LargeBinary(), nullable=True),
        sa.Column("protected_file", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protected_periods")),
    )
    op.create_table(
        "quarantine",
        sa.Column("act_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("act_id", name=op.f("pk_quarantine")),
    )
    op.create_table(
        "read_log",
        sa.Column("index_in_chain", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("incarnation", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("index_in_chain", name=op.f("pk_read_log")),
    )
    op.create_table(
        "recovery_shares",
        sa.Column("issue_id", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("given_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_shares")),
    )
    op.create_table(
        "referrals",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("partner_id", sa.LargeBinary(), nullable=True),
        sa.Column("consent_id", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("need", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("urgency", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("drafted_on", sa.String(), nullable=True),
        sa.Column("reply_by", sa.String(), nullable=True),
        sa.Column("sent_on", sa.String(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("answered_on", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("reply", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
    )
    op.create_index(op.f("ix_referrals_case_id"), "referrals", ["case_id"], unique=False)
    op.create_table(
        "releases",
        sa.Column("period_id", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("tables", sa.String(), nullable=True),
        sa.Column("fingerprints", sa.String(), nullable=True),
        sa.Column("released_by", sa.LargeBinary(), nullable=True),
        sa.Column("released_on", sa.String(), nullable=True),
        sa.Column("approved_by", sa.LargeBinary(), nullable=True),
        sa.Column("approved_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
    )
    op.create_table(
        "revocations",
        sa.Column("staff_id", sa.LargeBinary(), nullable=True),
        sa.Column("incarnation", sa.LargeBinary(), nullable=True),
        sa.Column("last_index", sa.Integer(), nullable=True),
        sa.Column("last_digest", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revocations")),
    )
    op.create_table(
        "scope_keys",
        sa.Column("scope", sa.LargeBinary(length=16), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_scope_keys")),
    )
    op.create_table(
        "sealed_note_keys",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_note_id", sa.LargeBinary(), nullable=True),
        sa.Column("staff_id", sa.LargeBinary(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_note_keys")),
    )
    op.create_index(op.f("ix_sealed_note_keys_case_id"), "sealed_note_keys", ["case_id"], unique=False)
    op.create_index(op.f("ix_sealed_note_keys_sealed_note_id"), "sealed_note_keys", ["sealed_note_id"], unique=False)
    op.create_table(
        "sealed_notes",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_notes")),
    )
    op.create_index(op.f("ix_sealed_notes_case_id"), "sealed_notes", ["case_id"], unique=False)
    op.create_table(
        "search_keys",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("source", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("all_keys", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", "person_id", "source", name=op.f("pk_search_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_search_keys_source"), "search_keys", ["source"], unique=False)
    op.create_table(
        "share_issues",
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("wraps", sa.LargeBinary(), nullable=True),
        sa.Column("issued_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_issues")),
    )
    op.create_table(
        "share_trials",
        sa.Column("issue_id", sa.LargeBinary(), nullable=True),
        sa.Column("numbers", sa.String(), nullable=True),
        sa.Column("tried_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_trials")),
    )
    op.create_table(
        "staff",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("sign_key", sa.LargeBinary(), nullable=True),
        sa.Column("kem_key", sa.LargeBinary(), nullable=True),
        sa.Column("added_on", sa.String(), nullable=True),
        sa.Column("removed_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    op.create_table(
        "staff_roles",
        sa.Column("staff_id", sa.LargeBinary(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_roles")),
    )
    op.create_table(
        "subject_requests",
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("received_on", sa.String(), nullable=True),
        sa.Column("due_on", sa.String(), nullable=True),
        sa.Column("rule_id", sa.String(), nullable=True),
        sa.Column("responsible_id", sa.LargeBinary(), nullable=True),
        sa.Column("answered_on", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_requests")),
    )
    op.create_index(op.f("ix_subject_requests_case_id"), "subject_requests", ["case_id"], unique=False)
    op.create_table(
        "submission_key_copies",
        sa.Column("key_id", sa.LargeBinary(), nullable=True),
        sa.Column("staff_id", sa.LargeBinary(), nullable=True),
        sa.Column("kem_key", sa.LargeBinary(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_key_copies")),
    )
    op.create_table(
        "submission_keys",
        sa.Column("public", sa.LargeBinary(), nullable=True),
        sa.Column("made_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_keys")),
    )
    op.create_table(
        "tasks",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("assignee_id", sa.LargeBinary(), nullable=True),
        sa.Column("rule_id", sa.String(), nullable=True),
        sa.Column("rule_version", sa.String(), nullable=True),
        sa.Column("done_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(op.f("ix_tasks_case_id"), "tasks", ["case_id"], unique=False)
    op.create_index(op.f("ix_tasks_due"), "tasks", ["due"], unique=False)
    op.create_table(
        "tellings",
        sa.Column("incident_id", sa.LargeBinary(), nullable=True),
        sa.Column("whom", sa.String(), nullable=True),
        sa.Column("told_on", sa.String(), nullable=True),
        sa.Column("told_by", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tellings")),
    )
    op.create_index(op.f("ix_tellings_incident_id"), "tellings", ["incident_id"], unique=False)
    op.create_table(
        "undertakings",
        sa.Column("staff_id", sa.LargeBinary(), nullable=True),
        sa.Column("signed_on", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undertakings")),
    )
    op.create_index(op.f("ix_undertakings_staff_id"), "undertakings", ["staff_id"], unique=False)
    op.create_table(
        "waiting",
        sa.Column("act_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("act_id", name=op.f("pk_waiting")),
    )
    # ### end Alembic commands ###
