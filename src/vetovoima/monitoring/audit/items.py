"""The items of the checklist, each as a sentence of our own, and who can check it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .enums import Area, How


@dataclass(frozen=True)
class Item:
    """One thing that a portal is judged by."""

    code: str
    sentence: Any
    how: How = How.MACHINE

    @property
    def area(self) -> Area:
        """The part of the checklist that it stands in."""
        return Area(self.code[0])


ITEMS: tuple[Item, ...] = (
    Item("W01", _("One screen of the home page says who we are, in what to invest, where, and whom to ask."), How.PERSON),
    Item("W02", _("Every public record is at most three clicks from the home page.")),
    Item("W03", _("Every page names whom to call or write to: a phone number with country code and an e-mail address.")),
    Item("W04", _("The search finds every record by its name and its code in each language.")),
    Item("W05", _("No link leads nowhere.")),
    Item("W06", _("Search engines get a site map, one address for each page, and its other languages.")),
    Item("W07", _("Addresses are readable and stay; a record that was withdrawn leads on or says so.")),
    Item("W08", _("Pages show within 2.5 seconds on a phone and are small."), How.SUITE),
    Item("W09", _("Reading, searching and asking work without script.")),
    Item("W10", _("Pages fit screens from 320 to 2,560 pixels."), How.SUITE),
    Item("W11", _("Automatic checks of accessibility find nothing."), How.SUITE),
    Item("W12", _("The portal and the lists on partners' sites look like one."), How.PERSON),
    Item("W13", _("Every page is there in Finnish, English and Swedish; a language that is missing is named.")),
    Item("W14", _("No page sets a cookie.")),
    Item("W15", _("Every record prints well and can be had as a PDF.")),
    Item("C01", _("The region, its distances and travel times.")),
    Item("C02", _("Population, labour force and unemployment of each municipality.")),
    Item("C03", _("Wages by occupation, and what an employer pays on top.")),
    Item("C04", _("Education, languages, research and development.")),
    Item("C05", _("The largest employers: at least 25, with place, industry and staff.")),
    Item("C06", _("Companies that came or grew in the last two years.")),
    Item("C07", _("Companies that cut down in the last two years.")),
    Item("C08", _("Electricity, water, heat, gas and fibre: who provides it, how much is free, at what price.")),
    Item("C09", _("Roads, railways, flights, ports and the border.")),
    Item("C10", _("Taxes and fees, by municipality where they differ.")),
    Item("C11", _("Aid: which programme, how much, for whom, who decides and how fast.")),
    Item("C12", _("Permits: steps, time, cost and authority.")),
    Item("C13", _("Prices and terms of land and premises.")),
    Item("C14", _("Cost of building, climate, ground and snow.")),
    Item("C15", _("Living here: homes, schools, health care.")),
    Item("C16", _("A page for each lead sector, reviewed, with sites and a contact.")),
    Item("C17", _("Opportunities with a reason to come and the return to expect.")),
    Item("C18", _("Companies that speak for the region by name and with consent.")),
    Item("C19", _("Questions and answers.")),
    Item("C20", _("News of the last 60 days.")),
    Item("C21", _("Events.")),
    Item("C22", _("Data to download as CSV, JSON and GeoJSON.")),
    Item("C23", _("What we do for an investor, and what we promise.")),
    Item("C24", _("What becomes of an investor's data and secrets.")),
    Item("C25", _("A register of plots, premises and brownfields whose important fields are filled in.")),
    Item("C26", _("Every figure has its source and its date.")),
    Item("C27", _("A comparison with other regions.")),
    Item("C28", _("Finance: investors, public instruments, how to meet them.")),
    Item("C29", _("Companies that look for a new owner.")),
    Item("C30", _("Whom companies that are here already may turn to.")),
    Item("P01", _("Each lead sector gives a clear reason to choose it, with three proofs."), How.PERSON),
    Item("P02", _("Every page leads to an enquiry.")),
    Item("P03", _("The enquiry form asks for few things and keeps a draft.")),
    Item("P04", _("Beside the form there are a phone number, an e-mail address and a way to propose a call.")),
    Item("P05", _("Twenty questions that investors ask find an answer in each language.")),
    Item("P06", _("A link that is shared shows a title, a summary and a picture.")),
    Item("P07", _("We know which sources lead to pages and to enquiries, and nothing about persons.")),
    Item("P08", _("Foreign companies and domestic investors each find pages made for them.")),
    Item("P09", _("A shortlist can be made and shared without an account.")),
    Item("P10", _("What search engines read about pages and records is well formed.")),
    Item("G01", _("All permits that the case needs are listed."), How.PERSON),
    Item("G02", _("Steps stand in order and are counted.")),
    Item("G03", _("Each step says what one gets.")),
    Item("G04", _("Each step names the authority and how to reach it.")),
    Item("G05", _("Each step names the documents and forms.")),
    Item("G06", _("Each step says what it costs.")),
    Item("G07", _("Each step says how long it takes, at least and at most.")),
    Item("G08", _("Each step names the law with a link.")),
    Item("G09", _("Each step says where to appeal.")),
    Item("G10", _("Each step says whether it can be done online, and where.")),
    Item("G11", _("Each path says who checked it and when, within a year.")),
    Item("G12", _("Each path gives totals: steps, time, cost.")),
    Item("G13", _("Readers can say that a step is wrong.")),
    Item("G14", _("Every path is there in three languages.")),
    Item("G15", _("One form and one payment for all permits: the State's service, which we link to."), How.PERSON),
)  # fmt: skip
BY_CODE = {one.code: one for one in ITEMS}
