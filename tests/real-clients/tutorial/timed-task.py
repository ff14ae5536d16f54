"""An order that is not paid in time: a key that expires, and a listener that is told."""

import time

r = redis.Redis(host="127.0.0.1", port=PORT)


def events(until):
    """What comes to `p`, up to a text in a channel or a message."""
    found = []
    while not found or until not in found[-1]:
        message = p.get_message(timeout=10)
        found.append(f"{message['channel'].decode()} {message['data'].decode()}" if message else f"nothing: {until}")
    return found


# Nobody is told unless it is switched on.
r.config_get("notify-keyspace-events")
p = r.pubsub()
p.psubscribe("__keyevent@0__:expired")
p.get_message(timeout=5)
r.set("order:1", "any", px=100)
p.get_message(timeout=0.6)

r.config_set("notify-keyspace-events", "Ex")
r.config_get("notify-keyspace-events")
r.set("order:2", "any", px=400)
r.ttl("order:2")
p.get_message(timeout=10)
r.get("order:2")
for letters in ("KEA", "Ex", "xE", "Kx", "KEg$lshzxe", "Elg", "E", ""):
    r.config_set("notify-keyspace-events", letters)
    print(letters, r.config_get("notify-keyspace-events"))
r.config_set("notify-keyspace-events", "q")
p.close()

# The listener in a thread, which ends itself at the first order; the second goes unnoticed.
r.config_set("notify-keyspace-events", "Ex")
got = []


def unpaid(message):
    got.append(message)
    thread.stop()


p = r.pubsub(ignore_subscribe_messages=True)
p.psubscribe(**{"__keyevent@0__:expired": unpaid})
thread = p.run_in_thread(sleep_time=0.01)
while not r.pubsub_numpat():
    time.sleep(0.01)
r.set("order:9", "any", px=100)
r.set("order:10", "any", px=500)
thread.join()
time.sleep(0.5)
r.exists("order:10")
got

# What else a key tells in its life.
r.config_set("notify-keyspace-events", "KEA")
p = r.pubsub(ignore_subscribe_messages=True)
p.psubscribe("__key*__:*")
while not r.pubsub_numpat():
    time.sleep(0.01)
life = [
    "SET order:3 any EX 100", "EXPIRE order:3 50", "PERSIST order:3", "RPUSH q a", "LPOP q", "HSET h f 1",
    "HINCRBY h f 1", "HDEL h f", "SADD s a", "SPOP s", "ZADD z 1 a", "ZINCRBY z 1 a", "ZADD z 2 a", "ZPOPMIN z",
    "APPEND t x", "INCR n", "RENAME n m", "DEL m", "GETDEL t", "SET u 1", "GETEX u EX 10", "LPUSH p 1 2 3",
    "LTRIM p 0 0", "LSET p 0 x", "LINSERT p BEFORE x y", "LREM p 0 x", "LMOVE p p2 LEFT RIGHT", "SADD a 1 2",
    "SINTERSTORE d a", "SUNIONSTORE d nokey", "SMOVE a b 1", "ZUNIONSTORE z3 1 z", "GETSET u 2", "SETRANGE u 1 x",
    "HSETNX h g 1", "HINCRBYFLOAT h g 1", "INCRBYFLOAT fl 1", "SETNX nx1 1", "PSETEX pe 60000 v", "MSET m1 1 m2 2",
    "COPY m1 m3", "ZADD zz 1 a 2 b 3 c", "ZREMRANGEBYSCORE zz 1 1", "ZREMRANGEBYRANK zz 0 0", "ZREM zz c", "SREM a 2",
    "EXPIRE m1 -1", "PERSIST nokey", "PEXPIRE order:3 60"]
for line in life:
    r.execute_command(*line.split())
    r.publish("__keyend__:", line)
    print("\n  ".join(events(line)))
events("expired order:3")
