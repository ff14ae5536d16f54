"""The asyncio client: pool, pipeline, publish/subscribe, waiting calls and their timeouts."""

import asyncio

import redis.asyncio as aio

a = aio.Redis(host="127.0.0.1", port=PORT, decode_responses=True)
await a.ping()
await a.set("k", "值")
await a.get("k")
await a.hset("h", mapping={"f": 1, "g": 2})
await a.hgetall("h")
await a.sadd("s", "b", "a")
await a.smembers("s")
await a.zadd("z", {"a": 1, "b": 2.5})
await a.zrange("z", 0, -1, withscores=True)
await a.lpush("k", 1)
sorted([key async for key in a.scan_iter()])

# Many at once, over one pool.
await asyncio.gather(*[a.incr("n") for _ in range(50)]) and await a.get("n")
limited = aio.Redis(connection_pool=aio.BlockingConnectionPool(host="127.0.0.1", port=PORT, max_connections=3, timeout=20))
sorted(await asyncio.gather(*[limited.incr("m") for _ in range(30)])) == list(range(1, 31))

async with a.pipeline(transaction=True) as pipe:
    results = await pipe.set("p", 1).incr("p").get("p").execute()
results
async with a.pipeline() as pipe:
    await pipe.watch("p")
    await a.set("p", 10)
    pipe.multi()
    pipe.incr("p")
    try:
        outcome = await pipe.execute()
    except redis.WatchError as error:
        outcome = error
outcome
async def triple(pipe):
    value = int(await pipe.get("p"))
    pipe.multi()
    pipe.set("p", value * 3)

await a.transaction(triple, "p")

# Waiting calls.
await a.blpop("empty", timeout=0.05)
async def later(seconds, call):
    await asyncio.sleep(seconds)
    return await call()

await asyncio.gather(a.blpop(["q", "q2"], timeout=20), later(0.1, lambda: a.rpush("q2", "x")))
await asyncio.gather(a.bzpopmin("bz", timeout=20), later(0.1, lambda: a.zadd("bz", {"m": 1})))
await asyncio.gather(a.blmove("from", "to", 20), later(0.1, lambda: a.rpush("from", "x")))
await asyncio.wait_for(a.blpop("empty", timeout=0), 0.2)
await a.ping()

# Publish and subscribe.
p = a.pubsub()
await p.subscribe("news")
await p.psubscribe("n*")
[await p.get_message(timeout=5) for _ in range(2)]
await a.publish("news", "hello")
[await p.get_message(timeout=5) for _ in range(2)]
await p.get_message(timeout=0.05)
async def read(count):
    return [message["data"] async for _, message in numbered(p.listen(), count)]

async def numbered(messages, count):
    async for message in messages:
        yield count, message
        count -= 1
        if not count:
            return

await asyncio.gather(read(4), later(0.1, lambda: a.publish("news", "1")), later(0.2, lambda: a.publish("news", "2")))
await p.unsubscribe("news")
await p.get_message(timeout=5)
await p.punsubscribe("n*")
await p.get_message(timeout=5)
await p.aclose()

async def monitored():
    async with a.monitor() as monitor:
        await a.get("watched")
        while True:
            command = (await monitor.next_command())["command"]
            if command.startswith("GET"):
                return command

await monitored()
(await a.info("server"))["redis_version"]
await a.aclose()
await limited.aclose()
