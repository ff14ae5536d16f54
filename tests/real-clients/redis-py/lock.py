"""redis-py's own Lock. needs: scripting"""

import threading
import time

lock = r.lock("resource", timeout=10)
lock.acquire()
lock.locked(), lock.owned()
r.exists("resource"), 0 < r.pttl("resource") <= 10_000
other = r.lock("resource", timeout=10, blocking_timeout=0.2, sleep=0.05)
other.acquire()
other.acquire(blocking=False)
other.locked(), other.owned()
other.release()
lock.extend(10)
10_000 < r.pttl("resource") <= 20_000
lock.extend(5, replace_ttl=True)
r.pttl("resource") <= 5_000
lock.reacquire()
5_000 < r.pttl("resource") <= 10_000
lock.release()
lock.release()
r.exists("resource")

# Whoever holds it no longer can't release it.
lock.acquire(token="mine")
r.get("resource")
r.set("resource", "stolen")
lock.release()
r.get("resource")
lock = r.lock("resource", timeout=10)
r.delete("resource")
lock.acquire()
r.delete("resource")
lock.extend(10)
lock.reacquire()
lock.release()
r.lock("forever").extend(10)
forever = r.lock("forever")
forever.acquire()
r.ttl("forever")
forever.extend(10)
forever.release()

# Its time is over.
short = r.lock("short", timeout=0.1)
short.acquire()
time.sleep(0.2)
short.locked(), short.owned()
short.release()
with r.lock("scoped", timeout=5) as scoped:
    inside = scoped.locked(), scoped.owned()
inside
r.exists("scoped")
def enter():
    with r.lock("held", timeout=5), r.lock("held", timeout=5, blocking_timeout=0.1):
        return "entered twice"

enter()

# Four threads, one counter, nothing lost.
def work():
    client = connect()
    for _ in range(5):
        with client.lock("counter:lock", timeout=10, sleep=0.005):
            client.set("counter", int(client.get("counter") or 0) + 1)

threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
r.get("counter")

import redis.asyncio as aio
a = aio.Redis(host="127.0.0.1", port=PORT)
alock = a.lock("async", timeout=5)
await alock.acquire()
await alock.owned()
await alock.extend(5)
await a.lock("async", blocking_timeout=0.1).acquire()
await alock.release()
await alock.release()
await a.aclose()
