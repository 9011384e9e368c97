"""A case of which everything is kept that the office keeps of any: each text of it holds a mark of its own."""

from dataclasses import dataclass, field
from typing import Any

from kzcase.actions.attachments import AddAttachment, add_attachment
from kzcase.db.casebook import Casebook
from kzcase.forms.library import shipped_form
from kzcase.paper.incoming.door import Clean
from tests.actions.steps import do
from tests.forms_answers import plausible_answers

MARK = "Қырмыж"
PHONES = ("+7 709 111 22 33", "+7 709 444 55 66", "+7 709 777 88 99", "+7 709 222 33 44")


@dataclass
class WholeCase:
    """The ids of all its rows, by what they are, and its number."""

    number: str = ""
    made: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.made[name]


def said(what: str) -> str:
    """Words that stand in this one place."""
    return f"{MARK}{what}"


def whole_case(book: Casebook, worker: str, other: str) -> WholeCase:
    """Opened, worked on and spoken about by whoever is at the laptop; `other` is a colleague it is offered to."""
    case = WholeCase()

    def act(kind: str, /, **facts: Any) -> dict[str, str]:
        done = do(book, act=kind, **facts)
        found = {name: made.hex() for name, made in done.ids.items()}
        case.number = done.number if kind == "case.opened" else case.number
        return found

    _line(case, act)
    _file(case, act, worker)
    _line_besides(case, act)
    _people(case, act)
    _papers(case, act, book)
    _team(case, act, worker, other)
    return case


def _line(case: WholeCase, act: Any) -> None:
    """A call with all that comes of one, which became the case."""
    call = {"channel": "phone", "language": "kk", "topics": ["wages"], "outcome": "out_answered", "danger": "yes"}
    made = act("call.logged", **call, note=said("қоңырау"), phone=PHONES[0])
    case.made |= made
    of = {"call": made["call"]}
    act("emergency.called", **of, service="102", at="2026-11-21T14:05", who_rang="we")
    act("sheet.given", **of, sheet="wages", language="kk", how="read")
    signal = {"unit": "Generated unit", "danger": "now", "facts": said("белгі"), "people": 3, "heard": True}
    case.made |= act("signal.prepared", **of, **signal, ground="life", identity=said("кім"), reason=said("неге"))
    safe = {"zone": "Asia/Tashkent", "hours": "18:00-20:00", "say_we_are": said("біз"), "who_may_answer": said("ана")}
    case.made |= act("call_back.promised", **of, due="2026-11-30T19:00", phone=PHONES[1], **safe)


def _line_besides(case: WholeCase, act: Any) -> None:
    """A call that became a case of somebody else, and was connected with this one: it speaks of both."""
    call = {"channel": "phone", "language": "kk", "topics": ["wages"], "outcome": "out_answered", "danger": "yes"}
    made = act("call.logged", **call, note=said("екінші"), phone=PHONES[3])
    case.made["shared_call"] = made["call"]
    number = case.number
    somebody = {"names": [{"given": "Other"}]}
    other = act("case.opened", kind="trafficking", region="KZ-75", call=made["call"], person=somebody)
    case.number = number
    case.made["other_case"] = other["case"]
    of = {"call": made["call"]}
    act("call.linked", **of, case=case["case"])
    signal = {"unit": "Generated unit", "danger": "now", "facts": said("айғақ"), "people": 3, "heard": True}
    shared = act("signal.prepared", **of, **signal, ground="life", identity=said("кімдер"), reason=said("себебі"))
    case.made["shared_signal"] = shared["signal"]
    act("signal.sent", signal=shared["signal"], how="phone", at="2026-11-21T15:00")
    safe = {"zone": "Asia/Tashkent", "hours": "18:00-20:00", "say_we_are": said("бізбіз")}
    promised = act("call_back.promised", **of, due="2026-11-30T19:30", phone=PHONES[3], **safe)
    case.made["shared_call_back"] = promised["call_back"]


def _file(case: WholeCase, act: Any, worker: str) -> None:
    """The case itself: who it is about, notes, tasks and what was weighed."""
    person = {
        "names": [{"family": said("тегі"), "given": said("аты")}],
        "sex": "female",
        "birth": "2010-05-11",
        "citizenships": ["UZ"],
        "phones": [{"number": PHONES[2], "safe": "code_word", "code_word": said("сөз")}],
    }
    opened = {"kind": "trafficking", "region": "KZ-75", "note": said("жазба"), "urgency": "immediate"}
    case.made |= act("case.opened", **opened, person=person, call=case["call"])
    of = {"case": case["case"]}
    case.made |= act("task.added", **of, title=said("тапсырма"), due="2026-11-20", assignee=worker)
    case.made["note"] = act("note.sealed", **of, kind="legal", readers=[worker], text=said("мөр"))["note"]
    act("fact.stated", **of, fact="danger_to_life", source=said("дерек"))
    act("contact.tried", **of, channel="visit")
    weighed = {"authority": said("орган"), "learns": said("біледі"), "decision": "file", "decided_with": "person"}
    act("visibility.weighed", **of, step="filed", **weighed)


