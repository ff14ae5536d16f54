// node-redis: scripts. needs: scripting

import { library, port, show } from "../session.mjs";

const { createClient, defineScript } = library("redis");
const client = createClient({
  url: `redis://127.0.0.1:${port}`,
  scripts: {
    buy: defineScript({
      NUMBER_OF_KEYS: 1,
      SCRIPT: "if tonumber(redis.call('GET', KEYS[1]) or 0) < tonumber(ARGV[1]) then return -1 end return redis.call('DECRBY', KEYS[1], ARGV[1])",
      parseCommand: (parser, key, count) => {
        parser.pushKey(key);
        parser.push(String(count));
      },
      transformReply: (reply) => reply,
    }),
  },
});
await client.connect();
await show(() => client.set("stock", 5));
await show(() => client.buy("stock", 2));
await show(() => client.buy("stock", 2));
await show(() => client.scriptFlush());
await show(() => client.buy("stock", 2));
await show(() => client.multi().set("stock", 9).buy("stock", 4).exec());
await show(() => client.eval("return {KEYS[1], ARGV[1], 3.7}", { keys: ["k"], arguments: ["a"] }));
await show(() => client.eval("return redis.call('INCR', KEYS[1])", { keys: ["stock"] }));
await show(() => client.scriptLoad("return 1"));
await show(() => client.evalSha("0".repeat(40)));
await client.close();
