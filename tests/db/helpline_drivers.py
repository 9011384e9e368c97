"""One way to perform each kind of act of the helpline beyond the single call."""

from contextlib import suppress

from kzcase.actions import call_backs, calling_in, calls, line_keys, shifts, signals
from kzcase.actions.desk import add_staff_rows
from kzcase.actions.people import AddPhone, add_phone
from kzcase.actions.releases import ClosePeriod, close_call_period
from kzcase.db.tables import ENTITIES
from kzcase.domain.errors import NothingToChange, RuleBroken
from kzcase.domain.ids import new_id
from kzcase.domain.permissions import Role
from kzcase.keys.identity import Identity
from tests.db.drivers import World, driver


def _call(world: World) -> str:
    return world.any_of("calls", make="call.logged")


@driver("call.linked")
def _link(world: World) -> object:
    return calls.link_call(
        world.book, calls.LinkCall(call=_call(world), case=world.any_of("cases", make="case.opened"))
    )


@driver("emergency.called")
def _emergency(world: World) -> object:
    wish = calls.CallEmergency(call=_call(world), service=world.chance.choice(("102", "103", "112")))
    return calls.call_emergency(world.book, wish)


@driver("sheet.given")
def _give(world: World) -> object:
    how = world.chance.choice(("read", "paper", "email"))
    return calls.give_sheet(world.book, calls.GiveSheet(call=_call(world), sheet="wages", language="kk", how=how))


def _signal(world: World) -> str:
    return world.any_of("crime_signals", make="signal.prepared")


@driver("signal.prepared")
def _prepare(world: World) -> object:
    ground = world.chance.choice(("none", "agreement", "life"))
    identity = "" if ground == "none" else "Generated"
    given = {"unit": "Generated unit", "danger": "hours", "facts": "Generated.", "heard": True, "reason": "Generated."}
    wish = signals.PrepareSignal(call=_call(world), ground=ground, identity=identity, people=3, **given)
    return signals.prepare_signal(world.book, wish)


@driver("signal.readdressed")
def _readdress(world: World) -> object:
    unit = f"Unit {world.chance.randint(0, 10**9)}"
    wish = signals.ReaddressSignal(signal=_signal(world), unit=unit, because="Generated.")
    return signals.readdress_signal(world.book, wish)


@driver("signal.sent")
def _send(world: World) -> object:
    signal = signals.PrepareSignal(
        call=_call(world), unit="Unit", danger="now", facts="Generated.", heard=True, ground="child",
        identity="Generated", reason="Generated.",
    )  # fmt: skip
    made = signals.prepare_signal(world.book, signal).ids["signal"].hex()
    return signals.send_signal(world.book, signals.SendSignal(signal=made, how="phone"))


def _sent(world: World) -> str:
    return _send(world).ids["signal"].hex()  # type: ignore[attr-defined, no-any-return]


@driver("signal.acknowledged")
def _acknowledge(world: World) -> object:
    return signals.acknowledge_signal(world.book, signals.AcknowledgeSignal(signal=_sent(world), by="Generated"))


@driver("signal.answered")
def _answer(world: World) -> object:
    result = world.chance.choice(("found", "no_answer", "registered"))
    return signals.answer_signal(world.book, signals.AnswerSignal(signal=_sent(world), result=result))


@driver("signal.reviewed")
def _review(world: World) -> object:
    sent = _sent(world)
    identity = Identity.fresh(new_id(), f"Supervisor {world.chance.randint(0, 10**9)}")
    with world.book.write("staff.added") as act:
        add_staff_rows(act, identity, (Role.SUPERVISOR,))
    with world.acting_as(identity):
        return signals.review_signal(world.book, signals.ReviewSignal(signal=sent, review="upheld"))


def _promise_to(world: World) -> str:
    return world.any_of("call_backs", make="call_back.promised")


@driver("call_back.promised")
def _promise(world: World) -> object:
    given = {"zone": world.chance.choice(("Asia/Tashkent", "Europe/Moscow")), "hours": "10:00-20:00"}
    wish = call_backs.PromiseCallBack(call=_call(world), due="2026-11-23T12:00", phone="+7 709 000 00 21", **given)
    return call_backs.promise_call_back(world.book, wish)


