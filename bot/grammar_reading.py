"""What a message says, as the grammar hands it to the conversation: `Reading` and `Command`."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.grammar_money import PriceRange
from indexing.product import FacetField


class Command(StrEnum):
    """What a message may ask of the conversation itself."""

    MORE = "more"
    BACK = "back"
    START_OVER = "start over"
    HELP = "help"
    THANKS = "thanks"
    PRICE = "price"
    """What do these cost?"""
    FACT = "fact"
    """Who makes these, what are they made of, what colours are there?"""
    ELSEWHERE = "elsewhere"
    """Orders, delivery, returns: nothing that I do."""
    UNHAPPY = "unhappy"
    """Nothing of it is liked, or nothing was understood to change."""


@dataclass(kw_only=True)
class Reading:
    """What a message says. Filled by `read`, then only looked at."""

    words: str = ""
    """What is left for the encoder and the lexical index."""
    command: Command | None = None
    price: PriceRange | None = None
    wanted: dict[FacetField, tuple[str, ...]] = field(default_factory=dict)
    unwanted: dict[FacetField, tuple[str, ...]] = field(default_factory=dict)
    negatives: tuple[str, ...] = ()
    refused_things: tuple[str, ...] = ()
    """Those of the negatives that say what it is not: "not a boat", "not striped"; not what it lacks."""
    likes: tuple[int, ...] = ()
    """Places in the last answer, from 1; -1 is the last one, 0 "this" one."""
    is_cheaper: bool = False
    is_dearer: bool = False
    is_cheapest_first: bool = False
    in_stock: bool | None = None
    lifted: frozenset[str] = frozenset()
    """Conditions to lift: `price`, `color`, `brand`, `material`, `category`."""
    same: frozenset[str] = frozenset()
    """Conditions that go on though another thing is named, "speakers at the same price": as in `lifted`."""
    dropped: dict[FacetField, tuple[str, ...]] = field(default_factory=dict)
    """Values that are neither wanted nor refused any more: "forget about green"."""
    dropped_words: tuple[str, ...] = ()
    """The same of words."""
    is_also: bool = False
    """Its values join those that are wanted: "also in blue"."""
    compared_to: int | None = None
    """Place in the last answer of the product that "cheaper" is measured by: "cheaper than the second"."""
    like_the: tuple[FacetField, tuple[str, ...]] | None = None
    """A value of the product that it points at: "like the blue one"."""
    is_addition: bool = False
    """Begins like a refinement: "but ...", "with ...", "もう少し..."."""
    is_new: bool = False
    """Begins like a new question: "I am looking for ...", "now ..."."""

    is_firm: bool = False
    """Says that its conditions must be: "it has to be below 60"."""
    is_clause: bool = False
    """Says more of the thing in a clause, whose words name no thing: 机に置くやつ."""
    is_chatty: bool = False
    """Says something around the wish, or points at what is talked about: "she prefers ...", "are they ...?"."""
    is_only_chatter: bool = False
    """Nothing but that was said: the words are what there was."""

    @property
    def has_condition(self) -> bool:
        """True where something other than words was read."""
        return bool(
            self.price or self.wanted or self.unwanted or self.negatives or self.likes or self.lifted
            or self.dropped or self.dropped_words or self.like_the
            or self.is_cheaper or self.is_dearer or self.is_cheapest_first or self.in_stock is not None
        )  # fmt: skip
