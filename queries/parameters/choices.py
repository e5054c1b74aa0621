"""What may be given where a command offers a few values to choose from."""

FORMATS = ("table", "json", "csv", "markdown")
"""How an answer is written."""

AUDIENCES = ("named", "pseudonymous", "aggregate")
"""Whom an answer is for, the most careful last."""

LADDERS = ("mps", "city", "territorial")
"""The ladders that not all forces share."""

PLACES = (
    *("england-and-wales", "scotland", "northern-ireland", "btp", "mdp", "cnc", "nca"),
    *("ireland", "isle-of-man", "jersey", "guernsey"),
)
"""Where a rank is aimed at: the first, and those of loaders/reference/elsewhere.yaml."""

_PLACE_NAMES = {
    "mps": "the Metropolitan Police",
    "uk": "the UK",
    "btp": "the British Transport Police",
    "mdp": "the Ministry of Defence Police",
    "cnc": "the Civil Nuclear Constabulary",
    "nca": "the National Crime Agency",
}


def place_name(place: object) -> str:
    """Return the name of a place where gates hold.

    >>> place_name("england-and-wales"), place_name("mps")
    ('England and Wales', 'the Metropolitan Police')
    """
    words = (word if word == "and" else word.capitalize() for word in str(place).split("-"))
    return _PLACE_NAMES.get(str(place)) or " ".join(words)


EXPORTS = ("graphml", "jsonld", "csv", "tables")
"""What a graph can be exported as: a file of the first two, a folder of the others."""

TEXTS = ("licensed", "all", "none")
"""Which texts of documents stand whole in an export."""
