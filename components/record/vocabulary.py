"""The closed lists as shipped: code, label, definition, colour and symbol of every word the record may use.

Belongs here: words and colours, in the order in which they are shown.
Does not belong here: anything that computes, and what is particular to one subject (tracker.toml, words).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from components.record.wording import lowered


@dataclass(frozen=True, slots=True)
class Term:
    """One code of a closed list, as it is written in a CSV cell, named on screen and explained."""

    code: str
    label: str
    definition: str
    colour: str = ""
    symbol: str = ""
    group: str = ""

    @property
    def lowered(self) -> str:
        """The label as it stands inside a sentence."""
        return lowered(self.label)


Terms = Mapping[str, Term]


def _terms(*terms: Term) -> Terms:
    return {term.code: term for term in terms}


STANCES = _terms(
    Term(
        "supportive",
        "Supportive",
        "Formally recognises; or has argued in public that others should recognise, normalise, lift sanctions "
        "or release assets; or has accepted an envoy at ambassador rank.",
        "#004488",
        "●",
    ),
    Term(
        "engaging",
        "Engaging",
        "Official contact, missions or deals, and no refusal that stands.",
        "#DDAA33",
        "◐",
    ),
    Term(
        "opposed",
        "Opposed",
        "Has refused recognition in public, and has not taken that back by word or deed.",
        "#BB5566",
        "○",
    ),
    Term(
        "none",
        "No public position found",
        "Searched, and no public position was found.",
        "#FFFFFF",
        "–",
    ),
)

# How a stance is told that rests on no word of its own, and what that means.
ONLY_JOINTLY = "only in a joint text"
JOINT_TEXT = "In a text signed or made with others, and in nothing of its own that was found."

# How a stance is chosen, by what is recognised: the first of these that applies. The level says what is done, the
# stance where it stands.
_GOVERNMENT_TREE: Mapping[str, str] = {
    "supportive": "It recognises; or has argued in public, in its own words or in a text it signed by name, that "
    "others should recognise the authorities or deal with them as with a government, lift sanctions or release "
    "assets; or has accepted an envoy at ambassador rank. To ask that this be considered, phased or discussed is not "
    "enough, nor to make it depend on their conduct or on channels that pass them by, nor to ask for relief, "
    "flexibility, engagement or dialogue. It stands until the actor takes it back in public or breaks openly: expels "
    "envoys, downgrades, declares the authorities illegitimate, or strikes their territory and says so; then only a "
    "new act brings it back. Concern, conditions, “not yet”, “not alone” or an unnamed official do not end it.",
    "opposed": "It has refused recognition in public, in its own words or in a text it signed by name that says so: "
    "will not, not now, too early, not at issue, only if, no diplomatic relations, or “does not recognise” as its "
    "position or its reason; and when it spoke it kept no resident mission in the capital and accepted no envoy, or "
    "held pressure by money or sanctions, or hosted an opposition that claims to be the government. No refusal is "
    "“contact is not recognition” of its own contacts, “we recognise states, not governments”, “too early to say”, “it "
    "depends”, “not yet”, or a condition for talks or aid; nor, before the authorities had named a government, “too "
    "early” or “not at issue” without a condition, unless it was repeated. A refusal stands, also while the actor "
    "talks, until it accepts a head of mission (a chargé or an ambassador), opens or reopens its own mission in the "
    "capital, or says that recognition is open.",
    "engaging": "It has official contact, a mission or a deal, and no refusal that stands.",
    "none": "A search was made and found no position, or words that leave it open, and no contact.",
}

_STATE_TREE: Mapping[str, str] = {
    "supportive": "It recognises; or has argued in public, in its own words or in a text it signed by name, that "
    "others should recognise the state or deal with it as with one; or has accepted an envoy at ambassador rank. To "
    "ask that this be considered or discussed is not enough, nor to ask for dialogue or aid. It stands until the actor "
    "takes it back in public or breaks openly; then only a new act brings it back. Concern, conditions, “not yet” or "
    "an unnamed official do not end it.",
    "opposed": "It has refused recognition in public, in its own words or in a text it signed by name that says so: "
    "will not, not now, only if, or “does not recognise” as its position or its reason; or it took recognition back, "
    "and has not said since that the question is open. No refusal is “contact is not recognition” of its own contacts, "
    "“it depends”, or a condition for talks or aid. A refusal stands, also while the actor talks, keeps an office or "
    "takes part in missions, until it accepts a head of mission as a state’s, or says that recognition is open.",
    "engaging": "It has official contact, a mission or a deal, and no refusal that stands.",
    "none": "A search was made and found no position, or words that leave it open, and no contact.",
}

# Of what recognition is, and how a stance on it is chosen.
GOVERNMENT, STATE = "government", "state"
RECOGNISES = _terms(
    Term(GOVERNMENT, "Government", "Recognition is of a government, not of a state."),
    Term(STATE, "State", "Recognition is of a state, not of its government."),
)
STANCE_TREES: Mapping[str, Mapping[str, str]] = {GOVERNMENT: _GOVERNMENT_TREE, STATE: _STATE_TREE}

NOT_CODED = Term(
    "not_coded", "Not coded", "No row of the record holds on this day: it says nothing yet.", "#E0E0E0", "·"
)
WITHDREW = Term("withdrew", "Withdrew", "Recognised once, and took that back.", "#7F33CC", "◁")
NOT_APPLICABLE = Term("not_applicable", "Not applicable", "The subject itself, which takes no stance.", "#8A8A8A", "×")

# Where actors are counted and listed: who withdrew stands apart from the stance that it has taken since.
*_TAKEN, _NOTHING_FOUND = STANCES.values()
POSITIONS = _terms(*_TAKEN, WITHDREW, _NOTHING_FOUND)
LISTED: Terms = {**POSITIONS, NOT_CODED.code: NOT_CODED}

LEVELS = _terms(
    Term("none", "No contact", "No known official contact."),
    Term("contact", "Contact", "Meetings or talks."),
    Term("presence", "Presence", "Own mission or resident staff in the capital, and not only to evacuate."),
    Term("charge", "Envoy accepted", "Accepts envoys below ambassador rank: a chargé, or consuls and other staff."),
    Term(
        "ambassador",
        "Ambassador",
        "An envoy of that rank accepted, or an own one to whom the authorities gave agrément or from whom they took "
        "credentials. One who was accredited to the government before and stayed is presence.",
    ),
    Term("recognition", "Recognition", "Formal recognition, de jure."),
)

# Which envoy of the authorities an actor has accepted, and which of its own it keeps with them: two questions.
ENVOYS = _terms(
    Term("none", "No envoy", "Searched, and no envoy was found."),
    Term("staff", "Staff", "Consuls, secretaries or other staff, without a head of mission."),
    Term(
        "charge",
        "Chargé",
        "A chargé d’affaires, or an ambassador without credentials, such as one who was sent to the government before.",
    ),
    Term("ambassador", "Ambassador", "An ambassador with agrément or credentials, or of a state that recognises."),
)

ACTS = _terms(
    Term("recognition", "Recognition", "Formal recognition declared."),
    Term("withdrawal", "Withdrawal of recognition", "Formal recognition taken back."),
    Term("ambassador", "Ambassador", "An envoy at ambassador rank named, sent or accepted."),
    Term("charge", "Chargé", "An envoy below ambassador rank accepted, or a mission handed over to one."),
    Term("mission_opened", "Mission opened", "A mission in the capital opened, reopened or kept open."),
    Term("mission_closed", "Mission closed", "A mission closed, moved away or emptied of staff."),
    Term("delisting", "Delisting", "Taken off a list of terrorist or banned organisations."),
    Term("listing", "Listing", "Put, or kept, on such a list."),
    Term("visit", "Visit", "A visit by officials in either direction."),
    Term("talks", "Talks", "A meeting or negotiation."),
    Term("agreement", "Agreement", "A deal or memorandum signed."),
    Term("vote", "Vote", "A vote or decision in an international body."),
    Term("statement", "Statement", "A public statement by head of state, government, minister or spokesperson."),
    Term("joint_statement", "Joint statement", "A text signed or made with others, without a word of its own."),
    Term("review", "Review", "No single act: a search or survey on this day found what the row says."),
)

CONDITIONS = _terms(
    Term("womens_rights", "Women's rights", "Rights of women and girls, or human rights, respected."),
    Term("inclusive_government", "Inclusive government", "A government in which all groups are represented."),
    Term("counter_terrorism", "Counter-terrorism", "No shelter or support for terrorist groups."),
    Term("international_consensus", "International consensus", "Only together with, or after, other states."),
    Term("never", "Never", "Rules recognition out whatever is done."),
)

CONFIDENCES = _terms(
    Term("high", "High", "Two independent sources, or one official record."),
    Term("medium", "Medium", "One serious outlet."),
    Term("low", "Low", "One side's claim."),
)

CHANGES = _terms(
    Term("world", "World", "Something happened."),
    Term("correction", "Correction", "We were wrong."),
    Term("recode", "Recode", "The codebook changed."),
)
RECODED = {code: term for code, term in CHANGES.items() if code != "world"}

LEVER_FAMILIES = _terms(
    Term("money", "Money", "Reserves, aid, loans and investment."),
    Term("law", "Law", "Sanctions, listings, courts and exemptions."),
    Term("diplomacy", "Diplomacy", "Seats, vetoes, missions and mediation."),
    Term("flow", "Flow", "What crosses the border: goods, power, people, aircraft."),
    Term("security", "Security", "Forces, intelligence and armed or exiled opposition."),
)

LEVERS = _terms(
    Term("reserves", "Reserves", "Holds, or decides on, central bank assets.", group="money"),
    Term("aid", "Aid", "Gives, suspends or ends development or humanitarian aid.", group="money"),
    Term("financing", "Financing", "Loans, allocations and votes in financial institutions.", group="money"),
    Term("investment", "Investment", "Investment promised, made or withdrawn.", group="money"),
    Term("sanctions", "Sanctions", "Sanctions imposed, kept, eased or blocked.", group="law"),
    Term("terror_listing", "Terror listing", "A listing as terrorist or banned organisation.", group="law"),
    Term("travel_ban", "Travel ban", "Travel bans and the waivers to them.", group="law"),
    Term("courts", "Courts", "Court cases, warrants and judgments.", group="law"),
    Term("exemption", "Exemption", "Licences and humanitarian exemptions from sanctions.", group="law"),
    Term("un_seat", "UN seat", "Credentials and the seat at the United Nations.", group="diplomacy"),
    Term("veto", "Veto", "A veto, or a vote that decides, in an international body.", group="diplomacy"),
    Term("missions", "Missions", "Embassies and consulates kept, closed or handed over.", group="diplomacy"),
    Term("mediation", "Mediation", "Hosts or brokers talks.", group="diplomacy"),
    Term("trade", "Trade", "Trade opened, eased or stopped.", group="flow"),
    Term("transit", "Transit", "Corridors, railways and ports.", group="flow"),
    Term("energy", "Energy", "Electricity, gas and fuel.", group="flow"),
    Term("border", "Border", "Crossings opened or closed.", group="flow"),
    Term("refugees", "Refugees", "Refugees admitted, registered or deported.", group="flow"),
    Term("aviation", "Aviation", "Flights, airports and overflight.", group="flow"),
    Term(
        "security_cooperation",
        "Security cooperation",
        "Intelligence, border forces, exercises and strikes.",
        group="security",
    ),
    Term("opposition", "Opposition", "Hosts or backs the opposition.", group="security"),
)

DIRECTIONS = _terms(
    Term("pressure", "Pressure", "Pushes against: withholds, restricts, condemns.", symbol="■"),
    Term("incentive", "Incentive", "Pulls towards: gives, permits, rewards.", symbol="□"),
)

STATUSES = _terms(
    Term("frozen", "Frozen", "Blocked where it lies.", group="stock"),
    Term("suspended", "Suspended", "Promised or due earlier, and held back.", group="stock"),
    Term("in_trust", "In trust", "Moved to a trust that manages it.", group="stock"),
    Term("pledged", "Pledged", "Promised in public.", group="flow"),
    Term("committed", "Committed", "Legally or administratively committed.", group="flow"),
    Term("disbursed", "Disbursed", "Paid out.", group="flow"),
    Term("required", "Required", "What a plan asks for.", group="plan"),
    Term("received", "Received", "What a plan was given.", group="plan"),
)

# How money is spoken of: names that a subject may replace.
MONEY = _terms(
    Term("plan", "plan", "What asks for money by the year, as it reads before “for 2024”."),
    Term("plans", "Plans", "The chart of what plans asked for and received."),
    Term("held_and_promised", "Held back and promised", "The chart of all money on one day."),
    Term("stocks", "Money held back", "The chart of the pools of one day."),
    Term("pool_flow", "Where the money went", "The chart of what passed from pool to pool."),
    Term("suspended", "Suspended over time", "The chart of suspended sums."),
    Term("pledges", "Pledged to paid", "The chart of what givers pledged, committed and paid."),
    Term("reserves", "Held back over time", "The chart of all pools through the years."),
    Term("ledger", "Ledger: who holds what, and who can release it", "The table of the pools of one day."),
    Term(
        "never_added",
        "What is held back lies there today; pledges were made over years. We never add them.",
        "What stands below the headline of the page of money.",
    ),
)

COVERS = _terms(
    Term("country", "Country", "For the subject's country alone."),
    Term("region", "Region", "For its neighbours too."),
)

SOURCE_KINDS = _terms(
    Term("official", "Official", "Governments, the United Nations and other public bodies."),
    Term("agency", "Agency", "News agencies."),
    Term("press", "Press", "Newspapers, broadcasters and news sites."),
    Term("research", "Research", "Think tanks, scholars and encyclopaedias."),
    Term("party", "Party", "Media of one side."),
)

ACTOR_KINDS = _terms(
    Term("country", "Country", "A state or territory with a shape on the map."),
    Term("body", "Body", "An international body, fund or group of givers."),
)

REGIONS = _terms(
    Term("Central Asia", "Central Asia", "As in the UN geoscheme."),
    Term("South Asia", "South Asia", "As in the UN geoscheme, without Iran."),
    Term("East Asia", "East Asia", "As in the UN geoscheme."),
    Term("Southeast Asia", "Southeast Asia", "As in the UN geoscheme."),
    Term(
        "Middle East",
        "Middle East",
        "Western Asia of the UN geoscheme with Egypt and Iran, without Cyprus and the South Caucasus.",
    ),
    Term("Europe", "Europe", "As in the UN geoscheme, with Cyprus and the South Caucasus."),
    Term("Africa", "Africa", "As in the UN geoscheme, without Egypt."),
    Term("Northern America", "Northern America", "As in the UN geoscheme."),
    Term("Latin America and Caribbean", "Latin America and Caribbean", "As in the UN geoscheme."),
    Term("Oceania", "Oceania", "As in the UN geoscheme."),
    Term("International", "International", "No place: bodies."),
)
