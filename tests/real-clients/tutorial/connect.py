"""Connecting from Python: a client, a client on a pool, and how many connections the pool opens."""

import threading
import time

r = redis.Redis(host="127.0.0.1", port=PORT)
r.set("foo", "Bar")
r.get("foo")

pool = redis.ConnectionPool(host="127.0.0.1", port=PORT)
r2 = redis.Redis(connection_pool=pool)
r2.set("bar", "Foo")
r2.get("bar")
type(r.connection_pool).__name__

pool = redis.ConnectionPool(host="127.0.0.1", port=PORT)
r3 = redis.Redis(connection_pool=pool)
opened = lambda: len(pool._available_connections) + len(pool._in_use_connections)
opened()
r3.ping()
opened()
r3.ping(), r3.ping(), r3.ping()
opened()
waiters = [threading.Thread(target=r3.blpop, args=(f"queue{n}", 20)) for n in range(4)]
for waiter in waiters:
    waiter.start()
while r.info("clients")["blocked_clients"] < 4:
    time.sleep(0.01)
opened()
[r.rpush(f"queue{n}", "job") for n in range(4)]
for waiter in waiters:
    waiter.join()
opened()
