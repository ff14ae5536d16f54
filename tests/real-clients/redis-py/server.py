"""The server's own commands: what clients, tools and lessons ask of it."""

import time

# ---- INFO: the fields that clients and monitoring programs read are there, of the same types
info = r.info()
{field: info[field] for field in ("redis_version", "redis_mode", "arch_bits", "loading", "role", "cluster_enabled", "connected_slaves", "maxmemory", "maxmemory_policy", "blocked_clients", "expired_keys", "evicted_keys", "rdb_changes_since_last_save", "aof_enabled", "tracking_clients")}
{field: type(info[field]).__name__ for field in ("tcp_port", "uptime_in_seconds", "uptime_in_days", "connected_clients", "maxclients", "used_memory", "used_memory_human", "rdb_last_save_time", "rdb_bgsave_in_progress", "total_connections_received", "total_commands_processed", "keyspace_hits", "keyspace_misses", "pubsub_channels", "pubsub_patterns")}
r.set("k", "v")
r.setex("e", 100, "v")
keyspace = r.info("keyspace")["db0"]
keyspace["keys"], keyspace["expires"]
hits = r.info("stats")["keyspace_hits"]
r.get("k"), r.get("missing")
r.info("stats")["keyspace_hits"] - hits
r.info("everything")["redis_version"]
r.info("nothing")
r.config_resetstat()
r.info("stats")["keyspace_hits"]

# ---- CONFIG
r.config_get("maxmemory")
sorted(r.config_get("save", "appendonly").items())
sorted(r.config_get("list-max-*").items())
r.config_get("nothing")
r.config_get("hash-max-listpack-entries")
r.config_get("hash-max-ziplist-entries")
r.config_set("notify-keyspace-events", "KEA")
r.config_get("notify-keyspace-events")
r.config_set("notify-keyspace-events", "q")
r.config_set("nothing", 1)
r.config_set("maxmemory", "100mb")
r.config_get("maxmemory")
r.config_set("maxmemory", 0)
r.config_set("timeout", 0)
r.config_get("requirepass")
r.config_rewrite()

# ---- CLIENT
named = connect(client_name="worker", db=2, single_connection_client=True)
named.ping()
named.client_getname()
r.client_setname("with space")
clients = {client["name"]: client for client in r.client_list()}
{field: clients["worker"][field] for field in ("name", "db", "sub", "psub", "multi", "flags", "cmd", "user", "resp") if field in clients["worker"]}
sorted(clients["worker"])
clients["worker"]["addr"].split(":")[0]
named.client_info()["name"]
r.client_list(client_id=[named.client_id()])[0]["name"]
r.client_list(_type="pubsub")
r.client_kill_filter(_id=999999)
r.client_kill("127.0.0.1:1")
r.client_pause(1)
r.client_unpause()
r.client_no_evict("ON")

# ---- MONITOR
monitor = connect().monitor()
monitor.__enter__() is monitor
for command in (["SET", "k", 'a "quoted"\nvalue'], ["GET", "姓名"], ["SELECT", 1]):
    one = connect(single_connection_client=True)
    one.get("sign")
    one.execute_command(*command)
seen = []
while len(seen) < 6:
    entry = monitor.next_command()
    if entry["command"].split()[0] in ("SET", "GET", "SELECT"):
        seen.append((entry["db"], entry["client_type"], entry["command"]))
seen
monitor.connection.disconnect()

# ---- COMMAND, and the rest
command = r.command()["get"]
{field: command[field] for field in ("name", "arity", "first_key_pos", "last_key_pos", "step_count")}
sorted(command["flags"])
r.command_getkeys("MSET", "a", 1, "b", 2)
r.command_getkeys("GET")
sorted(r.command_list(pattern="z*card"))
sorted(r.command_list(category="transaction"))
now = r.time()
abs(now[0] - time.time()) < 5
r.dbsize()
r.object("freq", "k")
r.reset()
r.quit()
