# redis-benchmark: its default tests, and with pipelines, RESP3, threads and much data. Figures are not compared.

bench() {
  printf '$ redis-benchmark %s\n' "$*"
  # Only the names of the tests that came to their end, and whatever is no figure.
  redis-benchmark -p "$REDIS_PORT" "$@" 2>&1 | tr '\r' '\n' | grep '[^ ]' |
    grep -v 'rps=' | sed -E 's/: *[0-9.]+ requests per second.*/: done/'
  printf '[status %s]\n' "${PIPESTATUS[0]}"
}

bench -q -n 2000 -c 20
bench -q -n 2000 -c 20 -P 16 -3
bench -q -n 2000 -c 50 --threads 2 -t set,get,incr
bench -q -n 500 -c 5 -d 100000 -t set,get,lpush
bench -q -n 5000 -c 10 -r 1000 -P 50 -t set,sadd,zadd,hset,spop,zpopmin
bench -q -n 1000 -k 0 -t ping,get
bench -q -n 1000 -e NOSUCH
bench -q -n 1000 -r 100 ZADD scores __rand_int__ member:__rand_int__
bench -q -n 1000 --csv -t get | head -1
bench -q -n 1000 --dbnum 6 -t set
redis-cli -p "$REDIS_PORT" -n 6 DBSIZE
