# redis-cli and scripts: EVAL typed and --eval with a file. needs: scripting

cli() {
  printf '$ redis-cli %s\n' "$*"
  redis-cli -p "$REDIS_PORT" --no-raw "$@" 2>&1
  printf '[status %s]\n' "$?"
}

cat >transfer.lua <<'LUA'
-- Moves an amount from one account to another, if there is enough.
local from, to, amount = KEYS[1], KEYS[2], tonumber(ARGV[1])
if tonumber(redis.call("GET", from) or "0") < amount then
  return redis.error_reply("POOR not enough")
end
redis.call("DECRBY", from, amount)
redis.call("INCRBY", to, amount)
return { redis.call("GET", from), redis.call("GET", to) }
LUA

cli SET alice 100
cli --eval transfer.lua alice bob , 30
cli --eval transfer.lua alice bob , 300
cli EVAL 'return {1, "two", {3}, 4.5, false}' 0
cli EVAL 'return KEYS[1] .. ARGV[1]' 1 k '世界'
cli EVAL 'return redis.call("LPUSH", "alice", 1)' 0
cli EVAL 'return {' 0
cli -3 EVAL 'redis.setresp(3) return redis.call("HGETALL", "missing")' 0
cli SCRIPT LOAD 'return 1'
cli EVALSHA e0e1f9fabfc9d4800c877a703b823ac0578ff8db 0
cli EVALSHA ffffffffffffffffffffffffffffffffffffffff 0
cli SCRIPT EXISTS e0e1f9fabfc9d4800c877a703b823ac0578ff8db ffffffffffffffffffffffffffffffffffffffff
cli SCRIPT FLUSH
cli SCRIPT EXISTS e0e1f9fabfc9d4800c877a703b823ac0578ff8db
printf 'MULTI\nEVAL "return redis.call(\\"INCR\\", KEYS[1])" 1 n\nEXEC\n' | cli
