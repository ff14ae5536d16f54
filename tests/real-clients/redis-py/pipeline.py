"""Pipelines and transactions: WATCH with its retry, errors inside, and many commands at once."""

pipe = r.pipeline()
pipe.set("a", 1).incr("a").get("a").hset("h", mapping={"f": 1}).hgetall("h").execute()
pipe.execute()
plain = r.pipeline(transaction=False)
plain.set("b", "x").lpush("b", 1).get("b").execute(raise_on_error=False)
plain.set("b", "x").lpush("b", 1).get("b").execute()
r.get("b")

# A command that fails when it is run does not stop the others; one that can't be queued does.
pipe = r.pipeline()
pipe.set("c", 1).lpush("c", 1).incr("c").execute()
r.get("c")
pipe.set("c", 1).execute_command("NOSUCH", "x").incr("c").execute()
pipe.reset()
r.get("c")
pipe.set("d", 1).execute_command("GET").incr("d").execute(raise_on_error=False)
pipe.reset()
r.exists("d")
pipe.zadd("z", {"m": 1.5}).zscore("z", "m").zrange("z", 0, -1, withscores=True).smembers("nothing").execute()
pipe.expire("a", 100).ttl("a").type("a").keys("a*").execute()

# WATCH: whoever comes between makes EXEC fail.
tries = []
def add_one(key):
    with r.pipeline() as pipe:
        while True:
            try:
                pipe.watch(key)
                value = int(pipe.get(key) or 0)
                tries.append(value)
                if len(tries) < 3:
                    rb.incrby(key, 10)
                pipe.multi()
                pipe.set(key, value + 1)
                return pipe.execute()
            except redis.WatchError as error:
                tries.append(str(error))

add_one("counter")
tries
r.get("counter")

pipe = r.pipeline()
pipe.watch("w")
pipe.immediate_execute_command("GET", "w")
rb.set("w", "changed")
pipe.multi()
pipe.set("w", "mine")
pipe.execute()
pipe.watch("w")
pipe.unwatch()
rb.set("w", "again")
pipe.multi()
pipe.set("w", "mine")
pipe.execute()
pipe.watch("w", "x")
rb.delete("x")
pipe.multi()
pipe.get("w")
pipe.execute()
# A watched key that is changed and changed back has been changed all the same.
pipe.watch("w")
rb.set("w", "mine")
pipe.multi()
pipe.get("w")
pipe.execute()

# transaction() does all that.
def double(pipe):
    value = int(pipe.get("counter"))
    pipe.multi()
    pipe.set("counter", value * 2)
    pipe.get("counter")

r.transaction(double, "counter")
def named(pipe):
    pipe.multi()
    pipe.incr("counter")
    return "the callable's own value"

r.transaction(named, "counter", value_from_callable=True)

# Many at once.
pipe = r.pipeline(transaction=False)
for n in range(10_000):
    pipe.rpush("list", n)
pipe.execute() == list(range(1, 10_001))
pipe = r.pipeline()
for n in range(5_000):
    pipe.lindex("list", n)
[int(n) for n in pipe.execute()] == list(range(5_000))

r.execute_command("EXEC")
r.execute_command("DISCARD")
r.execute_command("WATCH")
one = connect(single_connection_client=True)
one.execute_command("MULTI")
one.execute_command("MULTI")
one.execute_command("WATCH", "k")
one.execute_command("SUBSCRIBE")
one.execute_command("EXEC")
