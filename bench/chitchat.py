#!/usr/bin/env python3
"""Real conversations for the bench: the PyPI package `chitchat-dataset` as JSON Lines of docs/import.md.

    bench/chitchat.py [--cache DIR]     prints the path of the file, and makes it first if it is not there

The package (MIT licence) goes into a virtual environment in the cache folder, nothing into the repository. What it
holds: 7,168 conversations of one or two people, 258,145 messages, times to the second, seven months of 2018.

How it is told in our words: every author is a person; everything lies in one space with 50 channels, some much busier
than others, as channels are. Two conversations of three become a topic, begun by their first message in the stream;
the third is simply talked in the stream. Good marks that a conversation got become reactions to its last message. The
package has no names: ours are made up. 33 messages are empty there and become an ellipsis here.

The result is the same on every machine: nothing is drawn by chance.
"""

import argparse
import datetime
import glob
import json
import os
import subprocess
import sys
import venv

PACKAGE = "chitchat-dataset==0.9.0"
# Part of the file's name: another way of telling makes another file.
VERSION = 1
N_CHANNELS = 50
# The busiest writers are in every channel, so that there is somebody who sees it all.
N_EVERYWHERE = 20

CHANNELS = """lobby films music cooking travel books games sport pets weather health work school money science history
art photos gardens cars bikes trains space computers languages family weekend coffee tea breakfast dreams jokes
riddles heroes superpowers childhood holidays mountains sea cities villages theatre dance poems news ideas questions
advice introductions other""".split()
FIRST = """Ada Amara Ana Aiko Ben Bilal Carla Chen Dara Diego Elif Emma Farid Femi Greta Hana Hugo Ines Ivan Jamal
Jana Kaito Kofi Lena Leo Lucía Mads Mei Milan Nadia Noor Olga Omar Petra Priya Quinn Rosa Samir Sofia Tariq""".split()
LAST = """Abebe Ahmed Alves Andersen Bauer Bianchi Chen Costa Diallo Dubois Eriksen Fischer García Haddad Horvat Ito
Ivanova Jansen Kamau Khan Kim Kowalski Larsen Li Mbeki Moreau Müller Nakamura Nguyen Novak Obi Okafor Patel Rossi
Santos Sato Silva Singh Yılmaz Zhou""".split()
TIME_ZONES = """Europe/Berlin Europe/Lisbon Africa/Lagos Africa/Nairobi America/Sao_Paulo America/New_York
America/Los_Angeles Asia/Kolkata Asia/Tokyo Asia/Shanghai Australia/Sydney UTC""".split()
MARKS = {"witty": "😄", "upbeat": "🎉", "interesting": "💡"}
GOOD_MARK = 9


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "antiphon", "bench")
    options.add_argument("--cache", default=default)
    cache = options.parse_args().cache
    path = os.path.join(cache, f"chitchat-{VERSION}.jsonl")
    if not os.path.exists(path):
        os.makedirs(cache, exist_ok=True)
        with open(dataset(cache), encoding="utf-8") as file:
            conversations = json.load(file)
        with open(path + ".part", "w", encoding="utf-8") as out:
            for line in tell(conversations):
                out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        os.replace(path + ".part", path)
    print(path)


