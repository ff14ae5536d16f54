# redis-cli without a terminal: commands from a pipe and from arguments, and each way to print replies.

# Prints how redis-cli is called, then what it says.
cli() {
  printf '$ redis-cli %s\n' "$*"
  # The number of a connection is nothing to compare.
  redis-cli -p "$REDIS_PORT" "$@" 2>&1 | sed -E '/^id [0-9]+$/d; /"id"$/{n; s/[0-9]+$/N/}'
  printf '[status %s]\n' "${PIPESTATUS[0]}"
}

commands='SET greeting "hello world"
GET greeting
get missing
RPUSH list a "b c" "\x00\xff\n" 世界
LRANGE list 0 -1
HSET hash name rain age 22
HGETALL hash
SADD set one
SMEMBERS set
ZADD zset 1 one 2.5 two
ZRANGE zset 0 -1 WITHSCORES
ZSCORE zset two
SETEX short 100 v
TTL short
INCR greeting
NOSUCH command
LPUSH
"unbalanced
LMPOP 2 none list LEFT COUNT 2
TYPE list
EXISTS list set nothing
DBSIZE
MULTI
INCR n
LPUSH n x
EXEC
OBJECT ENCODING n
CONFIG GET maxmemory
CONFIG GET nothing
SELECT 3
SELECT 99
ECHO "still here"'

for form in --no-raw --raw --csv --json --quoted-json -3 '-3 --no-raw' '-2 --json' '-3 --json' '-3 --csv'; do
  redis-cli -p "$REDIS_PORT" FLUSHALL >/dev/null
  # shellcheck disable=SC2086
  cli $form <<<"$commands"
done
cli <<<"$commands"

cli -n 6 SET in-six yes
cli -n 6 KEYS '*'
cli KEYS in-six
cli -n 99 PING
cli -r 3 INCR counter
cli -r 3 -i 0.01 PING
cli -x SET from-stdin <<<"the last argument"
cli GET from-stdin
cli -X NAME SET NAME value <<<"key-from-stdin"
cli -d '; ' --raw LRANGE list 0 -1
cli -D '|' --raw LRANGE list 0 -1
cli -e NOSUCH
cli -e GET missing
cli --no-auth-warning -a secret PING
cli --user nobody --pass secret --no-auth-warning PING
cli -c GET greeting
cli --show-pushes no PING
cli HELLO 3
cli --no-raw HELLO 2 AUTH default wrong
cli --no-raw COMMAND INFO get nosuch
cli --no-raw COMMAND GETKEYS MSET a 1 b 2
cli --eval /nonexistent.lua
