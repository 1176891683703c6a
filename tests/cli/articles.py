"""Articles about invented people and places, as many as a test wants, each different."""

import json

PEOPLE = ["Orla Fenn", "Piet Moor", "Jun Abe", "Sandra Land", "Lio Tan", "Mirela Voss", "Kofi Adom", "Ines Dahl"]
TOWNS = ["Oststadt", "Marrow Bay", "Velden", "Port Hale", "Sandmere"]
THINGS = ["mill", "harbour", "school", "bridge", "theatre", "clinic", "market"]


def story(number):
    person, town, thing = PEOPLE[number % 8], TOWNS[number % 5], THINGS[number % 7]
    return (f"{person}, the mayor of {town}, said on Monday that the {thing} number {number} would close after ninety years.\n\n"
            f"\"We have looked for every way to keep the {thing} open, and there is none left to try,\" {person.split()[1]} said.\n\n"
            f"The council of {town} will meet again in the evening to talk about what can be done for the families of the workers.\n")


def title(number):
    return f"{THINGS[number % 7].title()} {number} in {TOWNS[number % 5]} to close"


def url(number):
    return f"https://echo.example/story/{number}"


def text_article(number):
    return f"Title: {title(number)}\nURL: {url(number)}\nDate: 2024-03-{number % 28 + 1:02}\nSource: The Oststadt Echo\n\n{story(number)}"


def json_article(number, **changes):
    article = {"title": title(number), "text": story(number), "url": url(number), "published": f"2024-03-{number % 28 + 1:02}T08:00:00Z",
               "source": "The Oststadt Echo", "authors": [PEOPLE[(number + 3) % 8]], "language": "en"}
    return json.dumps({**article, **changes})


def json_lines(numbers):
    return "".join(json_article(number) + "\n" for number in numbers)
