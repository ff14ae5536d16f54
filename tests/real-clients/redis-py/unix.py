"""A Unix socket in place of a port."""

import os

u = redis.Redis(unix_socket_path=os.environ["REDIS_SOCKET"], decode_responses=True, client_name="by-socket")
u.ping()
u.set("k", "v")
r.get("k")
named = [client for client in r.client_list() if client["name"] == "by-socket"][0]
named["addr"], named["laddr"]
named["flags"]
[client["flags"] for client in u.client_list()]
u.client_info()["addr"]
redis.from_url(f"unix://{os.environ['REDIS_SOCKET']}?db=2").set("there", 1)
connect(db=2).get("there")
with connect().monitor() as monitor:
    u.set("seen", 1)
    seen = monitor.next_command()
    while "SET seen" not in seen["command"]:
        seen = monitor.next_command()
{field: seen[field] for field in ("db", "client_address", "client_port", "client_type", "command")}
p = u.pubsub()
p.subscribe("news")
p.get_message(timeout=5)
r.publish("news", "over the port")
p.get_message(timeout=5)
redis.Redis(unix_socket_path="/nowhere/redis.sock", retry=None).ping()
