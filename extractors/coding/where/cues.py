"""Words that tell what part a place name plays. Lower case, folded as the gazetteer folds."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

# Words inside a name that may be written small: "Deir ez-Zor", "Rio de Janeiro", "Stoke-on-Trent".
CONNECTORS = frozenset(
    """
    al el ez az as ash ad an at ar et es er de del la las los of the and upon on le du da do dos den der sur en
    bin abu umm i y e ul au aux les
    """.split()
)
LOCATIVE = frozenset(
    """
    in at near outside around across inside within throughout into toward towards over on off between beside
    behind along above surrounding
    """.split()
)
DIRECTIONS = frozenset(
    """
    north south east west northern southern eastern western central northeast northwest southeast southwest
    northeastern northwestern southeastern southwestern downtown greater upper lower inner outer mid old rural
    suburban urban nearby occupied besieged neighboring neighbouring metro metropolitan uptown midtown
    """.split()
)
TITLES = frozenset(
    """
    mr mrs ms miss dr prof professor sgt sergeant lt lieutenant capt captain col colonel gen general maj major
    officer detective det judge justice sen senator rep representative gov governor mayor president minister
    sheriff deputy chief inspector commissioner attorney lawyer rev reverend pastor bishop father sir lady lord
    king queen prince princess spokesman spokeswoman spokesperson constable trooper cpl corporal pvt private
    cmdr commander secretary chancellor ambassador coach sheikh imam paramedic teacher journalist brother sister
    son daughter wife husband uncle
    """.split()
)
# "Officials in Moscow said": where they sat. The police and residents "in" a place speak of that place.
FAR_SPEAKERS = frozenset(
    """
    official officials source sources spokesman spokeswoman spokesperson ministry government analyst analysts
    diplomat diplomats embassy reporter reporters correspondent headquarters talks meeting conference summit
    office reporting writes newsroom bureau based leaders commanders mourners funeral buried born living lives
    lived home family relatives court
    """.split()
)
# "A medical source in Marib", "local officials in Diffa": these speak of where they are.
LOCAL_SPEAKERS = frozenset(
    "medical hospital health local municipal tribal police security rescue field district".split()
)
POLICE = frozenset(
    """
    police sheriff sheriffs deputies pd fire officers troopers detectives investigators authorities firefighters
    cops officials
    """.split()
)
HOSPITAL = frozenset(
    """
    hospital hospitals medical clinic infirmary health trauma healthcare
    """.split()
)
COURT = frozenset(
    """
    court courthouse jail prison prosecutor prosecutors district_attorney coroner correctional magistrate
    superior circuit penitentiary detention
    """.split()
)
SCHOOL = frozenset(
    """
    university college school elementary high academy institute seminary campus
    """.split()
)
ROAD = frozenset(
    """
    street st avenue ave road rd boulevard blvd drive dr lane ln highway hwy pike parkway pkwy terrace freeway
    expressway turnpike blvd. interstate route bridge roundabout
    """.split()
)
MEDIA = frozenset(
    """
    times post tribune herald journal news gazette star sun chronicle daily examiner observer press dispatch bee
    globe inquirer register review record tv radio telegraph guardian mirror agency
    """.split()
)
ORGANISATION = frozenset(
    """
    bank company corp inc ltd fc united club league team association society foundation council committee
    commission party front army brigade battalion regiment division militia movement observatory institute group
    agreement accord accords treaty declaration process conference summit cup open games marathon championship
    bowl derby exchange airlines airways motors cowboys bulls bears saints lakers giants jets eagles chiefs
    rangers authority ministry government parliament congress senate command office bureau center centre museum
    theater theatre church mosque temple cathedral stadium arena mall hotel library symphony orchestra act law
    bill syndrome flu virus fever disease
    """.split()
)
AREA = frozenset(
    """
    city county parish governorate province district region state valley camp refugee neighborhood neighbourhood
    neighborhoods area village town township suburb suburbs borough island islands airport airbase base border
    oblast department municipality prefecture canton territory strip peninsula countryside outskirts desert
    forest mountains side subdistrict raion division enclave province-based
    """.split()
)
REGION_WORDS = frozenset(
    """
    governorate province region state oblast department territory countryside county republic prefecture district
    governorates provinces regions states oblasts departments districts counties division wilaya cercle regency raion
    subdistrict
    """.split()
)
REGIONS = frozenset("governorates provinces regions states oblasts departments districts counties".split())
TOWN_WORDS = frozenset(
    """
    city town village township municipality neighborhood neighbourhood suburb camp
    """.split()
)
RESIDENT = frozenset(
    """
    man woman boy girl teen teenager resident residents native couple mother father family teens men women mom
    dad toddler student students rapper lawyer doctor businessman
    """.split()
)
HOMETOWN_BEFORE = frozenset(
    """
    native resident residents man woman boy girl both formerly originally hometown
    """.split()
)
# Days, months and feasts: capitals that are never places unless a state follows ("Christmas, Fla.").
CALENDAR = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat
    sun broadway christmas easter ramadan thanksgiving halloween eid independence memorial veterans labor yom kippur
    passover
    """.split()
)
FIRST_NAMES = frozenset(
    """
    aaron adam adrian ahmad ahmed alan albert alberto alejandro alex alexander alexis ali alice allen alyssa
    amanda amber amy andre andrea andrew andy angel angela anita ann anna anne anthony antonio april arthur
    ashley barack barbara benjamin ben bernard beth betty beverly bill billy bob bobby boris brad bradley
    brandon brenda brian brittany bruce bryan calvin carl carlos carol caroline carolyn catherine charles
    charlie cheryl chris christian christina christine christopher cindy clara clarence claude clinton corey
    craig crystal curtis cynthia dale daniel danielle danny darren daryl david dawn dean deborah debra denise
    dennis derek derrick devin diana diane diego dominic donald donna dorothy doug douglas dwayne dylan earl
    eddie edgar eduardo edward edwin eileen elaine elizabeth ellen emily emma eric erica erik erin ernest ethan
    eugene evan evelyn fatima felix fernando frances francis francisco frank franklin fred frederick gabriel
    gary gavin gene george gerald gilbert gina glenn gloria gordon greg gregory hannah harold harry hassan
    heather hector helen henry herbert holly howard hugo hussein ian ibrahim isaac ivan jack jacob jacqueline
    jaime jake jamal james jamie jane janet janice jared jasmine jason javier jay jean jeff jeffery jeffrey
    jennifer jeremy jerome jerry jesse jessica jesus jill jim jimmy joan joe joel john johnny jonathan jorge
    jose joseph joshua joyce juan judith judy julia julian julie julio justin karen karl kathleen kathryn
    katherine kathy katie keith kelly ken kenneth kevin khalid khaled kim kimberly kyle lance larry laura lauren
    laurie lawrence lee leo leon leonard leroy leslie lewis linda lisa lois lori louis lucas lucy luis luke lynn
    mahmoud manuel marc marcus margaret maria marie marilyn mario mark martha martin marvin mary matthew maurice
    max megan melanie melissa melvin michael micheal michele michelle miguel mike mildred milton mitchell
    mohamed mohammad mohammed muhammad mustafa nancy natalie nathan nathaniel neil nicholas nicole noah norma
    norman oliver omar oscar osama pamela patricia patrick paul paula pedro peggy peter phil philip phillip
    phyllis rachel rafael ralph ramon randy raul ray raymond rebecca ricardo rich richard rick ricky rita robert
    roberto robin rodney roger roland ron ronald ronnie rosa rose roy ruben russell ruth ryan saeed salman sam
    samantha samuel sandra sara sarah scott sean sergio seth shane shannon sharon shaun shawn sheila shirley
    simon sophia stacy stanley stephanie stephen steve steven stuart susan suzanne tamara tammy tanya ted teresa
    terrance terrell terrence terry thelma theodore theresa thomas tiffany tim timothy tina todd tom tommy toni
    tony tracy trayvon travis trevor troy tyrone valerie vanessa vernon veronica vicki victor vincent vladimir
    walter wanda warren wayne wendy wesley will william willie xavier yolanda youssef yusuf zachary
    """.split()
)
# Names that are given to people at least as often as to the places of that name.
PERSON_LIKE = frozenset(
    """
    jordan chad austin tyler jackson madison savannah charlotte brooklyn carson logan houston dallas lincoln
    marion troy wayne warren clinton sydney paris kenya georgia florence victoria virginia carolina israel
    hamilton franklin jefferson washington nelson wellington cleveland lawrence aurora adrian kent lewis norman
    preston mason trenton bradford clayton gary eugene duncan salvador dakota cheyenne phoenix chelsea ashley
    beverly sierra bentley lopez garcia marshall elizabeth alexandria augusta asia india martinez sanchez
    johnson thomas lee page murray francisco santiago diego jose antonio angeles trinidad may august march santa
    anderson harrison hudson monroe nixon russell taylor vernon walker wilson
    """.split()
)


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Give the English words that are written small, so that a capital (first word, headline) proves nothing."""
    return frozenset(resources.files("seeds").joinpath("reference", "common_words.txt").read_text("utf-8").split())
