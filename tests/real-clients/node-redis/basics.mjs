// node-redis: connecting, types, transactions, publish/subscribe, waiting, errors; once in RESP2 and once in RESP3.

import { library, port, show, until } from "../session.mjs";

const { createClient, createClientPool } = library("redis");

async function session(RESP) {
  console.log(`== RESP${RESP}`);
  const client = createClient({ url: `redis://127.0.0.1:${port}`, RESP, name: "main" });
  client.on("error", (error) => console.log(`error event: ${error.message}`));
  await client.connect();
  await show(() => client.flushAll());
  await show(() => client.ping());
  await show(() => client.clientGetName());
  await show(() => client.set("k", "值"));
  await show(() => client.get("k"));
  await show(() => client.get("missing"));
  await show(() => client.set("k", "v", { condition: "NX", expiration: { type: "EX", value: 10 } }));
  await show(() => client.set("k", "v", { EX: 100, GET: true }));
  await show(() => client.ttl("k"));
  await show(() => client.incrByFloat("n", 1.5));
  await show(() => client.mSet([["a", "1"], ["b", "2"]]));
  await show(() => client.mGet(["a", "b", "c"]));
  await show(() => client.hSet("h", { name: "rain", age: 22 }));
  await show(() => client.hGetAll("h"));
  await show(() => client.hGet("h", "missing"));
  await show(() => client.hmGet("h", ["name", "missing"]));
  await show(() => client.lPush("l", ["a", "b", "c"]));
  await show(() => client.lRange("l", 0, -1));
  await show(() => client.lPopCount("l", 2));
  await show(() => client.lmPop(["none", "l"], "LEFT", { COUNT: 2 }));
  await show(() => client.sAdd("s", ["b", "a"]));
  await show(async () => (await client.sMembers("s")).sort());
  await show(() => client.sIsMember("s", "a"));
  await show(() => client.smIsMember("s", ["a", "x"]));
  await show(() => client.zAdd("z", [{ score: 1, value: "one" }, { score: 2.5, value: "two" }, { score: Infinity, value: "far" }]));
  await show(() => client.zRange("z", 0, -1));
  await show(() => client.zRangeWithScores("z", 0, -1));
  await show(() => client.zRangeWithScores("z", 0, 3, { BY: "SCORE" }));
  await show(() => client.zScore("z", "two"));
  await show(() => client.zmScore("z", ["two", "none"]));
  await show(() => client.zIncrBy("z", 0.1, "one"));
  await show(() => client.zPopMin("z"));
  await show(() => client.zRank("z", "none"));
  await show(() => client.exists(["a", "none"]));
  await show(() => client.expire("a", 10));
  await show(() => client.type("h"));
  await show(async () => {
    const found = [];
    for await (const keys of client.scanIterator({ COUNT: 2 })) found.push(...keys);
    return found.sort();
  });
  await show(() => client.sendCommand(["OBJECT", "ENCODING", "h"]));
  await show(() => client.configGet("maxmemory"));
  await show(() => client.clientInfo().then(({ name, db, resp }) => ({ name, db, resp })));
  await show(async () => (await client.info("server")).includes("redis_version:7.0.15"));
  await show(async () => Math.abs((await client.time())[0] - Date.now() / 1000) < 5);

  await show(() => client.lPush("k", "x"));
  await show(() => client.sendCommand(["NOSUCH"]));
  await show(() => client.incr("k"));

  await show(() => client.multi().set("m", 1).incr("m").hGetAll("h").zScore("z", "two").exec());
  await show(() => client.multi().set("m", 1).lPush("m", "1").exec());
  await show(() => client.multi().set("m", 5).get("m").execAsPipeline());
  await show(async () => {
    await client.watch("m");
    await client.set("m", 6);
    return client.multi().incr("m").exec();
  });
  await show(() => Promise.all(Array.from({ length: 1000 }, () => client.incr("many"))).then((all) => all.at(-1)));

  const heard = [];
  const subscriber = client.duplicate();
  await subscriber.connect();
  await subscriber.subscribe("news", (message, channel) => heard.push(`${channel}: ${message}`));
  await subscriber.pSubscribe("n*", (message, channel) => heard.push(`by pattern ${channel}: ${message}`));
  await subscriber.sSubscribe("shard", (message) => heard.push(`shard: ${message}`));
  await show(() => client.publish("news", "你好"));
  await show(() => client.sPublish("shard", "hello"));
  await until(() => heard.length === 3);
  console.log(heard.sort());
  if (RESP === 3) await show(() => subscriber.get("k"));
  await subscriber.unsubscribe("news");
  await show(() => client.publish("news", "?"));
  await subscriber.pUnsubscribe();
  await subscriber.sUnsubscribe();
  await show(() => client.pubSubNumSub(["news"]));
  await subscriber.close();

  const waiter = client.duplicate();
  await waiter.connect();
  await show(() => waiter.blPop("queue", 0.05));
  const waits = waiter.blPop(["other", "queue"], 20);
  await until(async () => (await client.info("clients")).includes("blocked_clients:1"));
  await show(() => client.rPush("queue", "job"));
  await show(() => waits);
  await show(() => waiter.bzPopMin("scores", 0.05));
  waiter.destroy();

  const pool = await createClientPool({ url: `redis://127.0.0.1:${port}`, RESP }, { minimum: 1, maximum: 4 }).connect();
  await show(() => Promise.all(Array.from({ length: 20 }, (_, n) => pool.set(`p${n}`, n))).then((all) => all.length));
  await pool.close();
  const other = await createClient({ url: `redis://127.0.0.1:${port}/3`, RESP }).connect();
  await show(() => other.set("there", 1));
  await show(() => other.dbSize());
  await other.close();
  await client.close();
}

await session(2);
await session(3);
