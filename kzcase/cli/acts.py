"""Acts from a file: all or none, or one by one with an answer after each commit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kzcase.cli.desk import CASEBOOK, Way, casebook_options
from kzcase.cli.documents import Committed, Performed, Warned
from kzcase.cli.documents.cases import ActList, ActNamed
from kzcase.cli.files import place_of, read_file
from kzcase.cli.output import answer, counted_from_one, put_json, put_text, said, tell
from kzcase.cli.spoken import PLACE, PLACE_OF_TEXT, argument, command, option
from kzcase.cli.usage import WrongUse
from kzcase.domain.errors import RuleBroken
from kzcase.domain.json_text import below
from kzcase.i18n import _, ngettext

if TYPE_CHECKING:
    from kzcase.actions.perform import Wanted
    from kzcase.actions.wishes import Done
    from kzcase.db.casebook import Casebook
    from kzcase.domain.warned import Warned as ToLookAt


_WORDS = _(
    "Perform the acts of a JSON file: all or none, or with --each one by one. The file holds a list of acts, each "
    "with its kind and its fields: {example}. A case is opened by the act case.opened.",
    example='[{"act": "note.added", "case": "…", "text": "…"}]',
)


@command("act", _WORDS)
@argument(
    "casebook",
    _("{casebook} With --schema the kind of an act instead.", casebook=CASEBOOK),
    type=PLACE,
    required=False,
    metavar="[CASEBOOK | KIND]",
)
@argument("file", _("A JSON list of acts; - is standard input."), type=PLACE_OF_TEXT, required=False)
@option(
    "--list",
    "list_them",
    is_flag=True,
    words=_("List every act with what it does; with the first word of a kind in place of CASEBOOK those of that word."),
)
@option("--each", is_flag=True, words=_("Commit one by one; one line of JSON after each commit."))
@option(
    "--schema",
    is_flag=True,
    words=_(
        "Print every act with the JSON Schema of its fields; with the kind of an act in place of CASEBOOK an example, "
        "with the first word of a kind all that begin with it."
    ),
)
@casebook_options
def act_command(
    *,
    casebook: Path | None,
    file: str | None,
    list_them: bool,
    each: bool,
    schema: bool,
    passphrase_file: str | None,
    as_name: str | None,
    show_names: bool,
    as_json: bool,
) -> None:
    """Perform acts, or print what acts there are."""
    if list_them:
        _list(str(casebook) if casebook is not None else "", as_json)
        return
    if schema:
        _describe(str(casebook) if casebook is not None else None, as_json)
        return
    if casebook is None or file is None:
        raise WrongUse(_("A casebook and a file of acts are needed."))
    way = Way(casebook, passphrase_file, as_name, show_names, as_json)
    if each:
        _one_by_one(way, read_file(file), place_of(file))
    else:
        _all_or_none(way, read_file(file), place_of(file))


def _list(word: str, as_json: bool) -> None:
    """The acts there are, each with what the history calls it."""
    from kzcase.actions.near_acts import acts_beginning
    from kzcase.actions.perform import acts_schema
    from kzcase.actions.wishes import ACTIONS
    from kzcase.journal.kinds import sentence

    kinds = acts_beginning(word) or sorted(acts_schema([word])["acts"]) if word else sorted(ACTIONS)
    named = [ActNamed(act=kind, name=said(sentence(kind))) for kind in kinds]
    if as_json:
        answer(ActList(acts=named), as_json)
        return
    width = max(len(one.act) for one in named)
    put_text([f"{one.act:<{width}} – {one.name}" for one in named])
    tell(_("`kzcase act --schema KIND` shows an example of one act and its fields."))


def _describe(kind: str | None, as_json: bool) -> None:
    """Every act as JSON Schema, one act by an example and its fields, or the kinds that begin with a word."""
    from kzcase.actions.near_acts import acts_beginning
    from kzcase.actions.perform import acts_schema

    alike = acts_beginning(kind) if kind is not None else []
    document = acts_schema(alike or ([kind] if kind is not None else []))
    if kind is None or as_json:
        put_json(document)
        return
    if alike:
        _list(kind or "", as_json)
        return
    from kzcase.cli.act_examples import example_of

    example = msgspec.json.format(msgspec.json.encode([example_of(kind)]), indent=2).decode()
    put_text([said(_("An example:")), example, "", *_fields(kind)])


def _fields(kind: str) -> Iterator[str]:
    """The fields of an act: first those it cannot do without; then where the codes stand that some of them take."""
    from kzcase.actions.code_lists import lists_of
    from kzcase.actions.wishes import ACTIONS

    fields = msgspec.structs.fields(ACTIONS[kind].wish_type)
    for words, needed in ((_("Needed:"), True), (_("If known:"), False)):
        names = [field.encode_name for field in fields if field.required is needed]
        if names:
            yield f"{said(words)} {', '.join(names)}"
    codes = lists_of(kind)
    if codes:
        yield said(_("Codes:"))
        width = max(map(len, codes))
        yield from (f"  {name:<{width}}  kzcase codes {listed}" for name, listed in codes.items())
    yield said(_("`kzcase act --schema --json {kind}` says what each field takes.", kind=kind))


def _all_or_none(way: Way, untrusted: bytes, name: str) -> None:
    from kzcase.actions.perform import perform_all, read_list

    given = read_list(untrusted, name)
    wanted = _read(way, given)
    with way.desk() as desk:
        done = perform_all(desk.book, wanted) if wanted else []
        alike = _alike(desk.book, {f"[{index}]": each for index, each in enumerate(zip(done, wanted, strict=True))})
    performed = [
        _performed(*each, f"[{index}]", alike.get(f"[{index}].person"))
        for index, each in enumerate(zip(done, wanted, strict=True))
    ]
    _tell_warnings(performed)
    answer(performed, way.as_json)
    if not way.as_json:
        tell(ngettext("{count} act was performed.", "{count} acts were performed.", len(done)))


def _read(way: Way, given: Sequence[object]) -> "list[Wanted]":
    """The acts; where the shape of some is wrong, what the casebook's lists say of their codes is told with it."""
    from kzcase.actions.perform import all_wrong, read_all

    try:
        return read_all(given)
    except RuleBroken as error:
        with way.desk() as desk:
            raise all_wrong(desk.book, given, error) from error