def dataset(cache):
    """The package's one file of data; installs the package if need be."""
    environment = os.path.join(cache, "chitchat-venv")
    pattern = os.path.join(environment, "lib", "python3*", "site-packages", "chitchat_dataset", "dataset.json")
    if not glob.glob(pattern):
        venv.create(environment, with_pip=True)
        pip = [os.path.join(environment, "bin", "python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "--disable-pip-version-check", PACKAGE], check=True, stdout=sys.stderr)
    return glob.glob(pattern)[0]


def tell(conversations):
    talks = [talk_of(ref, conversation) for ref, conversation in conversations.items()]
    talks.sort(key=lambda talk: (talk["messages"][0]["timestamp"], talk["ref"]))
    for idx, talk in enumerate(talks):
        talk["channel"] = channel_of(idx)
        talk["is_topic"] = idx % 3 != 0 and len(talk["messages"]) > 1
    lines = [line for talk in talks for line in messages_of(talk)]
    # Times are whole seconds; a stable sort keeps the order within a conversation.
    lines.sort(key=lambda line: line["at"])
    people = people_of(lines)

    yield {"type": "workspace", "name": "Chit-chat"}
    yield from people
    yield {"type": "space", "ref": "chitchat", "name": "Chit-chat", "kind": "team"}
    yield from channels_of(lines)
    for talk in talks:
        if talk["is_topic"]:
            yield topic_of(talk)
    for line in lines:
        line["at"] = rfc3339(line["at"])
        yield line


def talk_of(ref, conversation):
    messages = [message for turn in conversation["messages"] for message in turn]
    return {"ref": ref, "messages": messages, "prompt": conversation.get("prompt"), "marks": conversation.get("ratings", {})}


def channel_of(idx):
    """Channel k of 0 to 49 gets a share that falls with k: the lobby every eleventh conversation, the last every 145th."""
    shares = [1 / (k + 4) for k in range(N_CHANNELS)]
    # The golden ratio spreads evenly, and never falls into step with the choice of topics.
    point = (idx * 0.6180339887498949) % 1.0 * sum(shares)
    for k, share in enumerate(shares):
        point -= share
        if point < 0:
            return k
    return N_CHANNELS - 1


def messages_of(talk):
    authors = list(dict.fromkeys(message["sender"] for message in talk["messages"]))
    for idx, message in enumerate(talk["messages"]):
        line = {"type": "message", "ref": f"{talk['ref']}/{idx}", "channel": f"c{talk['channel']}"}
        if talk["is_topic"] and idx > 0:
            line["topic"] = talk["ref"]
        line["author"] = message["sender"]
        line["at"] = datetime.datetime.fromisoformat(message["timestamp"].replace("Z", "+00:00"))
        line["text"] = message["text"].strip() or "…"
        reactions = reactions_of(talk["marks"], authors, message["sender"])
        if reactions and idx == len(talk["messages"]) - 1:
            line["reactions"] = reactions
        yield line


def reactions_of(marks, authors, author):
    others = [other for other in authors if other != author]
    if not others:
        return []
    return [{"emoji": MARKS[name], "people": others} for name in MARKS if marks.get(name, 0) >= GOOD_MARK]


def topic_of(talk):
    first = talk["messages"][0]["text"].strip() or "…"
    title = talk["prompt"] or (first if len(first) <= 80 else first[:79] + "…")
    state = "resolved" if len(talk["marks"]) == 3 else "open"
    return {
        "type": "topic",
        "ref": talk["ref"],
        "channel": f"c{talk['channel']}",
        "title": title,
        "state": state,
        "origin": f"{talk['ref']}/0",
    }


def people_of(lines):
    first_seen = {}
    for line in lines:
        first_seen.setdefault(line["author"], line["at"])
    for idx, (ref, at) in enumerate(first_seen.items()):
        # 40 and 41 have no common divisor, so 1,315 people get 1,315 names.
        first, last = FIRST[idx % len(FIRST)], LAST[(idx + idx // len(FIRST)) % len(LAST)]
        yield {
            "type": "person",
            "ref": ref,
            "name": f"{first} {last}",
            "email": f"person{idx + 1}@chitchat.example",
            "time_zone": TIME_ZONES[idx % len(TIME_ZONES)],
            "created_at": rfc3339(at),
        }


def channels_of(lines):
    written, members = {}, {f"c{k}": {} for k in range(N_CHANNELS)}
    for line in lines:
        written[line["author"]] = written.get(line["author"], 0) + 1
        members[line["channel"]][line["author"]] = True
    busiest = sorted(written, key=lambda author: (-written[author], author))[:N_EVERYWHERE]
    for k in range(N_CHANNELS):
        ref = f"c{k}"
        yield {
            "type": "channel",
            "ref": ref,
            "space": "chitchat",
            "name": CHANNELS[k],
            "kind": "private" if k % 10 == 9 else "public",
            "description": f"Everything about {CHANNELS[k]}.",
            "members": list(dict.fromkeys([*busiest, *members[ref]])),
        }


def rfc3339(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    main()
