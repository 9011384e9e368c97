"""The public standards that forms follow, as they are called in each language; others stand as they were written."""

from collections.abc import Mapping
from functools import reduce
from typing import Final

from kzcase.i18n import Words, _, verbatim

_BETWEEN: Final = "; "
_KNOWN: Final[Mapping[str, Words]] = {
    each.msgid: each
    for each in (
        _("Inter-Agency Guidelines for Case Management and Child Protection"),
        _("Inter-Agency Guidelines for Case Management and Child Protection (2014)"),
        _("Inter-Agency Guidelines for Case Management and Child Protection (identification without registering)"),
        _("Inter-Agency Guidelines for Case Management"),
        _("UNHCR Best Interests Procedure Guidelines 2021"),
        _("Psychological first aid (look, listen, link)"),
        _("Inter-Agency Gender-Based Violence Case Management Guidelines"),
        _("Inter-Agency Gender-Based Violence Case Management Guidelines (limits of confidentiality)"),
        _("Inter-Agency Gender-Based Violence Case Management Guidelines (remote support)"),
        _("GBV Case Management Guidelines (2017)"),
        _("GBV Case Management Guidelines (meaning only)"),
        _("Core Humanitarian Standard"),
        _("Joint order on the criteria of ill-treatment, registered under No. 33002"),
        _("joint order registered under No. 33002 (text taken from the act in force)"),
        _("OHCHR Recommended Principles and Guidelines on Human Rights and Human Trafficking"),
        _("OHCHR Recommended Principles and Guidelines on Human Rights and Human Trafficking (non-punishment)"),
        _("OHCHR Recommended Principles and Guidelines on Human Rights at International Borders (2014)"),
        _("HTCDS 2.0"),
        _("CPIMS+ registration data"),
        _("UNHCR Detention Guidelines (2012)"),
        _("Law of the Republic of Kazakhstan on refugees of 4 December 2009"),
        _("ILO Indicators of Forced Labour"),
        _("ILO indicators of forced labour"),
        _("Restoring Family Links practice of the Red Cross and Red Crescent Movement"),
        _("Restoring Family Links (Red Cross and Red Crescent)"),
        _("UNHCR Handbook on Protection of Stateless Persons (2014)"),
        _("UNHCR Handbook on Protection of Stateless Persons (2014), evidence"),
        _("Law No. 94-V of 21 May 2013 on personal data (its current text to be checked)"),
        _(
            "Law No. 94-V of 21 May 2013 on personal data and their protection (its current text and "
            "terms are to be checked)"
        ),
        _("IOM Framework for Assisted Voluntary Return and Reintegration"),
        _("UN Committee on the Rights of the Child, General Comments 6 and 23"),
        _("UN Convention on the Rights of the Child, General Comment 14"),
        _("Social Code of the Republic of Kazakhstan, Article 133(2)"),
        _("eight kinds of special social services of the Social Code of the Republic of Kazakhstan"),
        _("Sphere Handbook (2018)"),
        _("public sources, to be checked: Global Compact for Migration review, 2021"),
        _("public sources, to be checked: MIA Order 923 of 17 November 2025"),
        _("Global Compact for Migration review, 2021"),
        _("gov.kz"),
        _("UNHCR Help"),
        _("Interagency Guiding Principles on Unaccompanied and Separated Children"),
        _(
            "Law of the Republic of Kazakhstan No. 131-VI of 10 January 2018 (terms and amounts to "
            "be checked against the text in force)"
        ),
        _("Code on Administrative Offences of the Republic of Kazakhstan (article to be typed from the act in force)"),
        _("Code on Administrative Offences of the Republic of Kazakhstan (articles to be typed from the act in force)"),
        _("1951 Convention relating to the Status of Refugees (non-refoulement)"),
        _(
            "Rules approved by order of the Minister of Internal Affairs of Kazakhstan No. 607 of 1 "
            "September 2020 (as amended 2024)"
        ),
        _("Law on migration of the Republic of Kazakhstan of 22 July 2011 (terms to be checked before use)"),
        _("Labour Code of the Republic of Kazakhstan of 23 November 2015"),
        _("ILO Protection of Wages Convention, 1949 (No. 95)"),
        _("Vienna Convention on Consular Relations (1963)"),
        _("fields of inbound referrals to UNHCR proGres v4"),
        _("public practice of helplines for migrants and children"),
        _(
            "Principles of anonymised case data (k-anonymity with k = 11, as used by the "
            "Counter-Trafficking Data Collaborative)"
        ),
        _("UN Standard Minimum Rules for the Treatment of Prisoners (Nelson Mandela Rules, 2015)"),
        _("UNHCR, APT, IDC: Monitoring Immigration Detention (2014)"),
        _("own list of outreach practice"),
        _("Principles of suppression of small cells (under 11)"),
        _("source classes of public yearly reports on trafficking in persons"),
    )
}


def standards_of(text: str) -> Words:
    """The standards that a form names, one after the other."""
    named = [_KNOWN.get(part) or verbatim(part) for part in text.split(_BETWEEN) if part]
    return reduce(lambda before, one: _("{before}; {one}", before=before, one=one), named) if named else verbatim("")
