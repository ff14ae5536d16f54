// ioredis: scripts as commands of one's own. needs: scripting

import { library, port, show } from "../session.mjs";

const Redis = library("ioredis");
const client = new Redis(port);
client.defineCommand("buy", {
  numberOfKeys: 1,
  lua: "if tonumber(redis.call('GET', KEYS[1]) or 0) < tonumber(ARGV[1]) then return -1 end return redis.call('DECRBY', KEYS[1], ARGV[1])",
});
client.defineCommand("both", { lua: "return {KEYS, ARGV}" });
await show(() => client.set("stock", 5));
await show(() => client.buy("stock", 2));
await show(() => client.buy("stock", 2));
await show(() => client.script("FLUSH"));
await show(() => client.buy("stock", 2));
await show(() => client.both(2, "k1", "k2", "a"));
await show(() => client.pipeline().set("stock", 9).buy("stock", 4).get("stock").exec());
await show(() => client.multi().set("stock", 9).buy("stock", 4).exec());
await show(() => client.eval("return redis.call('LPUSH', KEYS[1], 1)", 1, "stock"));
await show(() => client.eval("return redis.error_reply('MY own error')", 0));
await show(() => client.evalsha("0".repeat(40), 0));
await client.quit();
