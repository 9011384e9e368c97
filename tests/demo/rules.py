"""A bookkeeper who goes through acts and writes down every one that could not be performed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kzcase.actions import guards
from tests.demo.codes import codes

MAKES = {
    "case.opened": ("case", "person"),
    "task.added": ("task",),
    "partner.added": ("partner",),
    "consent.given": ("consent",),
    "consent.withdrawn": ("withdrawal", "notice"),
    "referral.drafted": ("referral",),
    "call.logged": ("call",),
    "call_back.promised": ("call_back",),
    "signal.prepared": ("signal",),
}
FIELDS: dict[str, tuple[set[str], set[str]]] = {
    "case.opened": (
        {"kind", "region", "person"},
        {"note", "border_point", "worker", "source", "urgency", "opened_on", "call"},
    ),
    "name.added": ({"person", "family", "given"}, {"patronymic", "script", "kind"}),
    "note.added": ({"case", "text"}, {"on"}),
    "task.added": ({"case", "title", "due"}, {"assignee"}),
    "task.done": ({"task"}, {"on"}),
    "case.closed": ({"case", "reason"}, {"summary", "feedback_asked", "on"}),
    "fact.stated": ({"case", "fact"}, {"on", "proof"}),
    "fact.confirmed": ({"case", "fact", "ground"}, {"on"}),
    "contact.tried": ({"case", "channel"}, {"on"}),
    "report.declined": ({"case", "ground", "told"}, {"on"}),
    "call.logged": (
        {"channel", "language", "topics", "outcome"},
        {"note", "caller", "anonymous", "phone", "region", "danger", "started_at"},
    ),
    "shift.opened": (set(), set()),
    "shift.closed": ({"words"}, set()),
    "call_back.promised": ({"call", "due", "zone", "phone", "hours", "say_we_are", "interpreter"}, set()),
    "call_back.tried": ({"call_back", "result"}, set()),
    "signal.prepared": ({"call", "unit", "danger", "facts", "people", "heard"}, set()),
    "signal.sent": ({"signal", "how"}, set()),
    "signal.acknowledged": ({"signal", "by"}, set()),
    "outreach.logged": ({"kind", "region", "reached", "topics", "on", "languages"}, set()),
    "partner.added": ({"name", "kind"}, {"region", "address", "phone", "contact", "languages"}),
    "consent.given": (
        {"case", "partner", "purpose", "classes", "language"},
        {"interpreter", "valid_until", "on", "assent", "guardian", "guardianship_told_on", "best_interests_on"},
    ),
    "consent.withdrawn": ({"consent"}, {"on"}),
    "notice.sent": ({"notice", "how"}, {"on"}),
    "notice.acknowledged": ({"notice"}, {"on"}),
    "referral.drafted": ({"case", "partner", "need", "reason"}, {"urgency", "language", "on"}),
    "referral.sent": ({"referral", "how"}, {"on"}),
    "referral.answered": ({"referral", "outcome"}, {"text", "on"}),
    "form.answered": ({"case", "form", "answers"}, {"missing"}),
}
CODES = {
    ("case.opened", "kind"): "case_kind",
    ("case.opened", "region"): "region",
    ("case.opened", "border_point"): "border_point",
    ("case.opened", "urgency"): "urgency",
    ("case.opened", "source"): "case_source",
    ("name.added", "script"): "script",
    ("name.added", "kind"): "name_kind",
    ("case.closed", "reason"): "closure_reason",
    ("call.logged", "channel"): "channel",
    ("call.logged", "language"): "language",
    ("call.logged", "topics"): "call_topic",
    ("call.logged", "outcome"): "call_outcome",
    ("call.logged", "caller"): "caller",
    ("call.logged", "region"): "region",
    ("call.logged", "danger"): "yes_no",
    ("call_back.tried", "result"): "call_back_result",
    ("signal.prepared", "danger"): "signal_danger",
    ("signal.sent", "how"): "signal_how",
    ("outreach.logged", "kind"): "outreach_kind",
    ("outreach.logged", "region"): "region",
    ("outreach.logged", "topics"): "call_topic",
    ("outreach.logged", "languages"): "language",
    ("partner.added", "kind"): "organisation",
    ("partner.added", "region"): "region",
    ("partner.added", "languages"): "language",
    ("consent.given", "purpose"): "consent_purpose",
    ("consent.given", "language"): "language",
    ("referral.drafted", "need"): "need",
    ("referral.drafted", "urgency"): "urgency",
    ("referral.drafted", "language"): "language",
    ("referral.sent", "how"): "referral_how",
    ("notice.sent", "how"): "referral_how",
    ("referral.answered", "outcome"): "referral_outcome",
}
PERSON_CODES = {"sex": "sex", "citizenships": "country", "language": "language"}
NAME_CODES = {"script": "script", "kind": "name_kind"}
PHONE_FIELDS = {"number", "safe", "hours", "code_word", "who_may_answer", "say_we_are"}
CLASSES = {"identifying", "contact", "sensitive", "health", "operational", "statistical"}


@dataclass
class Bookkeeper:
    """What has happened so far; `wrong` collects what should not have."""

    made: dict[str, tuple[str, ...]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    tasks: dict[str, str] = field(default_factory=dict)
    consents: dict[str, tuple[str, str]] = field(default_factory=dict)
    referrals: dict[str, list[str]] = field(default_factory=dict)
    notices: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """Which case a notice is of, and whether it went out; until it is confirmed."""
    partners: dict[str, str] = field(default_factory=dict)
    """Of which kind each partner is."""
    children: set[str] = field(default_factory=set)
    """Cases of whoever is, or may be, a child on the day the case is opened."""
    wrong: list[str] = field(default_factory=list)

    def take(self, acts: Iterable[dict[str, Any]]) -> "Bookkeeper":
        """Go through the acts in order."""
        for act in acts:
            self._shape(act)
            self._codes(act)
            self._order(act)
            if name := act.get("ref"):
                self._must(name not in self.made, act, "same name twice")
                self.made[name] = MAKES[act["act"]]
        return self

    def _must(self, fine: bool, act: dict[str, Any], why: str) -> None:
        if not fine:
            self.wrong.append(f"{why}: {act}")

    def _shape(self, act: dict[str, Any]) -> None:
        needed, optional = FIELDS[act["act"]]
        given = act.keys() - {"act", "ref"}
        self._must(needed <= given <= needed | optional, act, "fields")
        for name, value in act.items():
            if isinstance(value, dict) and "$ref" in value:
                self._must(name in self.made.get(value["$ref"], ()), act, f"{name} names nothing")

    def _codes(self, act: dict[str, Any]) -> None:
        for (kind, name), code_list in CODES.items():
            if act["act"] == kind and name in act:
                self._on_list(act, act[name], code_list)
        self._must(set(act.get("classes", ())) <= CLASSES, act, "class")
        person = act.get("person", {})
        for name, code_list in PERSON_CODES.items():
            if name in person:
                self._on_list(act, person[name], code_list)
        for found in person.get("names", ()):
            for name, code_list in NAME_CODES.items():
                self._on_list(act, found[name], code_list)
        for phone in person.get("phones", ()):
            self._on_list(act, phone["safe"], "safe_contact")
            self._must(phone.keys() <= PHONE_FIELDS, act, "phone")

    def _on_list(self, act: dict[str, Any], value: str | list[str], code_list: str) -> None:
        for code in [value] if isinstance(value, str) else value:
            self._must(code in codes(code_list), act, f"{code} is not on {code_list}")

    def _order(self, act: dict[str, Any]) -> None:
        case = act.get("case", {}).get("$ref", "")
        self._must(case not in self.closed, act, "case is closed")
        name = act.get("ref", "")
        match act["act"]:
            case "partner.added":
                self.partners[name] = act["kind"]
            case "case.opened":
                if act["kind"] == "child" or int(act["person"]["birth"][:4]) + 18 >= int(act["opened_on"][:4]):
                    self.children.add(name)
            case "task.added":
                self.tasks[name] = case
            case "task.done":
                self._must(self.tasks.pop(act["task"]["$ref"], None) is not None, act, "task is not open")
            case "consent.given":
                self.consents[name] = (case, act["partner"]["$ref"])
            case "consent.withdrawn":
                taken = self.consents.pop(act["consent"]["$ref"], None)
                self._must(taken is not None, act, "no such consent")
                self.notices[name or act["consent"]["$ref"]] = (taken[0] if taken else "", False)
            case "notice.sent":
                of_case, _sent = self.notices[act["notice"]["$ref"]]
                self.notices[act["notice"]["$ref"]] = (of_case, True)
            case "notice.acknowledged":
                self._must(self.notices.pop(act["notice"]["$ref"])[1], act, "never sent")
            case "referral.drafted":
                self.referrals[name] = [case, act["partner"]["$ref"], "drafted"]
                kind = self.partners.get(act["partner"]["$ref"])
                self._must(act["need"] not in guards._OF_NEEDS, act, "a guard may hold this need back")
                self._must(kind not in guards._OF_PARTNERS, act, "a guard may hold this letter back")
            case "referral.sent":
                self._sent(act, self.referrals[act["referral"]["$ref"]])
            case "referral.answered":
                found = self.referrals[act["referral"]["$ref"]]
                self._must(found[2] == "sent" and found[0] not in self.closed, act, "answer to nothing")
                found[2] = "answered"
            case "case.closed":
                gone = case in self.children and act["reason"] in guards._GONE_HOME
                self._must(not gone, act, "a child does not go by a reason for closing")
                open_ones = [f for f in self.referrals.values() if f[0] == case and f[2] != "answered"]
                open_ones += [of_case for of_case, _sent in self.notices.values() if of_case == case]
                self._must(case not in self.tasks.values() and not open_ones, act, "left open behind")
                self.closed.add(case)

    def _sent(self, act: dict[str, Any], found: list[str]) -> None:
        self._must(found[2] == "drafted" and found[0] not in self.closed, act, "sent twice or closed")
        self._must((found[0], found[1]) in self.consents.values(), act, "no consent for this partner")
        found[2] = "sent"