def _people(case: WholeCase, act: Any) -> None:
    """Records of the client, those around them, who asks after them, and the word they agreed on."""
    of = {"person": case["person"]}
    document = {"record": "document", "kind": "foreign_passport", "number": said("құжат"), "holder": "employer"}
    case.made["document"] = act("record.added", **of, facts=document)["record"]
    stay = {"record": "stay", "since": "2026-09-01", "basis": "foreigner_visa_free"}
    act("record.added", **of, facts=stay)
    act("record.added", **of, facts={"record": "address", "kind": "actual", "text": said("мекенжай")})
    held = {"record": "proceeding", "kind": "administrative", "role": "held_liable"}
    case.made["proceeding"] = act("record.added", **of, facts=held)["record"]
    mother = {"names": [{"given": said("шеше")}], "phones": [{"number": "+7 700 000 11 11"}]}
    act("relation.added", **of, kind="mother", new_person=mother, said_by="person")
    suspected = {"names": [{"given": said("күдікті")}]}
    act("relation.added", **of, kind="recruiter_suspected", new_person=suspected, said_by="person")
    child = {"names": [{"given": said("бала")}], "birth": "2020-01-01"}
    son = act("relation.added", **of, kind="son", new_person=child, said_by="person")
    case.made["child"] = son.get("other") or son["person"]
    joined = {"person": case["child"], "with_person": case["person"], "nationality_status": "undetermined"}
    act("household.joined", **joined)
    act("duress_word.set", **of, word="qauip")
    act("caller.checked", number=PHONES[2], word="qauip")
    asked = {"relation": "mother", "new_enquirer": {"names": [{"given": said("іздеуші")}]}, "last_news": "2026-05"}
    case.made |= act("tracing.asked", case=case["case"], **asked)
    act("document.taken", document=case["document"], kept_where=said("сейф"))


def _papers(case: WholeCase, act: Any, book: Casebook) -> None:
    """Answers, a file, a consent taken back in part, referrals to others and from others, an emergency."""
    of = {"case": case["case"]}
    case.made |= act("partner.added", name="Generated partner", kind="crisis_centre")
    form = shipped_form("victim_screening")
    case.made |= act("form.answered", **of, form=form.id, answers=plausible_answers(form))
    made = AddAttachment(case["case"], said("сурет"), Clean("audio/mpeg", 0, b"generated sound"))
    case.made["attachment"] = add_attachment(book, made).ids["attachment"].hex()
    agreed = {"purpose": "referral", "classes": ["identifying", "sensitive"], "language": "kk", "assent": "written"}
    agreed |= {"guardian": "agrees", "witness": said("куәгер")}
    case.made |= act("consent.given", **of, partner=case["partner"], **agreed)
    letter = {"need": "social_legal", "reason": said("хат"), "language": "ru"}
    case.made |= act("referral.drafted", **of, partner=case["partner"], **letter)
    act("referral.sent", referral=case["referral"], how="in_person")
    act("referral.chased", referral=case["referral"], delay="waiting_list", text=said("сұрау"))
    sender = {"sender": "Generated sender", "need": "shelter", "how": "phone", "who": said("кімді")}
    case.made |= act("referral.received", **sender, reason=said("себеп"))
    act("referral.decided", incoming=case["incoming"], state="accepted", **of, text=said("жауап"))
    urgent = {"basis": "vital", "ground": said("негіз"), "passed": said("берілді"), "classes": ["health"]}
    case.made |= act("emergency.released", **of, partner=case["partner"], **urgent, how="phone")
    act("consent.withdrawn", consent=case["consent"], said_by="self", wishes=["tell"])


def _team(case: WholeCase, act: Any, worker: str, other: str) -> None:
    """What colleagues said to each other, and what the office answers for."""
    of = {"case": case["case"]}
    act("flag.raised", **of, kind="danger", reason=said("ту"), seen_by="everyone")
    case.made |= act("approval.asked", **of, what="closing", note=said("мақұл"))
    case.made |= act("transfer.offered", **of, worker=other, note=said("беру"))
    held = {"kind": "plan_review", "minutes": said("кеңес"), "colleagues": [worker]}
    outside = [{"name": said("қонақ"), "organisation": said("ұйым")}]
    decided = [{"text": said("шешім"), "due": "2026-12-01"}]
    case.made |= act("conference.held", **of, **held, outsiders=outside, decisions=decided)
    case.made |= act("request.received", kind="access", **of)
    reported = {"kind": "lost_paper", "what": said("оқиға"), "noticed": "2026-11-20", "classes": ["contact"]}
    case.made |= act("incident.opened", **reported, **of)
    act("case.held", **of, why=said("тыйым"))
