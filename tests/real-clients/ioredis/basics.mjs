// ioredis: connecting (it asks INFO whether the server is ready), types, transactions, publish/subscribe, waiting, errors.

import { library, port, show, until } from "../session.mjs";

const Redis = library("ioredis");
const client = new Redis({ port, host: "127.0.0.1", connectionName: "main" });
client.on("error", (error) => console.log(`error event: ${error.message}`));
await new Promise((ready) => client.on("ready", ready));

await show(() => client.status);
await show(() => client.client("GETNAME"));
await show(() => client.set("k", "值"));
await show(() => client.get("k"));
await show(() => client.getBuffer("k"));
await show(() => client.get("missing"));
await show(() => client.set("k", "v", "EX", 100, "NX"));
await show(() => client.set("k", "v", "EX", 100));
await show(() => client.ttl("k"));
await show(() => client.mset({ a: 1, b: 2 }));
await show(() => client.mget("a", "b", "c"));
await show(() => client.incrbyfloat("n", 1.5));
await show(() => client.hset("h", { name: "rain", age: 22 }));
await show(() => client.hgetall("h"));
await show(() => client.hgetall("missing"));
await show(() => client.hmset("h", new Map([["x", 1]])));
await show(() => client.rpush("l", 1, 2, 3));
await show(() => client.lrange("l", 0, -1));
await show(() => client.lpos("l", 2));
await show(() => client.sadd("s", "a"));
await show(() => client.smembers("s"));
await show(() => client.zadd("z", 1, "one", 2.5, "two"));
await show(() => client.zrange("z", 0, -1, "WITHSCORES"));
await show(() => client.zrevrangebyscore("z", "+inf", 2));
await show(() => client.zscore("z", "two"));
await show(() => client.zpopmin("z"));
await show(async () => {
  const found = [];
  for await (const keys of client.scanStream({ count: 2 })) found.push(...keys);
  return found.sort();
});
await show(() => client.sort("l", "DESC"));
await show(() => client.config("GET", "maxmemory"));
await show(() => client.set(Buffer.from([255, 0, 13, 10]), Buffer.from([1, 2, 255])));
await show(() => client.getBuffer(Buffer.from([255, 0, 13, 10])));

await show(() => client.lpush("k", "x"));
await show(() => client.call("NOSUCH", "x"));
await show(() => client.set("k"));

await show(() => client.multi().set("m", 1).incr("m").get("m").exec());
await show(() => client.multi().set("m", 1).lpush("m", 1).exec());
await show(() => client.multi().set("m").get("m").exec());
await show(() => client.pipeline().set("m", 1).lpush("m", 1).get("m").exec());
await show(async () => {
  await client.watch("m");
  await client.set("m", 6);
  return client.multi().incr("m").exec();
});
await show(() => Promise.all(Array.from({ length: 1000 }, () => client.incr("many"))).then((all) => all.at(-1)));

const subscriber = new Redis(port);
const heard = [];
subscriber.on("message", (channel, message) => heard.push(`${channel}: ${message}`));
subscriber.on("pmessage", (pattern, channel, message) => heard.push(`${pattern} ${channel}: ${message}`));
await show(() => subscriber.subscribe("news", "weather"));
await show(() => subscriber.psubscribe("n*"));
await show(() => client.publish("news", "你好"));
await until(() => heard.length === 2);
console.log(heard);
await show(() => subscriber.get("k"));
await show(() => subscriber.ping());
await show(() => subscriber.unsubscribe("news", "weather"));
await show(() => subscriber.punsubscribe("n*"));
await show(() => subscriber.get("missing"));
subscriber.disconnect();

const waiter = new Redis(port);
await show(() => waiter.blpop("queue", 0.05));
const waits = waiter.blpop("other", "queue", 20);
await until(async () => (await client.info("clients")).includes("blocked_clients:1"));
await show(() => client.rpush("queue", "job"));
await show(() => waits);
waiter.disconnect();

// Of a client that is ready: a new one would still ask for INFO, and the monitor might see that first.
const monitor = await client.monitor();
const seen = [];
monitor.on("monitor", (_, command, source, database) => seen.push([command, database]));
await client.get("watched");
await until(() => seen.length > 0);
console.log(JSON.stringify(seen[0]));
monitor.disconnect();

const other = new Redis({ port, db: 3, keyPrefix: "app:" });
await show(() => other.set("there", 1));
await show(() => other.keys("*"));
await show(() => client.exists("app:there"));
await other.quit();
const listed = new Redis({ port, enableAutoPipelining: true });
await show(() => Promise.all(["a", "b", "m"].map((key) => listed.get(key))));
await listed.quit();
await show(() => client.quit());
process.exit();
