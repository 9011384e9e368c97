"""A form of an office's own, in as many versions as a test needs."""

_XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:kzcase="https://kzcase.kz/forms"><h:head><h:title>{title}</h:title>
<model><instance><data id="{id}" version="{version}" kzcase:case_kinds="{kinds}" kzcase:moment="service">
<days/><fee/><legs jr:template=""><to/></legs></data></instance>
<bind nodeset="/data/days" type="int" constraint=". &lt; 100"/>
<bind nodeset="/data/fee" type="int" calculate="/data/days * 2"/></model></h:head>
<h:body><input ref="/data/days"><label>Days</label></input>
<group ref="/data/legs"><label>Legs</label><repeat nodeset="/data/legs">
<input ref="/data/legs/to"><label>Where to</label></input></repeat></group></h:body></h:html>"""


def office_xform(form_id: str = "visit", version: object = "1", kinds: str = "", title: str = "Visit") -> str:
    """The text of its XForm."""
    return _XFORM.format(id=form_id, version=version, kinds=kinds, title=title)