@driver("call_back.tried")
def _try(world: World) -> object:
    result = world.chance.choice(("reached", "no_answer"))
    return call_backs.try_call_back(world.book, call_backs.TryCallBack(call_back=_promise_to(world), result=result))


@driver("call_back.ended")
def _end(world: World) -> object:
    return call_backs.end_call_back(
        world.book,
        call_backs.EndCallBack(call_back=_promise(world).ids["call_back"].hex(), ended="not_wanted"),  # type: ignore[attr-defined]
    )


def _phone(world: World) -> str:
    person = world.any_of("people", make="case.opened")
    number = f"+7 709 1{world.chance.randint(0, 999_999):06}"
    return add_phone(world.book, AddPhone(person=person, number=number, code_word="Сөз")).ids["phone"].hex()


@driver("phone.controlled")
def _control(world: World) -> object:
    state = world.chance.choice(("controlled", "free"))
    return calling_in.control_phone(world.book, calling_in.ControlPhone(phone=_phone(world), state=state))


@driver("duress_word.set")
def _duress(world: World) -> object:
    wish = calling_in.SetDuressWord(person=world.any_of("people", make="case.opened"), word="Generated word")
    return calling_in.set_duress_word(world.book, wish)


def _client(world: World) -> str:
    """Whoever has a case here: the word is compared for nobody else."""
    case = world._case("closed_on IS NULL AND client_id NOT NULL", make="case.opened")
    with world.book.read() as reader:
        row = reader.session.get_one(ENTITIES["cases"], bytes.fromhex(case))
        return str(row.client_id.hex())  # type: ignore[attr-defined]


@driver("caller.checked")
def _check(world: World) -> object:
    person = _client(world)
    number = f"+7 709 2{world.chance.randint(0, 999_999):06}"
    add_phone(world.book, AddPhone(person=person, number=number, code_word="Сөз"))
    word = world.chance.choice(("сөз", "wrong"))
    return calling_in.check_caller(world.book, calling_in.CheckCaller(number=number, word=word))


@driver("alert.seen")
def _see(world: World) -> object:
    person = _client(world)
    number = f"+7 709 3{world.chance.randint(0, 999_999):06}"
    add_phone(world.book, AddPhone(person=person, number=number))
    calling_in.set_duress_word(world.book, calling_in.SetDuressWord(person=person, word="warn"))
    check = calling_in.check_caller(world.book, calling_in.CheckCaller(number=number, word="warn")).ids["check"]
    return calling_in.see_alert(world.book, calling_in.SeeAlert(check=check.hex()))


@driver("shift.opened")
def _open_shift(world: World) -> object:
    with suppress(RuleBroken):
        shifts.close_shift(world.book, shifts.CloseShift())
    return shifts.open_shift(world.book, shifts.OpenShift())


@driver("shift.closed")
def _close_shift(world: World) -> object:
    with suppress(RuleBroken):
        shifts.open_shift(world.book, shifts.OpenShift())
    return shifts.close_shift(world.book, shifts.CloseShift(words="Generated."))


@driver("outreach.logged")
def _outreach(world: World) -> object:
    wish = shifts.LogOutreach(
        kind="mobile_group", region="KZ-61", reached=12, topics=["offer_check"], place="Generated"
    )
    return shifts.log_outreach(world.book, wish)


@driver("call_period.closed")
def _close_quarter(world: World) -> object:
    quarter = f"{world.chance.randint(2000, 9999)}-Q{world.chance.randint(1, 4)}"
    return close_call_period(world.book, ClosePeriod(quarter, 5, b"key", (), b"file", "fingerprint"))


@driver("line_key.made")
def _make_line_key(world: World) -> object:
    return line_keys.make_line_key(world.book, line_keys.MakeLineKey())


@driver("line_key.shared")
def _share_line_key(world: World) -> object:
    _make_line_key(world)
    identity = Identity.fresh(new_id(), f"Operator {world.chance.randint(0, 10**9)}")
    with world.book.write("staff.added") as act:
        add_staff_rows(act, identity, (Role.HELPLINE,))
    with suppress(NothingToChange):
        return line_keys.share_line_key(world.book, line_keys.ShareLineKey())
    return None
