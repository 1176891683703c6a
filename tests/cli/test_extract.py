"""quoted extract: what it prints, from which inputs, in which order."""

import json
import os

import pytest

from conftest import OK, REFUSED, USAGE
from articles import json_article, json_lines, story, text_article, title


def extracted(done):
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def check_places(article):
    """Every place is code points into the text as printed."""
    text = article["text"]
    for entity in article["entities"]:
        assert entity["mentions"]
        for mention in entity["mentions"] + entity["references"]:
            assert mention["text"] == text[mention["start"]:mention["end"]]
    for quote in article["quotes"]:
        assert quote["text"] == text[quote["start"]:quote["end"]]
        if quote["speaker_text"] is not None:
            assert quote["speaker_text"] == text[quote["speaker_start"]:quote["speaker_end"]]
        if quote["cue"] is not None:
            assert quote["cue"] == text[quote["cue_start"]:quote["cue_end"]]
        assert 0 <= quote["confidence"] <= 1


def test_one_line_a_document_in_order(quoted):
    quoted.write("b.txt", text_article(2))
    quoted.write("a.txt", text_article(1))
    quoted.write("dump.ndjson", json_lines(range(10, 13)))
    done = quoted("extract", "b.txt", "a.txt", "dump.ndjson")
    assert done.returncode == OK
    assert done.stderr == b""
    assert [article["title"] for article in extracted(done)] == [title(number) for number in (2, 1, 10, 11, 12)]


def test_the_fields(quoted):
    done = quoted("extract", "-", stdin=json_article(1, url="https://www.echo.example/x?utm_source=y", section="Town"))
    (article,) = extracted(done)
    assert article["title"] == title(1)
    assert article["url"] == "https://www.echo.example/x"
    assert article["published"] == "2024-03-02T08:00:00Z"
    assert article["source"] == "The Oststadt Echo"
    assert article["section"] == "Town"
    assert article["language"] == "en"
    assert len(article["authors"]) == 1
    assert set(article) >= {"text", "dropped", "entities", "quotes", "image_credit"}


def test_people_and_quotes_are_found(quoted):
    (article,) = extracted(quoted("extract", "-", stdin=text_article(1)))
    people = [entity["name"] for entity in article["entities"] if entity["type"] == "person"]
    assert "Piet Moor" in people
    direct = [quote for quote in article["quotes"] if quote["kind"] == "direct"]
    assert [quote["speaker"] for quote in direct] == ["Piet Moor"]
    assert direct[0]["text"].startswith("We have looked")
    assert direct[0]["text"].endswith("left to try,")
    check_places(article)


@pytest.mark.parametrize("words", ["Zoë Ünal 😀", "e\u0301tude", "Łódź", "\u200bhidden", "«Mot» „Wort“", "a\u00a0b", "نص عربي", "漢字かな"])
def test_places_are_code_points_whatever_the_words(quoted, words):
    text = (f"Orla Fenn {words}, the mayor, said the mill would close.\n\n{words} \u201cWe tried, {words}, and failed,\u201d Fenn said. "
            f"\u201c{words} again,\u201d she told Piet Moor of {words}.\n")
    for whole in ([], ["--whole"]):
        done = quoted("extract", *whole, "-", stdin=json.dumps({"title": words, "text": text}))
        assert done.returncode == OK
        (article,) = extracted(done)
        check_places(article)
        assert article["quotes"]


def test_whole_keeps_everything(quoted):
    text = story(1) + "\nSign up for our newsletter\n\nShare this article\n"
    (article,) = extracted(quoted("extract", "--whole", "-", stdin=text))
    assert article["dropped"] == []
    assert "Share this article" in article["text"]


def test_pretty(quoted):
    done = quoted("extract", "--pretty", "-", stdin=text_article(1))
    assert len(done.stdout.splitlines()) > 10
    check_places(json.loads(done.stdout))


def test_a_folder_in_sorted_order_without_hidden_files(quoted):
    for name, number in (("in/b.txt", 2), ("in/a/z.txt", 1), ("in/c", 3), ("in/.hidden.txt", 4), ("in/.git/x.txt", 5)):
        quoted.write(name, text_article(number))
    done = quoted("extract", "in")
    assert done.returncode == OK
    assert [article["title"] for article in extracted(done)] == [title(1), title(2), title(3)]


def test_a_list_of_paths(quoted):
    for number in (1, 2, 3):
        quoted.write(f"{number} é.txt", text_article(number))
    quoted.write("list", "2 é.txt\n\n1 é.txt\r\nnone.txt\n")
    done = quoted("extract", "--files-from", "list", "3 é.txt")
    assert done.returncode == REFUSED
    assert [article["title"] for article in extracted(done)] == [title(3), title(2), title(1)]
    assert "none.txt: No such file" in done.stderr.decode()
    assert quoted("extract", "--files-from", "-", stdin="1 é.txt\n").returncode == OK
    assert quoted("extract", "--files-from", "nolist").returncode != OK
    assert quoted("extract", "--files-from", "-", stdin="\n").returncode == USAGE


def test_the_format_that_is_told_wins(quoted):
    quoted.write("a.txt", json_article(1))
    (article,) = extracted(quoted("extract", "--format", "json", "a.txt"))
    assert article["title"] == title(1)


def test_a_json_object_over_several_lines(quoted):
    pretty = json.dumps(json.loads(json_article(1)), indent=2)
    assert len(extracted(quoted("extract", "-", stdin=pretty + "\n" + pretty + "\n"))) == 2
    array = json.dumps([json.loads(json_article(number)) for number in range(3)], indent=1)
    assert len(extracted(quoted("extract", "-", stdin=array))) == 3
    flat = json.dumps([json.loads(json_article(number)) for number in range(3)], indent=0)
    assert len(extracted(quoted("extract", "-", stdin=flat))) == 3


@pytest.mark.parametrize("encode", [
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: text.replace("\n", "\r").encode(),
    lambda text: b"\xef\xbb\xbf" + text.encode(),
    lambda text: text.encode("utf-16"),
    lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    lambda text: text.encode("cp1252"),
], ids=["crlf", "cr", "utf8-bom", "utf16-le", "utf16-be", "windows-1252"])
def test_encodings_and_line_ends(quoted, encode):
    text = text_article(1).replace("number 1", "number 1 (café “Zoë”)")
    expected = extracted(quoted("extract", "-", stdin=text))
    quoted.write("a.txt", encode(text))
    done = quoted("extract", "a.txt")
    assert done.returncode == OK
    assert extracted(done) == expected
    assert "café “Zoë”" in expected[0]["text"]


@pytest.mark.parametrize("date, published", [
    ("2024-03-01", "2024-03-01T00:00:00Z"),
    ("Fri, 01 Mar 2024 12:00:00 +0200", "2024-03-01T10:00:00Z"),
    ("nonsense", None),
    ("1599-12-31", None),
    ("2143-01-01", None),
    ("", None),
])
def test_dates_that_cannot_be_believed_are_left_out(quoted, date, published):
    (article,) = extracted(quoted("extract", "-", stdin=f"Title: Mill closes\nDate: {date}\n\n{story(1)}"))
    assert article["published"] == published


def test_standard_output_that_is_full(quoted):
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    quoted.write("a.txt", text_article(1))
    with open("/dev/full", "wb") as full:
        process = quoted.start("extract", "a.txt", stdout=full)
        assert process.wait(60) == 1
