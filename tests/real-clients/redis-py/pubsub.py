"""Publish and subscribe: messages, patterns, handlers, a thread, and what a subscribed connection may do."""

import time

p = r.pubsub()
p.subscribe("news", "weather")
p.get_message(timeout=5)
p.get_message(timeout=5)
r.publish("news", "hello")
p.get_message(timeout=5)
r.publish("nobody", "hello")
p.get_message(timeout=0.05)
p.psubscribe("n*", "w?ather", "[ab]c")
[p.get_message(timeout=5) for _ in range(3)]
r.publish("news", "to both")
[p.get_message(timeout=5) for _ in range(2)]
r.publish("ac", "by pattern")
p.get_message(timeout=5)
sorted(r.pubsub_channels())
r.pubsub_channels("n*")
r.pubsub_numsub("news", "nobody")
r.pubsub_numpat()
p.unsubscribe("news")
p.get_message(timeout=5)
r.publish("news", "only by pattern")
p.get_message(timeout=5)
p.unsubscribe("never")
p.get_message(timeout=5)
p.punsubscribe()
{p.get_message(timeout=5)["channel"] for _ in range(3)}
p.subscribed
p.unsubscribe()
p.get_message(timeout=5)
p.subscribed
p.close()

# Bytes, Chinese, binary, and empty messages.
pb = rb.pubsub(ignore_subscribe_messages=True)
pb.subscribe("频道")
pb.get_message(timeout=5)
rb.publish("频道", b"\x00\xff\r\n")
rb.publish("频道", "你好")
rb.publish("频道", "")
[pb.get_message(timeout=5) for _ in range(3)]
r.publish("频道", "x" * 100_000)
len(pb.get_message(timeout=5)["data"])

# A ping while subscribed.
pb.ping("are you there")
pb.get_message(timeout=5)
pb.ping()
pb.get_message(timeout=5)
pb.check_health()

# listen() and the order of messages.
p = r.pubsub(ignore_subscribe_messages=True)
p.subscribe("numbers")
p.get_message(timeout=5)
[r.publish("numbers", n) for n in range(100)] == [1] * 100
[int(message["data"]) for _, message in zip(range(100), p.listen())] == list(range(100))
pipe = r.pipeline()
pipe.publish("numbers", "in a transaction").publish("numbers", "another").execute()
[p.get_message(timeout=5)["data"] for _ in range(2)]

# Handlers in a thread.
heard = []
p = r.pubsub(ignore_subscribe_messages=True)
p.subscribe(**{"handled": heard.append})
p.psubscribe(**{"h*d": heard.append})
thread = p.run_in_thread(sleep_time=0.01)
while r.pubsub_numpat() < 1:
    time.sleep(0.01)
r.publish("handled", "to the handlers")
r.publish("had", "to one")
while len(heard) < 3:
    time.sleep(0.01)
heard
thread.stop()
thread.join()
p.subscribed
r.pubsub_numpat()
r.pubsub_numsub("handled")

# Shard channels are ordinary ones where there is no cluster.
s = r.pubsub()
s.ssubscribe("shard")
s.get_message(timeout=5)
r.spublish("shard", "hello")
s.get_message(timeout=5)
r.pubsub_shardchannels()
r.pubsub_shardnumsub("shard")
s.sunsubscribe("shard")
s.get_message(timeout=5)

# What a subscribed connection may send: RESP2 has it refused, RESP3 not.
one = connect(protocol=2, single_connection_client=True)
raw = one.connection
raw.send_command("SUBSCRIBE", "c")
raw.read_response()
raw.send_command("GET", "x")
raw.read_response()
raw.send_command("RESET")
raw.read_response()
raw.send_command("GET", "x")
raw.read_response()
# The subscription ends with the connection.
p = r.pubsub()
p.subscribe("gone")
p.get_message(timeout=5)
p.close()
while r.pubsub_numsub("gone")[0][1]:
    time.sleep(0.01)
r.publish("gone", "hello")
