"""The third schema: clocks, supervision, consent as a contract, referrals that come back, and the helpline."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Forward only."""
    op.create_table(
        "absences",
        sa.Column("staff_id", sa.LargeBinary(), nullable=True),
        sa.Column("first_day", sa.String(), nullable=True),
        sa.Column("last_day", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_staff_id"), "absences", ["staff_id"], unique=False)
    op.create_table(
        "age_estimates",
        sa.Column("youngest", sa.Integer(), nullable=True),
        sa.Column("oldest", sa.Integer(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("way", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_age_estimates")),
    )
    op.create_index(op.f("ix_age_estimates_person_id"), "age_estimates", ["person_id"], unique=False)
    op.create_table(
        "approval_decisions",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("approval_id", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("decided_by", sa.LargeBinary(), nullable=True),
        sa.Column("decided_at", sa.String(), nullable=True),
        sa.Column("own", sa.Boolean(), nullable=True),
        sa.Column("alone", sa.Boolean(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_decisions")),
    )
    op.create_index(op.f("ix_approval_decisions_approval_id"), "approval_decisions", ["approval_id"], unique=False)
    op.create_index(op.f("ix_approval_decisions_case_id"), "approval_decisions", ["case_id"], unique=False)
    op.create_table(
        "approvals",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("asked_by", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    op.create_index(op.f("ix_approvals_case_id"), "approvals", ["case_id"], unique=False)
    op.create_table(
        "call_back_tries",
        sa.Column("call_back_id", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("call_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_back_tries")),
    )
    op.create_index(op.f("ix_call_back_tries_call_back_id"), "call_back_tries", ["call_back_id"], unique=False)
    op.create_table(
        "call_backs",
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("due_at", sa.String(), nullable=True),
        sa.Column("hours", sa.String(), nullable=True),
        sa.Column("who_may_answer", sa.String(), nullable=True),
        sa.Column("say_we_are", sa.String(), nullable=True),
        sa.Column("code_word", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("interpreter", sa.Boolean(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("promised_at", sa.String(), nullable=True),
        sa.Column("ended_at", sa.String(), nullable=True),
        sa.Column("ended", sa.String(), nullable=True),
        sa.Column("call_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_backs")),
    )
    op.create_index(op.f("ix_call_backs_call_id"), "call_backs", ["call_id"], unique=False)
    op.create_index(op.f("ix_call_backs_due_at"), "call_backs", ["due_at"], unique=False)
    op.create_table(
        "call_cases",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("linked_on", sa.String(), nullable=True),
        sa.Column("call_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_cases")),
    )
    op.create_index(op.f("ix_call_cases_call_id"), "call_cases", ["call_id"], unique=False)
    op.create_table(
        "call_periods",
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("closed_on", sa.String(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("counted", sa.LargeBinary(), nullable=True),
        sa.Column("protected_file", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_periods")),
    )
    op.create_table(
        "caller_checks",
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.String(), nullable=True),
        sa.Column("operator_id", sa.LargeBinary(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("seen_at", sa.String(), nullable=True),
        sa.Column("seen_by", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caller_checks")),
    )
    op.create_index(op.f("ix_caller_checks_person_id"), "caller_checks", ["person_id"], unique=False)
    op.create_table(
        "case_requests",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("asked_by", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("answered_by", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_requests")),
    )
    op.create_index(op.f("ix_case_requests_asked_by"), "case_requests", ["asked_by"], unique=False)
    op.create_index(op.f("ix_case_requests_case_id"), "case_requests", ["case_id"], unique=False)
    op.create_table(
        "conference_decisions",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("conference_id", sa.LargeBinary(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("task_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_decisions")),
    )
    op.create_index(op.f("ix_conference_decisions_case_id"), "conference_decisions", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_conference_decisions_conference_id"), "conference_decisions", ["conference_id"], unique=False
    )
    op.create_table(
        "conference_members",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("conference_id", sa.LargeBinary(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.LargeBinary(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_members")),
    )
    op.create_index(op.f("ix_conference_members_case_id"), "conference_members", ["case_id"], unique=False)
    op.create_index(op.f("ix_conference_members_conference_id"), "conference_members", ["conference_id"], unique=False)
    op.create_table(
        "conferences",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("held_on", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("minutes", sa.String(), nullable=True),
        sa.Column("next_on", sa.String(), nullable=True),
        sa.Column("written_by", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conferences")),
    )
    op.create_index(op.f("ix_conferences_case_id"), "conferences", ["case_id"], unique=False)
    op.create_table(
        "consent_notices",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("withdrawal_id", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("partner_id", sa.LargeBinary(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=True),
        sa.Column("numbers", sa.String(), nullable=True),
        sa.Column("last_on", sa.String(), nullable=True),
        sa.Column("not_wanted", sa.Boolean(), nullable=True),
        sa.Column("due_on", sa.String(), nullable=True),
        sa.Column("sent_on", sa.String(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("acknowledged_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_notices")),
    )
    op.create_index(op.f("ix_consent_notices_case_id"), "consent_notices", ["case_id"], unique=False)
    op.create_index(op.f("ix_consent_notices_withdrawal_id"), "consent_notices", ["withdrawal_id"], unique=False)
    op.create_table(
        "crime_signals",
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("danger", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("children", sa.String(), nullable=True),
        sa.Column("facts", sa.String(), nullable=True),
        sa.Column("heard_at", sa.String(), nullable=True),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("identity", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("made_at", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", sa.String(), nullable=True),
        sa.Column("sent_how", sa.String(), nullable=True),
        sa.Column("sent_by", sa.LargeBinary(), nullable=True),
        sa.Column("review_by", sa.String(), nullable=True),
        sa.Column("reviewed_on", sa.String(), nullable=True),
        sa.Column("reviewed_by", sa.LargeBinary(), nullable=True),
        sa.Column("review", sa.String(), nullable=True),
        sa.Column("acknowledged_at", sa.String(), nullable=True),
        sa.Column("acknowledged_by", sa.String(), nullable=True),
        sa.Column("their_number", sa.String(), nullable=True),
        sa.Column("asked_on", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("result_on", sa.String(), nullable=True),
        sa.Column("call_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crime_signals")),
    )
    op.create_index(op.f("ix_crime_signals_call_id"), "crime_signals", ["call_id"], unique=False)
    op.create_table(
        "due_dates",
        sa.Column("source", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("moment", sa.String(), nullable=True),
        sa.Column("worker_id", sa.LargeBinary(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("rule_version", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("source", "case_id", "key", name=op.f("pk_due_dates")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_due_dates_case_id"), "due_dates", ["case_id"], unique=False)
    op.create_index(op.f("ix_due_dates_day"), "due_dates", ["day"], unique=False)
    op.create_index(op.f("ix_due_dates_worker_id_day"), "due_dates", ["worker_id", "day"], unique=False)
    op.create_table(
        "duress_words",
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("set_at", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duress_words")),
    )
    op.create_index(op.f("ix_duress_words_person_id"), "duress_words", ["person_id"], unique=False)
    op.create_table(
        "emergencies",
        sa.Column("service", sa.String(), nullable=True),
        sa.Column("who_rang", sa.String(), nullable=True),
        sa.Column("called_at", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("call_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergencies")),
    )
    op.create_index(op.f("ix_emergencies_call_id"), "emergencies", ["call_id"], unique=False)
    op.create_table(
        "emergency_releases",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("partner_id", sa.LargeBinary(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=True),
        sa.Column("classes", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("passed", sa.String(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("released_on", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("due_on", sa.String(), nullable=True),
        sa.Column("review", sa.String(), nullable=True),
        sa.Column("reviewed_on", sa.String(), nullable=True),
        sa.Column("reviewer_id", sa.LargeBinary(), nullable=True),
        sa.Column("review_text", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_releases")),
    )
    op.create_index(op.f("ix_emergency_releases_case_id"), "emergency_releases", ["case_id"], unique=False)
    op.create_table(
        "flags",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("seen_by", sa.String(), nullable=True),
        sa.Column("raised_on", sa.String(), nullable=True),
        sa.Column("raised_by", sa.LargeBinary(), nullable=True),
        sa.Column("taken_down_on", sa.String(), nullable=True),
        sa.Column("taken_down_by", sa.LargeBinary(), nullable=True),
        sa.Column("taken_down_why", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flags")),
    )
    op.create_index(op.f("ix_flags_case_id"), "flags", ["case_id"], unique=False)
    op.create_table(
        "incoming_referrals",
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("partner_id", sa.LargeBinary(), nullable=True),
        sa.Column("sender", sa.String(), nullable=True),
        sa.Column("sender_number", sa.String(), nullable=True),
        sa.Column("received_on", sa.String(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("need", sa.String(), nullable=True),
        sa.Column("urgency", sa.String(), nullable=True),
        sa.Column("reply_by", sa.String(), nullable=True),
        sa.Column("who", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("package_sha256", sa.String(), nullable=True),
        sa.Column("reply_seed", sa.LargeBinary(), nullable=True),
        sa.Column("reply_to", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("erased_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_referrals")),
    )
    op.create_index(op.f("ix_incoming_referrals_case_id"), "incoming_referrals", ["case_id"], unique=False)
    op.create_index(op.f("ix_incoming_referrals_received_on"), "incoming_referrals", ["received_on"], unique=False)
    op.create_table(
        "incoming_steps",
        sa.Column("incoming_id", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("appointment_on", sa.String(), nullable=True),
        sa.Column("appointment_time", sa.String(), nullable=True),
        sa.Column("happened_on", sa.String(), nullable=True),
        sa.Column("next_on", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_steps")),
    )
    op.create_index(op.f("ix_incoming_steps_incoming_id"), "incoming_steps", ["incoming_id"], unique=False)
    op.create_table(
        "line_key_copies",
        sa.Column("key_id", sa.LargeBinary(), nullable=True),
        sa.Column("staff_id", sa.LargeBinary(), nullable=True),
        sa.Column("kem_key", sa.LargeBinary(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_key_copies")),
    )
    op.create_index(op.f("ix_line_key_copies_key_id"), "line_key_copies", ["key_id"], unique=False)
    op.create_table(
        "line_keys",
        sa.Column("public", sa.LargeBinary(), nullable=True),
        sa.Column("made_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_keys")),
    )
    op.create_table(
        "other_answers",
        sa.Column("sheet_id", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_answers")),
    )
    op.create_index(op.f("ix_other_answers_sheet_id"), "other_answers", ["sheet_id"], unique=False)
    op.create_table(
        "outreach",
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("happened_on", sa.String(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("topics", sa.String(), nullable=True),
        sa.Column("languages", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach")),
    )
    op.create_index(op.f("ix_outreach_happened_on"), "outreach", ["happened_on"], unique=False)
    op.create_table(
        "package_key_copies",
        sa.Column("key_id", sa.LargeBinary(), nullable=True),
        sa.Column("staff_id", sa.LargeBinary(), nullable=True),
        sa.Column("kem_key", sa.LargeBinary(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_key_copies")),
    )
    op.create_index(op.f("ix_package_key_copies_key_id"), "package_key_copies", ["key_id"], unique=False)
    op.create_table(
        "package_keys",
        sa.Column("public", sa.LargeBinary(), nullable=True),
        sa.Column("made_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_keys")),
    )
    op.create_table(
        "package_replies",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("referral_id", sa.LargeBinary(), nullable=True),
        sa.Column("package_id", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("taken_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_replies")),
    )
    op.create_index(op.f("ix_package_replies_case_id"), "package_replies", ["case_id"], unique=False)
    op.create_index(op.f("ix_package_replies_referral_id"), "package_replies", ["referral_id"], unique=False)
    op.create_table(
        "partner_keys",
        sa.Column("partner_id", sa.LargeBinary(), nullable=True),
        sa.Column("public", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("entered_by", sa.LargeBinary(), nullable=True),
        sa.Column("entered_at", sa.String(), nullable=True),
        sa.Column("confirmed_by", sa.LargeBinary(), nullable=True),
        sa.Column("confirmed_at", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_keys")),
    )
    op.create_index(op.f("ix_partner_keys_partner_id"), "partner_keys", ["partner_id"], unique=False)
    op.create_table(
        "phone_controls",
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("phone_id", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("said_at", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_controls")),
    )
    op.create_index(op.f("ix_phone_controls_phone_id"), "phone_controls", ["phone_id"], unique=False)
    op.create_table(
        "phone_switches",
        sa.Column("form_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("decided_on", sa.String(), nullable=True),
        sa.Column("decided_by", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_switches")),
    )
    op.create_table(
        "readdressings",
        sa.Column("signal_id", sa.LargeBinary(), nullable=True),
        sa.Column("from_unit", sa.String(), nullable=True),
        sa.Column("to_unit", sa.String(), nullable=True),
        sa.Column("because", sa.String(), nullable=True),
        sa.Column("at", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("call_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readdressings")),
    )
    op.create_index(op.f("ix_readdressings_signal_id"), "readdressings", ["signal_id"], unique=False)
    op.create_table(
        "referral_chases",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("referral_id", sa.LargeBinary(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("delay", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("happened_on", sa.String(), nullable=True),
        sa.Column("next_on", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_chases")),
    )
    op.create_index(op.f("ix_referral_chases_case_id"), "referral_chases", ["case_id"], unique=False)
    op.create_index(op.f("ix_referral_chases_referral_id"), "referral_chases", ["referral_id"], unique=False)
    op.create_table(
        "referral_packages",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("referral_id", sa.LargeBinary(), nullable=True),
        sa.Column("partner_id", sa.LargeBinary(), nullable=True),
        sa.Column("closed_to", sa.LargeBinary(), nullable=True),
        sa.Column("classes", sa.String(), nullable=True),
        sa.Column("inside", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("reply_key", sa.LargeBinary(), nullable=True),
        sa.Column("made_on", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_packages")),
    )
    op.create_index(op.f("ix_referral_packages_case_id"), "referral_packages", ["case_id"], unique=False)
    op.create_index(op.f("ix_referral_packages_referral_id"), "referral_packages", ["referral_id"], unique=False)
    op.create_table(
        "referral_steps",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("referral_id", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("appointment_on", sa.String(), nullable=True),
        sa.Column("appointment_time", sa.String(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("happened_on", sa.String(), nullable=True),
        sa.Column("next_on", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_steps")),
    )
    op.create_index(op.f("ix_referral_steps_case_id"), "referral_steps", ["case_id"], unique=False)
    op.create_index(op.f("ix_referral_steps_referral_id"), "referral_steps", ["referral_id"], unique=False)
    op.create_table(
        "rule_changes",
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("valid_from", sa.String(), nullable=True),
        sa.Column("valid_to", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("checked_on", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("base", sa.String(), nullable=True),
        sa.Column("knows", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.String(), nullable=True),
        sa.Column("withdrawn_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_changes")),
    )
    op.create_table(
        "saved_searches",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("filters", sa.String(), nullable=True),
        sa.Column("staff_id", sa.LargeBinary(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_searches")),
    )
    op.create_table(
        "seen_dues",
        sa.Column("staff_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "due", name=op.f("pk_seen_dues")),
    )
    op.create_table(
        "sheets_given",
        sa.Column("sheet", sa.String(), nullable=True),
        sa.Column("edition", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("given_at", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("call_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheets_given")),
    )
    op.create_index(op.f("ix_sheets_given_call_id"), "sheets_given", ["call_id"], unique=False)
    op.create_table(
        "shifts",
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("opened_at", sa.String(), nullable=True),
        sa.Column("opened_by", sa.LargeBinary(), nullable=True),
        sa.Column("closed_at", sa.String(), nullable=True),
        sa.Column("handed_to", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    op.create_index(op.f("ix_shifts_opened_at"), "shifts", ["opened_at"], unique=False)
    op.create_table(
        "tracing_answers",
        sa.Column("tracing_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("asked_by", sa.LargeBinary(), nullable=True),
        sa.Column("asked_on", sa.String(), nullable=True),
        sa.Column("asked_at", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracing_answers")),
    )
    op.create_index(op.f("ix_tracing_answers_person_id"), "tracing_answers", ["person_id"], unique=False)
    op.create_index(op.f("ix_tracing_answers_tracing_id"), "tracing_answers", ["tracing_id"], unique=False)
    op.create_table(
        "tracing_matches",
        sa.Column("tracing_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("found", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.LargeBinary(), nullable=True),
        sa.Column("decided_at", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracing_matches")),
    )
    op.create_index(op.f("ix_tracing_matches_person_id"), "tracing_matches", ["person_id"], unique=False)
    op.create_index(op.f("ix_tracing_matches_tracing_id"), "tracing_matches", ["tracing_id"], unique=False)
    op.create_table(
        "tracings",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("enquirer_id", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column("asked_on", sa.String(), nullable=True),
        sa.Column("last_news", sa.String(), nullable=True),
        sa.Column("last_place", sa.String(), nullable=True),
        sa.Column("circumstances", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("identity", sa.String(), nullable=True),
        sa.Column("kinship", sa.String(), nullable=True),
        sa.Column("motive", sa.String(), nullable=True),
        sa.Column("danger", sa.String(), nullable=True),
        sa.Column("vetted_by", sa.LargeBinary(), nullable=True),
        sa.Column("vetted_on", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracings")),
    )
    op.create_index(op.f("ix_tracings_case_id"), "tracings", ["case_id"], unique=False)
    op.create_index(op.f("ix_tracings_enquirer_id"), "tracings", ["enquirer_id"], unique=False)
    op.create_table(
        "transfers",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("from_id", sa.LargeBinary(), nullable=True),
        sa.Column("to_id", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("with_tasks", sa.Boolean(), nullable=True),
        sa.Column("offered_by", sa.LargeBinary(), nullable=True),
        sa.Column("offered_at", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("answered_by", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
    )
    op.create_index(op.f("ix_transfers_case_id"), "transfers", ["case_id"], unique=False)
    op.create_index(op.f("ix_transfers_from_id_state"), "transfers", ["from_id", "state"], unique=False)
    op.create_index(op.f("ix_transfers_to_id_state"), "transfers", ["to_id", "state"], unique=False)
    op.create_table(
        "withdrawals",
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("consent_id", sa.LargeBinary(), nullable=True),
        sa.Column("partner_id", sa.LargeBinary(), nullable=True),
        sa.Column("purposes", sa.String(), nullable=True),
        sa.Column("classes", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("wishes", sa.String(), nullable=True),
        sa.Column("ours", sa.Boolean(), nullable=True),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("signed_how", sa.String(), nullable=True),
        sa.Column("withdrawn_on", sa.String(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(), nullable=True),
        sa.Column("sheet_id", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawals")),
    )
    op.create_index(op.f("ix_withdrawals_case_id"), "withdrawals", ["case_id"], unique=False)
    op.add_column("calls", sa.Column("ended_at", sa.String(), nullable=True))
    op.add_column("calls", sa.Column("nickname", sa.String(), nullable=True))
    op.add_column("case_facts", sa.Column("relatives", sa.String(), nullable=True))
    op.add_column("case_facts", sa.Column("decision", sa.String(), nullable=True))
    op.add_column("case_facts", sa.Column("decided_with", sa.String(), nullable=True))
    op.create_index(
        op.f("ix_cases_closed_on_opened_on_id_struck"),
        "cases",
        ["closed_on", "opened_on", "id", "struck"],
        unique=False,
    )
    op.create_index(
        op.f("ix_cases_closed_on_worker_id_urgency_id_struck"),
        "cases",
        ["closed_on", "worker_id", "urgency", "id", "struck"],
        unique=False,
    )
    op.create_index(
        op.f("ix_cases_kind_opened_on_id_struck"), "cases", ["kind", "opened_on", "id", "struck"], unique=False
    )
    op.create_index(
        op.f("ix_cases_region_opened_on_id_struck"), "cases", ["region", "opened_on", "id", "struck"], unique=False
    )
    op.create_index(
        op.f("ix_cases_stage_opened_on_id_struck"), "cases", ["stage", "opened_on", "id", "struck"], unique=False
    )
    op.create_index(
        op.f("ix_cases_urgency_opened_on_id_struck"), "cases", ["urgency", "opened_on", "id", "struck"], unique=False
    )
    op.create_index(
        op.f("ix_cases_worker_id_opened_on_id_struck"),
        "cases",
        ["worker_id", "opened_on", "id", "struck"],
        unique=False,
    )
    op.add_column("consents", sa.Column("given_by", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("assent", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("guardian", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("guardianship_told_on", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("best_interests_on", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("capacity", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("age_rule", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("interpreter_name", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("interpreter_from", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("read_way", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("signed_how", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("witness", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("sheet_copy", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("basis", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("withheld", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("correction", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("after", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("ours", sa.Boolean(), nullable=True))
    op.add_column("consents", sa.Column("sheet_id", sa.LargeBinary(), nullable=True))
    op.add_column("consents", sa.Column("form_version", sa.String(), nullable=True))
    op.add_column("consents", sa.Column("attachment_id", sa.LargeBinary(), nullable=True))
    op.add_column("erasures", sa.Column("together_with", sa.LargeBinary(), nullable=True))
    op.add_column("household_members", sa.Column("interviewed_by", sa.LargeBinary(), nullable=True))
    op.add_column("household_members", sa.Column("interpreter", sa.String(), nullable=True))
    op.add_column("partners", sa.Column("services", sa.String(), nullable=True))
    op.add_column("partners", sa.Column("regions", sa.String(), nullable=True))
    op.add_column("partners", sa.Column("hours", sa.String(), nullable=True))
    op.add_column("partners", sa.Column("eligibility", sa.String(), nullable=True))
    op.add_column("partners", sa.Column("agreement_from", sa.String(), nullable=True))
    op.add_column("partners", sa.Column("agreement_to", sa.String(), nullable=True))
    op.add_column("partners", sa.Column("referral_contact", sa.String(), nullable=True))
    op.add_column("partners", sa.Column("verified_on", sa.String(), nullable=True))
    op.add_column("partners", sa.Column("verified_by", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_people_birth_id"), "people", ["birth", "id"], unique=False)
    op.add_column("printings", sa.Column("referral_id", sa.LargeBinary(), nullable=True))
    op.add_column("printings", sa.Column("of_id", sa.LargeBinary(), nullable=True))
    op.add_column("relations", sa.Column("kept_why", sa.String(), nullable=True))
    op.add_column("staff", sa.Column("successor_id", sa.LargeBinary(), nullable=True))
    op.add_column("tasks", sa.Column("priority", sa.String(), nullable=True))
    op.add_column("tasks", sa.Column("note", sa.String(), nullable=True))
    op.add_column("tasks", sa.Column("repeats", sa.String(), nullable=True))
    op.add_column("tasks", sa.Column("first_due", sa.String(), nullable=True))
    op.add_column("tasks", sa.Column("postponed_why", sa.String(), nullable=True))
    op.create_index(op.f("ix_tasks_assignee_id_done_on"), "tasks", ["assignee_id", "done_on"], unique=False)
    op.create_index(
        op.f("ix_tasks_done_on_due_assignee_id_struck"),
        "tasks",
        ["done_on", "due", "assignee_id", "struck"],
        unique=False,
    )
