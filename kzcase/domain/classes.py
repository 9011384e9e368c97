"""The class of every field: what masking, search, print, referral, export and erasure all go by."""

from enum import StrEnum


class FieldClass(StrEnum):
    """Who a value can point to, and how much harm it can do (design: one class for every field)."""

    IDENTIFYING = "identifying"
    CONTACT = "contact"
    SENSITIVE = "sensitive"
    HEALTH = "health"
    OPERATIONAL = "operational"
    STATISTICAL = "statistical"
