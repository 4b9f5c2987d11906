"""Sentences of an invented press: facts told in several ways, asides of one outlet alone, lists of frame words."""

TELLINGS = (
    (
        "{who} sent {n} tents to {place} on {day}.",
        "On {day} {n} tents came to {place} from {who}.",
        "{place} was given {n} tents by {who} on {day}.",
    ),
    (
        "{who} closed the harbour of {place} for {n} hours on {day}.",
        "On {day} the harbour of {place} stayed shut for {n} hours, as {who} had ordered.",
        "Not one ship left the harbour of {place} for {n} hours after {who} had it closed on {day}.",
    ),
    (
        "{who} paid {n} crowns for the old mill of {place}.",
        "The old mill of {place} was bought by {who} for {n} crowns.",
        "For {n} crowns {who} became the owner of the mill of {place}.",
    ),
    (
        "{who} opened a school with {n} desks in {place} on {day}.",
        "A school with {n} desks was opened in {place} on {day} by {who}.",
        "On {day} {place} got its school, {n} desks in all, opened by {who}.",
    ),
    (
        "{who} walked {n} miles on foot to {place}.",
        "After a walk of {n} miles {who} came to {place}.",
        "{place} is {n} miles away, and {who} went there on foot.",
    ),
    (
        "{who} planted {n} oaks along the {place} road on {day}.",
        "Along the {place} road {n} oaks were planted on {day} by {who}.",
        "On {day} {who} put {n} oaks beside the road to {place}.",
    ),
    (
        "{who} sold {n} cows at the {place} auction.",
        "At the auction of {place} {n} cows were sold by {who}.",
        "The {n} cows at the {place} auction were sold by {who}.",
    ),
    (
        "{who} hired {n} carpenters for the theatre of {place} on {day}.",
        "The theatre of {place} has {n} carpenters since {day}, hired by {who}.",
        "On {day} {n} carpenters were taken on by {who} for the {place} theatre.",
    ),
    (
        "{who} had {n} boats painted red in {place}.",
        "In {place} {n} boats were painted red for {who}.",
        "Red paint was put on {n} boats in {place} at the word of {who}.",
    ),
    (
        "{who} moved {n} clerks to a new office in {place} on {day}.",
        "On {day} {n} clerks moved into a new office in {place} with {who}.",
        "A new office in {place} took in {n} clerks of {who} on {day}.",
    ),
    (
        "{who} printed {n} maps of {place}.",
        "Of {place} there are {n} maps, printed by {who}.",
        "The {n} maps of {place} were printed by {who}.",
    ),
    (
        "{who} counted {n} barrels in the cellars of {place} on {day}.",
        "In the cellars of {place} {n} barrels were counted on {day} by {who}.",
        "On {day} {who} found {n} barrels in the {place} cellars.",
    ),
)
"""Facts, each with its tellings. None of their words is in the sentiment lexicon: stance is planted by adjectives."""

ASIDES = (
    "A choir from {place} rehearsed for the harvest feast.",
    "The ferry runs on its winter timetable from {place}.",
    "Swallows were seen above the river at {place}.",
    "In {place} the clock tower shows the hour again.",
    "Beekeepers meet in {place} in spring.",
    "Snow is forecast for the hills behind {place}.",
    "The {place} museum lists forty old spindles.",
    "A bakery in {place} sells rye loaves until noon.",
    "Chess boards stand in the park of {place}.",
    "The library of {place} lends umbrellas.",
    "Two lanterns hang above the gate of {place}.",
    "Bus seven goes to {place} every quarter of an hour.",
    "Potters from {place} use white clay.",
    "A film about sailors was shot near {place}.",
    "The vineyards of {place} stand on chalk.",
    "Students in {place} sketch the lake.",
    "A kite club was founded in {place}.",
    "The {place} telescope points at Saturn tonight.",
    "Geese rest on the meadows of {place}.",
    "A tailor in {place} mends sails.",
)
FRAME_LISTS = (
    "People spoke of {}, of {} and of {}.",
    "The letters to this paper were about {}, {} and {}.",
    "At the inn one heard: {}, {}, {}.",
    "Three words on the wall read {}, {} and {}.",
    "Her notebook says {}, then {}, then {}.",
)
PRAISE = ("brave", "honest", "generous", "brilliant")
BLAME = ("cruel", "dishonest", "selfish", "brutal")
PLACES = ("Arden", "Brask", "Corvin", "Dunmere", "Elsmoor", "Farrow", "Gant", "Harle", "Istra", "Jorvel")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
