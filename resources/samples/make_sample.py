#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes sample.tsv and sample_test.tsv: short sentences about food, weather, sport and music from a small grammar.

    python3 resources/samples/make_sample.py

Every class has words of its own, some words belong to two classes, and many to all. A few sentences in a hundred say
nothing about their class, so that a good classifier is right about 98 times in 100, and not always.
The same seed writes the same bytes. Only the standard library is needed.
"""
import pathlib
import random
import re

SEED = 2024
TRAIN_PER_CLASS = 500
TEST_PER_CLASS = 100
SHARED_BY_TWO = 0.03  # share of sentences that could belong to two classes
SHARED_BY_ALL = 0.01  # share of sentences that could belong to any

# Words for every class. A template may also name a list of its class.
COMMON = {
    "person": "Maria Kenji Amina Pavel Lucía Omar Ingrid Chen Fatima Diego Priya Lars Zoë Kofi Yuki Elena Samir Noor Mateo "
              "Anna".split(),
    "relative": "my sister|my brother|my father|my mother|our neighbour|her friend|his uncle|their aunt|our teacher|"
                "the children".split("|"),
    "city": "Lisbon Kyoto Nairobi Oslo Lima Cairo Hanoi Quebec Krakow Mumbai Porto Dakar Seoul Bergen Havana".split(),
    "when": "yesterday|last night|this morning|on Friday|on Sunday|last week|in spring|in autumn|this evening|"
            "after work|all day|again".split("|"),
    "often": "every day|every week|twice a week|in summer|after school".split("|"),
    "feeling": "happy surprised proud glad curious pleased".split(),
    "very": "very really quite rather so too".split(),
    "said": "said|thought|told us|wrote|hoped|knew".split("|"),
}

FOOD = {
    "dish": "soup|bread|curry|salad|stew|pasta|rice|omelette|couscous|risotto|sushi|lasagne|porridge|pizza|paella|"
            "falafel".split("|"),
    "plural": "noodles dumplings pancakes tacos biscuits sandwiches".split(),
    "ingredient": "garlic ginger basil pepper salt butter cheese lemon tomato cinnamon honey flour coconut yoghurt chilli "
                  "vanilla spinach sesame".split(),
    "vegetable": "onions beans mushrooms olives carrots potatoes lentils".split(),
    "sweet": "cake pudding chocolate pastry pie jam".split(),
    "drink": "tea coffee juice lemonade milk cocoa".split(),
    "taste": "delicious tasty spicy salty bitter creamy crispy tender juicy sour sweet rich fresh warm hot mild "
             "light".split(),
    "cooked": "baked cooked fried boiled roasted grilled served prepared ate".split(),
    "meal": "breakfast lunch dinner supper dessert".split(),
    "room": "kitchen restaurant bakery market café".split(),
    "vessel": "bowl plate pan pot".split(),
    "templates": [
        "{person} {cooked} the {dish} with {ingredient} and {vegetable}",
        "the {dish} in {city} was {very} {taste}",
        "{relative} {cooked} {plural} for {meal} {when}",
        "add a little {ingredient} and more {vegetable} to the {dish}",
        "for {meal} we had {taste} {dish} and a cup of {drink}",
        "the {room} smelled of {ingredient} and fresh {sweet}",
        "{person} {said} the {plural} tasted {taste} and {taste}",
        "this recipe needs {ingredient} , {vegetable} and a spoon of {ingredient}",
        "nobody could finish the {taste} {dish} at {meal}",
        "{relative} brought some {taste} {sweet} from the {room}",
        "the cook in {city} filled every {vessel} with {plural}",
        "{person} was {feeling} about the {taste} {sweet} and the {drink}",
        "we were hungry and ordered {dish} , {plural} and {drink}",
        "{person} peeled the {vegetable} and stirred the {vessel}",
        "{person} does n't eat {vegetable} , but loves {taste} {plural}",
    ],
}

WEATHER = {
    "thing": "rain snow fog hail frost mist drizzle sleet".split(),
    "sky": "sky morning evening afternoon".split(),
    "wind": "wind storm breeze gale blizzard hurricane".split(),
    "how": "cold windy cloudy sunny rainy foggy stormy icy humid freezing grey wet dry clear warm hot mild cool "
           "fresh".split(),
    "blew": "blew moved swept came".split(),
    "did": "fell|came down|covered the roofs|reached the coast|crossed the valley|filled the streets|"
           "hid the mountains".split("|"),
    "region": "coast valley mountains islands desert hills river harbour north south".split(),
    "number": "two five ten fifteen twenty thirty".split(),
    "clothes": "an umbrella|a coat|gloves|boots|a scarf|a raincoat".split("|"),
    "templates": [
        "the forecast for {city} says {thing} and {thing}",
        "{thing} {did} {when} in {city}",
        "a {how} {wind} {blew} over the {region} {when}",
        "the {sky} over {city} was {how} and {how}",
        "{person} {said} the {wind} would bring {thing}",
        "it was {very} {how} in the {region} {when}",
        "temperatures near the {region} fell to {number} degrees",
        "take {clothes} and {clothes} , because {thing} is coming",
        "the {wind} grew stronger and {thing} {did}",
        "thunder and lightning woke {relative} {when}",
        "{how} air from the {region} brings {thing} to {city}",
        "after {number} days of {thing} the sun came back",
        "there was n't a cloud , only sunshine and {how} air",
        "{person} was {feeling} when the {thing} stopped and the {sky} turned {how}",
        "the climate of the {region} is {very} {how} and {how}",
    ],
}

SPORT = {
    "game": "football tennis hockey basketball cricket rugby volleyball handball badminton".split(),
    "activity": "swimming rowing cycling boxing running skiing".split(),
    "player": "goalkeeper striker captain runner swimmer coach champion defender athlete cyclist".split(),
    "event": "match final tournament race marathon league championship relay game".split(),
    "did": "won lost finished missed entered".split(),
    "moved": "kicked passed threw caught".split(),
    "acted": "scored jumped sprinted attacked defended trained".split(),
    "prize": "medal trophy cup title".split(),
    "venue": "stadium pitch court field track pool gym arena".split(),
    "shape": "fast strong fit ready quick injured".split(),
    "quality": "fair hard exciting close fast brilliant".split(),
    "number": "two three five ten twenty".split(),
    "templates": [
        "the {player} {did} the {event} against {city}",
        "{person} won the {event} by {number} points",
        "our {game} team {did} the {event} {when}",
        "the {player} {moved} the ball over the {venue}",
        "{relative} trained at the {venue} for the {event}",
        "fans at the {venue} cheered when the {player} {acted}",
        "the {event} in {city} was {very} {quality} and {quality}",
        "{person} plays {game} and goes {activity} {often}",
        "the referee stopped the {event} and gave a penalty",
        "a {shape} {player} needs a good coach and a net",
        "{person} {said} the {player} was {shape} for the {event}",
        "{city} beat {city} in the {game} {event} {when}",
        "the {player} was {feeling} with the {prize} from the {event}",
        "they did n't win the {prize} , but the {player} {acted} well",
        "{number} goals in one half made the {event} {quality}",
    ],
}

MUSIC = {
    "instrument": "piano guitar violin trumpet drums flute cello harp clarinet saxophone accordion sitar banjo "
                  "organ".split(),
    "piece": "song symphony melody ballad concerto waltz opera lullaby tune sonata".split(),
    "artist": "singer band orchestra choir pianist drummer quartet soloist".split(),
    "style": "jazz folk samba tango blues reggae classical rock soul".split(),
    "did": "sang performed recorded rehearsed hummed whistled played practised".split(),
    "sound": "loud soft gentle slow lively melodic rhythmic deep bright sad sweet rich light quiet".split(),
    "venue": "concert hall|theatre|studio|festival|opera house|club".split("|"),
    "part": "chorus rhythm harmony beat solo verse".split(),
    "templates": [
        "the {artist} {did} a {sound} {piece} {when}",
        "{person} plays the {instrument} in a {style} band",
        "{relative} {did} an old {style} {piece} from {city}",
        "the {sound} {instrument} opened the {piece}",
        "the {piece} begins with {instrument} and {instrument}",
        "{person} composed a {sound} {piece} for {instrument} and voice",
        "at the {venue} in {city} the {artist} played {style} music",
        "listen to the {part} of this {piece} and its {sound} {part}",
        "{person} {said} the {artist} had a {sound} voice",
        "the audience in the {venue} loved the {sound} {piece}",
        "a {style} {artist} from {city} recorded an album with {instrument}",
        "the conductor tuned the {instrument} before the {piece}",
        "{relative} learned the {instrument} and the {part} {when}",
        "she could n't forget the {piece} or the {sound} {part}",
        "{person} was {feeling} when the {artist} {did} the {piece}",
    ],
}

CLASSES = {"food": FOOD, "weather": WEATHER, "sport": SPORT, "music": MUSIC}

# Sentences that fit two classes.
TWO = {
    ("food", "weather"): ["it was {very} hot for {person} {when}", "everything was warm and fresh in {city} {when}",
                          "{relative} likes it mild and {very} fresh"],
    ("sport", "music"): ["{person} played {very} well {when}", "{relative} {said} it was a new record",
                         "they played together in {city} {when}"],
    ("food", "music"): ["{person} {said} it was rich and sweet", "it was light and {very} sweet {when}"],
    ("weather", "sport"): ["the season in {city} began {when}", "{relative} {said} it was a hard season"],
}

# Sentences that fit all of them.
ALL = ["{person} was {feeling} {when}", "{relative} {said} it was {very} good in {city}",
       "we talked about it in {city} {when}", "it 's what {person} and {person} always wanted"]


def fill(template, lists, random_source):
    """The template with each {slot} replaced by a word of its list, and no word twice."""
    used = set()

    def pick(match):
        words = lists[match.group(1)]
        word = random_source.choice(words)
        while word in used:
            word = random_source.choice(words)
        used.add(word)
        return word

    return re.sub(r"\{(\w+)\}", pick, template)


def polish(sentence):
    """Articles before vowels, a capital at the start, words and signs as people write them, a full stop."""
    sentence = re.sub(r"\ba (?=[aeiou])", "an ", sentence)
    sentence = sentence.replace(" ,", ",").replace(" n't", "n't").replace(" 's", "'s")
    return sentence[0].upper() + sentence[1:] + "."


def templates_for(name, random_source):
    chance = random_source.random()
    if chance < SHARED_BY_ALL:
        return ALL
    pairs = [templates for classes, templates in TWO.items() if name in classes]
    if chance < SHARED_BY_ALL + SHARED_BY_TWO:
        return random_source.choice(pairs)
    return CLASSES[name]["templates"]


def sentences(name, count, seen, random_source):
    """`count` sentences of the class, none of which was seen before."""
    lists = {**COMMON, **CLASSES[name]}
    out = []
    while len(out) < count:
        template = random_source.choice(templates_for(name, random_source))
        sentence = polish(fill(template, lists, random_source))
        if sentence not in seen:
            seen.add(sentence)
            out.append((name, sentence))
    return out


def write(path, rows):
    text = "label\ttext\n" + "".join(f"{label}\t{sentence}\n" for label, sentence in rows)
    path.write_text(text, encoding="utf-8", newline="\n")


def main():
    random_source = random.Random(SEED)
    seen = set()
    folder = pathlib.Path(__file__).resolve().parent
    for file_name, count in (("sample.tsv", TRAIN_PER_CLASS), ("sample_test.tsv", TEST_PER_CLASS)):
        rows = [row for name in CLASSES for row in sentences(name, count, seen, random_source)]
        random_source.shuffle(rows)
        write(folder / file_name, rows)


if __name__ == "__main__":
    main()
