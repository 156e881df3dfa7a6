"""Written questions for what the catalogue does not carry, and for nothing at all; none has a right answer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

DEV = (
    "a lawn mower", "car tyres", "a wedding dress", "a hamster cage", "running shoes", "a tent for four people",
    "printer ink", "a birthday cake", "dog food", "an electric toothbrush", "contact lenses", "a bicycle pump",
    "a chess set", "garden hose", "a fishing rod", "a baby stroller", "vinyl records", "a microwave oven",
    "a telescope for looking at the moon", "cough syrup", "a fire extinguisher", "concert tickets",
    "a piano", "plane tickets to rome", "a vacuum cleaner", "winter tyres for my car", "a tie for work",
    "ice skates", "a sewing machine", "motor oil",
)  # fmt: skip
TEST = (
    "a bathtub", "a ladder", "a mailbox", "an anchor for my boat", "a trophy", "an hourglass", "a dishwasher",
    "a mattress", "jeans in size 32", "a raincoat", "cat litter", "a smartphone", "a laptop", "an ironing board",
    "a garden gnome", "toilet paper", "a hair dryer", "a violin", "golf clubs", "a surfboard", "a sledge",
    "a christmas tree", "fireworks", "an aquarium", "a bird of prey", "fresh salmon", "a bunch of roses",
    "a pizza with mushrooms", "red wine from france", "aspirin", "a wheelchair", "a hearing aid", "a drill",
    "a chainsaw", "roof tiles", "a bag of cement", "a swimming pool", "a trampoline", "an elliptical trainer",
    "a snowboard", "a hockey stick", "a car seat for a baby", "nappies", "a jigsaw puzzle", "a board game",
    "a video game", "a drone", "a router for the internet", "a memory card", "a graphics card", "a solar panel",
    "a wood stove", "a bar of chocolate", "green tea leaves", "a kimono", "a necktie", "a leather belt",
    "a pair of socks", "gloves for skiing", "a saxophone",
)  # fmt: skip
NONSENSE_DEV = ("asdkjh qwe", "zzzzzz", "xkcd blorp fnord", "lorem ipsum dolor", "qwertz uiop", "hjkl hjkl",
                "blargh wumpel", "9f8a7 33xz", "tttt rrrr", "ikjuh loiuz")  # fmt: skip
NONSENSE_TEST = ("sdfg sdfg", "wubba lubba", "flurb grommish", "aaaaaaa", "kjhgfd", "poiuy trewq", "mnbvc xz",
                 "zorkel blint", "hrmpf", "vbnm ghty", "dolor sit amet", "gribble frotz", "xyzzy plugh", "uuuuh eee",
                 "rtzu fghj", "splork", "jjjj kkkk llll", "brr tss pff", "quux corge", "abcdefg hijk")  # fmt: skip
FRAMES = ("{}", "do you have {}?", "I am looking for {}", "{} please")


def absent() -> Iterator[dict[str, Any]]:
    """All of them, the same each time."""
    rng = random.Random("absent-words-1")
    for split, things, nonsense in (("dev", DEV, NONSENSE_DEV), ("test", TEST, NONSENSE_TEST)):
        asked = [("words", rng.choice(FRAMES).format(thing)) for thing in things]
        asked += [("nonsense", text) for text in nonsense]
        for number, (style, text) in enumerate(asked):
            yield {
                "id": f"absent-words-{split}-{number:03}", "set": "absent", "split": split, "style": style,
                "text": text, "relevant": [],
            }  # fmt: skip
