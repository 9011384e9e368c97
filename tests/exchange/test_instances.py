"""Instances as phones and servers write them: every quirk is tolerated, nothing unknown is lost without a word."""

from xml.etree.ElementTree import Element

import pytest

from kzcase.domain.errors import BadSubmission
from kzcase.exchange.instances import instance_of, moment_of, told_by
from kzcase.forms.xml_reading import read_xml
from tests.exchange.forms import interview, survey

KOBO = """<aXzQ12 xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" id="aXzQ12"
  version="3 (2026-11-20 10:00:00)"><formhub><uuid>0123456789</uuid></formhub>
  <start>2026-11-20T10:00:00.000+05:00</start><end>2026-11-20T10:31:00.000+05:00</end>
  <place_kind> Базар </place_kind><open_now>yes</open_now>
  <trip><days>4</days><legs><via>A</via></legs><legs><via/><day>2026-11-02</day></legs></trip>
  <twice>8</twice><asked_on/><__version__>vQqQ</__version__><_version_>x</_version_>
  <_xform_id_string>aXzQ12</_xform_id_string><audit>audit.csv</audit>
  <meta><instanceID>uuid:1-2</instanceID><deprecatedID>uuid:0-1</deprecatedID><instanceName>n</instanceName>
  <rootUuid>uuid:0</rootUuid></meta></aXzQ12>"""


def root_of(text: str) -> Element:
    return read_xml(text.encode())


def test_kobo_is_understood() -> None:
    root = root_of(KOBO)
    head, told = instance_of(root), told_by(survey(), root)
    assert (head.form_id, head.edition, head.version) == ("aXzQ12", "3 (2026-11-20 10:00:00)", "")
    assert (head.instance, head.replaces) == ("uuid:1-2", "uuid:0-1")
    assert told.unknown == ()
    assert told.calculated == {"twice": "8"}
    assert [other.path for other in told.marks] == [
        "formhub", "start", "end", "__version__", "_version_", "_xform_id_string",
        "meta/deprecatedID", "meta/instanceName", "meta/rootUuid",
    ]  # fmt: skip
    assert told.answers == {
        "place_kind": " Базар ",
        "open_now": "yes",
        "trip/days": "4",
        "trip/legs[1]/via": "A",
        "trip/legs[2]/via": "",
        "trip/legs[2]/day": "2026-11-02",
        "asked_on": "",
    }


def test_the_mark_of_a_form_made_here_is_known_whatever_the_server_calls_it() -> None:
    marked = KOBO.replace("<start>", f"<kzcase_form>phone_survey 2026.1 {'a' * 32}</kzcase_form><start>")
    head = instance_of(root_of(marked))
    assert (head.form_id, head.version) == ("phone_survey", "a" * 32)


@pytest.mark.parametrize(
    ("inner", "path"),
    [
        ("<stranger>x</stranger>", "stranger"),
        ("<trip><other>x</other></trip>", "trip/other"),
        ("<place_kind><deeper>x</deeper></place_kind>", "place_kind"),
        ("<place_kind>a</place_kind><place_kind>b</place_kind>", "place_kind"),
    ],
)
def test_answers_nobody_asked_for_are_named(inner: str, path: str) -> None:
    assert told_by(survey(), root_of(f"<d>{inner}</d>")).unknown == (path,)


def test_what_nobody_asked_for_is_kept_word_for_word() -> None:
    inner = '<stranger a="1">x &amp; <b>қ</b> y</stranger>\n <trip><other>z</other>\n</trip>'
    kept = [other.content for other in told_by(survey(), root_of(f"<d>{inner}</d>")).others]
    assert kept == ['<stranger a="1">x &amp; <b>қ</b> y</stranger>', "<other>z</other>"]


@pytest.mark.parametrize("inner", ["<s>x</s>" * 501, f"<s>{'x' * 300_000}</s>", "<s>\u202e</s>"], ids=len)
def test_what_is_too_much_to_keep_or_turns_lines_round_is_refused(inner: str) -> None:
    with pytest.raises(BadSubmission):
        told_by(survey(), root_of(f"<d>{inner}</d>"))


@pytest.mark.parametrize(
    "inner",
    ["<deviceid>x</deviceid>", "<start-geopoint>43 76 0 0</start-geopoint>", "<audit>audit.csv</audit>",
     "<meta><deviceID>x</deviceID><audit>a.csv</audit></meta>", "<_geolocation>43 76</_geolocation>"],
)  # fmt: skip
def test_where_somebody_was_and_with_which_telephone_is_not_kept(inner: str) -> None:
    told = told_by(survey(), root_of(f"<d>{inner}</d>"))
    assert (told.marks, told.others) == ((), ())


def test_empty_strangers_and_templates_are_nothing() -> None:
    inner = '<stranger/><trip><legs jr:template=""><via>x</via></legs></trip>'
    text = f'<d xmlns:jr="http://openrosa.org/javarosa">{inner}</d>'
    told = told_by(survey(), root_of(text))
    assert (told.unknown, told.answers) == ((), {})


@pytest.mark.parametrize(
    "meta",
    ["", "<meta/>", "<meta><instanceID> </instanceID></meta>", f"<meta><instanceID>{'x' * 201}</instanceID></meta>"],
)
def test_without_an_id_nothing_is_taken(meta: str) -> None:
    with pytest.raises(BadSubmission):
        instance_of(root_of(f"<d>{meta}</d>"))


def test_reasons_come_back_and_control_characters_do_not() -> None:
    text = '<d xmlns:kzcase="https://kzcase.kz/forms"><story kzcase:missing="refused"/></d>'
    assert told_by(interview(), root_of(text)).missing == {"story": "refused"}
    with pytest.raises(BadSubmission):
        told_by(interview(), root_of("<d><story>a\u202eb</story></d>"))


def test_repeats_are_bounded() -> None:
    with pytest.raises(BadSubmission):
        told_by(survey(), root_of(f"<d><trip>{'<legs/>' * 1001}</trip></d>"))


def test_when_it_ended_is_read_from_the_phone() -> None:
    ended = KOBO.replace("<instanceID>", "<timeEnd>2026-11-20T11:00:00.000+05:00</timeEnd><instanceID>")
    head = instance_of(root_of(ended))
    moment = moment_of(survey(), head, told_by(survey(), head.root))
    assert moment is not None
    assert moment.isoformat() == "2026-11-20T11:00:00+05:00"
