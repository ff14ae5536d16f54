"""Connecting: a client, a shared pool, a URL, and what a connection is told at its start."""

import threading
import time

r.ping()
r.echo("hello 世界")
url = redis.from_url(f"redis://127.0.0.1:{PORT}/3", decode_responses=True)
url.set("where", "database 3")
url.get("where")
r.get("where")
r.move("where", 1)
r.swapdb(0, 3)
r.get("where")
r.dbsize()

# A pool opens a connection when one is wanted, and keeps it.
pool = redis.ConnectionPool(host="127.0.0.1", port=PORT, decode_responses=True)
shared = redis.Redis(connection_pool=pool)
opened = lambda: len(pool._available_connections) + len(pool._in_use_connections)
opened()
[shared.ping() for _ in range(3)]
opened()

# Threads that wait take a connection each.
got = []
waiters = [threading.Thread(target=lambda n=n: got.append(shared.blpop(f"jobs:{n}", timeout=20))) for n in range(4)]
for waiter in waiters:
    waiter.start()
while r.info("clients")["blocked_clients"] < 4:
    time.sleep(0.01)
opened()
[r.rpush(f"jobs:{n}", f"job {n}") for n in range(4)]
for waiter in waiters:
    waiter.join()
sorted(got)
opened()

# One that may open two only.
small = redis.Redis(connection_pool=redis.ConnectionPool(host="127.0.0.1", port=PORT, max_connections=2))
held = [small.connection_pool.get_connection("_") for _ in range(2)]
small.ping()
small.connection_pool.release(held[0])
small.ping()

# A blocking pool waits until one is free.
blocking = redis.BlockingConnectionPool(host="127.0.0.1", port=PORT, max_connections=1, timeout=0.1)
held = blocking.get_connection("_")
redis.Redis(connection_pool=blocking).ping()
blocking.release(held)
redis.Redis(connection_pool=blocking).ping()

# A client of its own connection, named, closed and used again.
with connect(client_name="named", single_connection_client=True) as one:
    name, number = one.client_getname(), one.client_id()
    again = one.client_id()
name
number == again
# Killed from elsewhere, it connects again by itself.
one = connect(single_connection_client=True)
number = one.client_id()
r.client_kill_filter(_id=number)
time.sleep(0.1)
one.ping()
one.client_id() > number

# A timeout for what the server does not answer in time.
hasty = connect(socket_timeout=0.2, retry=None)
hasty.blpop("nothing", timeout=5)
connect(db=99).ping()
connect(password="wrong").ping()
connect(username="nobody", password="wrong").ping()
connect(health_check_interval=1).ping()
redis.Redis(host="127.0.0.1", port=PORT, protocol=3).ping()
redis.Redis(host="127.0.0.1", port=PORT, protocol=2).hgetall("nothing")
