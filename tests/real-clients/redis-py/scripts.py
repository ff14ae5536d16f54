"""Scripts: EVAL, register_script, its reload after SCRIPT FLUSH, in pipelines. needs: scripting"""

r.eval("return 1", 0)
r.eval("return {KEYS[1], ARGV[1], 3.99, true, false, 'x'}", 1, "k", "a")
r.eval("return redis.call('SET', KEYS[1], ARGV[1])", 1, "k", "值")
r.eval("return redis.call('GET', KEYS[1])", 1, "k")
rb.eval("return redis.call('GET', KEYS[1])", 1, "k")
r.eval("return redis.status_reply('FINE')", 0)
r.eval("return redis.error_reply('MY own error')", 0)
r.eval("return redis.call('LPUSH', KEYS[1], 1)", 1, "k")
r.eval("return redis.pcall('LPUSH', KEYS[1], 1).err", 1, "k")
r.eval("return nosuch", 0)
r.eval("return (", 0)
r.eval("error('said so')", 0)
r.eval("return 1", 2, "k")
r.eval("return 1", -1)
r.eval("redis.call('HSET', 'h', 'f', '1') return redis.call('HGETALL', 'h')", 0)
r.eval("redis.call('ZADD', 'z', '1.5', 'm') return redis.call('ZSCORE', 'z', 'm')", 0)
r.eval("return redis.sha1hex('')", 0)
r.eval("return tostring(redis.call('GET', 'missing'))", 0)
r.eval("return {1, 2, nil, 4}", 0)
r.eval("return {{1, {2}}, {}}", 0)
r.eval("redis.call('SELECT', 3) redis.call('SET', 'there', 1) return 1", 0)
r.get("there"), connect(db=3).get("there")
r.eval("return cjson.encode({a = 1})", 0)
r.eval("return cjson.decode(ARGV[1]).a[2]", 0, '{"a": [1, "two"]}')
r.eval_ro("return redis.call('GET', KEYS[1])", 1, "k")
r.eval_ro("return redis.call('SET', KEYS[1], 1)", 1, "k")

sha = r.script_load("return ARGV[1]")
sha
r.script_exists(sha, "0" * 40)
r.evalsha(sha, 0, "by its hash")
r.evalsha("0" * 40, 0)
r.script_flush()
r.evalsha(sha, 0)

multiply = r.register_script("local n = redis.call('GET', KEYS[1]) return (n or 1) * ARGV[1]")
r.set("n", 6)
multiply(keys=["n"], args=[7])
r.script_flush()
multiply(keys=["n"], args=[8])
multiply(keys=["missing"], args=[8])
pipe = r.pipeline()
pipe.set("n", 2)
multiply(keys=["n"], args=[5], client=pipe)
pipe.execute()
r.script_flush()
pipe.set("n", 3)
multiply(keys=["n"], args=[5], client=pipe)
pipe.get("n")
pipe.execute()
multiply(keys=["k"], args=[8])

# MONITOR shows a script and what it calls.
with connect().monitor() as monitor:
    r.eval("return redis.call('SET', KEYS[1], ARGV[1])", 1, "k", "from Lua")
    seen = []
    while not seen or seen[-1]["client_type"] != "lua":
        seen.append(monitor.next_command())
[(entry["client_type"], entry["command"]) for entry in seen if "Lua" in entry["command"]]

# A stock that is never sold twice.
buy = r.register_script("""
local left = tonumber(redis.call('GET', KEYS[1]) or '0')
if left < tonumber(ARGV[1]) then return -1 end
return redis.call('DECRBY', KEYS[1], ARGV[1])
""")
r.set("stock", 5)
[buy(keys=["stock"], args=[2]) for _ in range(3)]
r.script_kill()
