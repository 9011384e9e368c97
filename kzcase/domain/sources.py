"""Where a rule that ships is from, in words of three languages; what an office has typed stands as it was written."""

import re
from typing import Final

from kzcase.i18n import Words, _, verbatim

SOURCES: Final = (
    _("Law on migration of 22 July 2011; rules of entry and stay before MIA Order 923 of 17 November 2025"),
    _("MIA Order 923 of 17 November 2025"),
    _("Rules of entry and stay of immigrants; bilateral agreements"),
    _("Rules of entry and stay of immigrants as amended in January 2023"),
    _("Law on refugees of 4 December 2009"),
    _("Rules of registration of asylum seekers"),
    _("MIA Order 607 of 1 September 2020"),
    _("Law on citizenship of 20 December 1991"),
    _("Public service standard of 2015"),
    _("Helpline procedure agreed with the Ministry of Internal Affairs"),
    _("Law on personal data of 21 May 2013, Art. 6"),
    _("The office's own standard of 72 hours; no term in the law was known then"),
    _("Law on personal data of 21 May 2013 as amended in 2023-2024; Order 481/НҚ of 9 August 2024"),
    _("Law on personal data of 21 May 2013, Art. 25"),
    _("The office's own standard; the law on personal data of 21 May 2013, Art. 8, names no term"),
    _("The office's own standard; no term in the law is known"),
    _("The organisation's own standard"),
    _("Press reports on the Victims Compensation Fund, Law of 10 January 2018"),
    _("International good practice; its place in the law of Kazakhstan is not confirmed"),
    _("Code on marriage and family of 26 December 2011"),
    _("Labour Code of 23 November 2015; the term must be confirmed by a lawyer"),
    _("The organisation's own watch; the terms of the law must be confirmed by a lawyer"),
    _("Code on administrative offences of 5 July 2014; the term must be confirmed by a lawyer"),
    _("Law on holidays of 13 December 2001"),
    _("decree on transfer of days off"),
    _("Law on personal data of 21 May 2013 (no number of years); own proposal"),
    _("Law on personal data of 21 May 2013 (no number of years); own proposal: a child may ask for them when grown up"),
    _(
        "Law on personal data of 21 May 2013 (no number of years); own proposal: "
        "an appeal and a later country may ask for them"
    ),
    _("Law on personal data of 21 May 2013 (no number of years); own proposal: relatives may ask for them years later"),
)
"""What stands in the files of deadlines, terms of keeping, holidays and amounts."""
_BY_TEXT: Final = {words.msgid: words for words in SOURCES}
_BUDGET: Final = re.compile(r"(Law|Decree) on the republican budget (\d{4}(?:-\d{4})?)( as revised)?")


def source_said(source: str) -> Words:
    """A source in whatever language it is rendered."""
    budget = _BUDGET.fullmatch(source)
    if budget is None:
        return _BY_TEXT.get(source) or verbatim(source)
    act, years, revised = budget.groups()
    if act == "Decree":
        return _("Decree on the republican budget {years} as revised", years=years)
    if revised:
        return _("Law on the republican budget {years} as revised", years=years)
    return _("Law on the republican budget {years}", years=years)
