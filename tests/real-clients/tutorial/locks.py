"""A lock that two clients want, in three schemes, and its safe release."""

A, B = connect(), connect()
KEY = "key_resource_id"

# 1: SETNX, then EXPIRE. In between the lock has no end, and anyone may delete it.
A.setnx(KEY, "ok")
B.setnx(KEY, "ok")
A.ttl(KEY)
A.expire(KEY, 5)
A.ttl(KEY)
A.delete(KEY)
B.setnx(KEY, "ok")
A.delete(KEY)

# 2: the value is the time at which the lock ends; GETSET decides who takes over one that has ended.
def take(client, now):
    end = now + 10
    if client.setnx(KEY, end):
        return True
    old = client.get(KEY)
    if now <= float(old):
        return False
    return client.getset(KEY, end) == old

take(A, 1000)
take(B, 1005)
take(B, 1011)
take(A, 1012)
A.get(KEY)
# Both read the old value before either sets: one wins, and the loser has moved the end.
A.set(KEY, 1010.0)
old_a, old_b = A.get(KEY), B.get(KEY)
A.getset(KEY, 1030.0) == old_a
B.getset(KEY, 1031.0) == old_b
A.get(KEY)
float(B.get("nokey"))

# 3: one command for all of it.
A.delete(KEY)
A.set(KEY, "1", nx=True, ex=10)
B.set(KEY, "1", nx=True, ex=10)
A.ttl(KEY)

# Only who holds it releases it: a token of one's own, and WATCH between looking and deleting.
def release(client, token):
    with client.pipeline() as pipe:
        while True:
            try:
                pipe.watch(KEY)
                if pipe.get(KEY) != token:
                    pipe.unwatch()
                    return False
                pipe.multi()
                pipe.delete(KEY)
                return pipe.execute()
            except redis.WatchError:
                continue

A.set(KEY, "tokenA", xx=True, ex=10)
release(B, "tokenB")
release(A, "tokenA")
A.exists(KEY)
