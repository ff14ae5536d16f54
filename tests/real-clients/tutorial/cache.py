"""A cache in front of a table: a miss reads the table and stores the row for an hour, a hit does not."""

import json
from dataclasses import asdict, dataclass

r = connect(db=6)
calls = []


@dataclass
class User:
    id: int
    name: str


def from_table(number):
    calls.append(number)
    return User(number, "rain")


# An object can't be stored as it is.
def get_user(number):
    cached = r.get(number)
    if cached:
        return cached
    user = from_table(number)
    r.setex(number, 3600, user)
    return user


def get_user_as_text(number):
    key = f"user:{number}"
    if cached := r.get(key):
        return json.loads(cached)
    row = asdict(from_table(number))
    r.setex(key, 3600, json.dumps(row))
    return row


get_user(1001)
calls.clear()
get_user_as_text(1001)
get_user_as_text(1001)
len(calls)
r.ttl("user:1001")
r.get("user:1001")
connect().dbsize(), r.dbsize()