def _one_by_one(way: Way, untrusted: bytes, name: str) -> None:
    """A bad act ends it; what was committed before stays, and was told before."""
    from kzcase.actions.perform import all_wrong, perform_one, read_act, read_list

    given = read_list(untrusted, name)
    with way.desk() as desk:
        for index, item in enumerate(given):
            place = f"[{index}]"
            try:
                wanted = read_act(item, place)
            except RuleBroken as error:
                raise all_wrong(desk.book, given[: index + 1], error, index) from error
            made = perform_one(desk.book, wanted, index)
            alike = _alike(desk.book, {place: (made, wanted)})
            done = _performed(made, wanted, place, alike.get(f"{place}.person"))
            put_json(Committed(committed=index, done=done))
            _tell_warnings([done])


def _alike(book: "Casebook", made: Mapping[str, tuple["Done", "Wanted"]]) -> dict[str, "ToLookAt"]:
    """Who among the people that cases were opened for may be known already, by their place in the file."""
    from kzcase.actions.alike_warnings import people_alike
    from kzcase.actions.cases import OpenCase

    opened = {
        place: done for place, (done, (_action, wish)) in made.items() if isinstance(wish, OpenCase) and wish.person
    }
    return people_alike(book, {below(place, "person"): done.ids["person"] for place, done in opened.items()})


def _performed(done: "Done", wanted: "Wanted", place: str, alike: "ToLookAt | None") -> Performed:
    """What came of an act, and what somebody should still look at."""
    from kzcase.actions.warnings import warnings_of

    action, wish = wanted
    of_casebook = (replace(one, place=below(place, one.place)) for one in done.warned)
    found = (*warnings_of(wish, place), *of_casebook, *([alike] if alike else []))
    warned = [Warned(place=one.place, warning=one.warning, what=said(one.what)) for one in found]
    return {**done.as_json(action.kind), "warnings": warned}


def _tell_warnings(performed: Sequence[Performed]) -> None:
    for one in performed:
        for warned in one["warnings"]:
            if isinstance(warned, Warned):
                sentence = _("{place}: {sentence}", place=warned.place, sentence=warned.what)
                tell(counted_from_one(warned.place, sentence))
