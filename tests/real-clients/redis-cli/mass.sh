# redis-cli's tools for much data: --pipe, --scan, --bigkeys, --memkeys, --stat and --latency as far as they end.

cli() {
  printf '$ redis-cli %s\n' "$*"
  redis-cli -p "$REDIS_PORT" "$@" 2>&1
  printf '[status %s]\n' "$?"
}

# Mass insertion: 20,000 commands as the protocol writes them, and a few as they are typed.
awk 'BEGIN { for (n = 0; n < 20000; n++) { key = "key:" n; printf "*3\r\n$3\r\nSET\r\n$%d\r\n%s\r\n$%d\r\n%d\r\n", length(key), key, length(n ""), n } }' |
  cli --pipe
cli DBSIZE
cli GET key:19999
printf 'SET a 1\r\nINCR a\r\nLPUSH a x\r\nNOSUCH\r\nGET a\r\n' | cli --pipe
cli GET a

echo '--scan'
redis-cli -p "$REDIS_PORT" --scan --pattern 'key:1999?' | sort
redis-cli -p "$REDIS_PORT" --scan | wc -l
redis-cli -p "$REDIS_PORT" --scan --count 1000 --pattern 'key:1*' | wc -l
redis-cli -p "$REDIS_PORT" --scan --pattern nothing
redis-cli -p "$REDIS_PORT" --scan --quoted-pattern '"\x6bey:7"'

cli FLUSHALL
cli RPUSH list a b c
cli HSET hash f v g w
cli SADD set x y z w
cli ZADD zset 1 a
cli SET string "some text"
# The biggest of each type; in which order they are found differs from one start of a server to the next.
echo '--bigkeys'
redis-cli -p "$REDIS_PORT" --bigkeys | grep -v '^\[' | grep .
echo '--memkeys'
redis-cli -p "$REDIS_PORT" --memkeys | grep -c 'found'
echo '--hotkeys'
redis-cli -p "$REDIS_PORT" --hotkeys 2>&1 | grep -v '^#' | grep .
# What measures goes on for ever; its first line is enough.
echo '--stat'
timeout 20 redis-cli -p "$REDIS_PORT" --stat -i 0.05 | head -3 | tail -1 | awk '{ print "keys", $1 }'
echo '--latency'
timeout 20 redis-cli -p "$REDIS_PORT" --raw --latency -i 0.1 | wc -w
echo '--lru-test, --rdb and --replica are for servers with a disk'
