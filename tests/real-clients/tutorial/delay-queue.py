"""A queue of tasks for later: a sorted set by due time, first with a clock by hand, then with two workers."""

import threading
import time

s = connect()
r.zadd("delay-queue", {"task1": 5})
r.zadd("delay-queue", {"task2": 2})
r.zadd("delay-queue", {"task3": 3})
r.zadd("delay-queue", {"task4": 10})
r.zrangebyscore("delay-queue", 0, 1, start=0, num=1)
r.zrangebyscore("delay-queue", 0, 2.5, start=0, num=1)
# Both workers see the task; the reply of ZREM says whose it is.
s.zrangebyscore("delay-queue", 0, 2.5, start=0, num=1)
r.zrem("delay-queue", "task2")
s.zrem("delay-queue", "task2")
r.zrangebyscore("delay-queue", 0, 4, start=0, num=1)
r.zrem("delay-queue", "task3")
r.zrangebyscore("delay-queue", 0, 6, start=0, num=1)
r.zrem("delay-queue", "task1")
r.zrangebyscore("delay-queue", 0, 9, start=0, num=1)
r.zrangebyscore("delay-queue", 0, 10, start=0, num=1)
r.zrem("delay-queue", "task4")
r.exists("delay-queue")

# The same in real time.
handled, every = [], threading.Lock()


def work():
    client = connect()
    while len(handled) < 4:
        due = client.zrangebyscore("delay-queue", 0, time.time(), start=0, num=1)
        if not due:
            time.sleep(0.02)
        elif client.zrem("delay-queue", due[0]):
            with every:
                handled.append(due[0])


now = time.time()
r.zadd("delay-queue", {"task1": now + 1.5, "task2": now + 0.5, "task3": now + 1.0, "task4": now + 2.0})
workers = [threading.Thread(target=work) for _ in range(2)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
handled
r.zcard("delay-queue")
