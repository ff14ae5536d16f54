"""Commands that wait: who is served first, across keys, and what ends the waiting."""

import threading
import time

r.rpush("ready", "a", "b")
r.blpop("ready", timeout=1)
r.brpop(["empty", "ready"], timeout=1)
r.blpop("empty", timeout=0.05)
r.blmove("empty", "other", timeout=0.05)
r.bzpopmin("empty", timeout=0.05)
r.blmpop(0.05, 2, "empty", "other", direction="LEFT")
r.bzmpop(0.05, 1, ["empty"], min=True)
r.blpop("empty", timeout=-1)
r.blpop("empty", timeout="soon")
r.set("string", "x")
r.blpop("string", timeout=1)


def behind(call):
    """Starts a call in a thread, and comes back once the server holds it."""
    before, result = r.info("clients")["blocked_clients"], []

    def body():
        try:
            result.append(call())
        except redis.RedisError as error:
            result.append(error)

    thread = threading.Thread(target=body)
    thread.start()
    while r.info("clients")["blocked_clients"] == before:
        time.sleep(0.005)
    return lambda: (thread.join(), result[0])[1]


# First come, first served.
first, second = behind(lambda: r.blpop("q", timeout=20)), behind(lambda: r.blpop("q", timeout=20))
r.rpush("q", 1, 2, 3)
first(), second()
r.lrange("q", 0, -1)
r.delete("q")

# Several keys: in the order in which they were named.
waits = behind(lambda: r.blpop(["x", "y"], timeout=20))
r.pipeline().rpush("y", "from y").rpush("x", "from x").execute()
waits()
r.delete("x", "y")

# A chain: what one moves the next gets.
last = behind(lambda: r.blpop("end", timeout=20))
middle = behind(lambda: r.blmove("start", "end", timeout=20, src="LEFT", dest="RIGHT"))
r.rpush("start", "carried")
middle(), last()

waits = behind(lambda: r.bzpopmax(["scores", "other"], timeout=20))
r.zadd("scores", {"low": 1, "high": 2.5})
waits()
waits = behind(lambda: r.bzmpop(20, 2, ["z1", "z2"], max=True, count=5))
r.zadd("z2", {"a": 1, "b": 2})
waits()
waits = behind(lambda: r.blmpop(20, 2, "l1", "l2", direction="RIGHT", count=2))
r.rpush("l2", 1, 2, 3)
waits()

# A key of another type does not wake it; another client may.
waiter = connect(single_connection_client=True)
number = waiter.client_id()
waits = behind(lambda: waiter.blpop("typed", timeout=20))
r.set("typed", "a string")
r.delete("typed")
r.client_unblock(number)
waits()
waits = behind(lambda: waiter.blpop("typed", timeout=20))
r.client_unblock(number, error=True)
waits()
r.client_unblock(number)
waits = behind(lambda: waiter.blpop("typed", timeout=20))
r.flushall()
r.rename("missing", "typed")
r.rpush("renamed", "x")
r.rename("renamed", "typed")
waits()
# In a transaction nothing waits.
r.pipeline().blpop("empty", timeout=5).bzpopmin("empty", timeout=5).get("x").execute()
r.info("clients")["blocked_clients"]
