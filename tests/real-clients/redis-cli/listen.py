"""redis-cli that listens, its output in a pipe: MONITOR, SUBSCRIBE, PSUBSCRIBE, a blocking command, a killed client."""

import os
import re
import subprocess
import time

PORT = os.environ["REDIS_PORT"]


def cli(*words):
    return subprocess.run(["redis-cli", "-p", PORT, *words], capture_output=True, text=True).stdout.strip()


class Listener:
    """A redis-cli at work, whose lines are read as they come."""

    def __init__(self, *words):
        print("$ redis-cli", *words)
        self.process = subprocess.Popen(["redis-cli", "-p", PORT, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.text = ""

    def until(self, end):
        """Prints what comes up to a text."""
        limit = time.monotonic() + 10
        while end not in self.text and time.monotonic() < limit:
            self.text += (self.process.stdout.read() or b"").decode("utf-8", "replace")
            time.sleep(0.01)
        if end not in self.text:
            print(f"{end!r} does not come; there is {self.text!r}")
        head, _, self.text = self.text.partition(end)
        # Moments and addresses of MONITOR.
        print(re.sub(r"\d+\.\d{6} \[(\d+) [^]]*\]", r"TIME [\1 ADDRESS]", head + end))

    def stop(self):
        self.process.terminate()
        self.process.wait()


monitor = Listener("MONITOR")
monitor.until("OK")
cli("SET", "k", 'a "quoted" value')
cli("-n", "6", "LPUSH", "q", "a\nb", "\\", "世界")
cli("NOSUCH", "command")
cli("GET")
cli("CONFIG", "GET", "maxmemory")
cli("-3", "GET", "k")
cli("ECHO", "end")
monitor.until('"ECHO" "end"')
monitor.stop()

plain = Listener("SUBSCRIBE", "news", "weather")
plain.until("weather\n2")
pattern = Listener("--csv", "PSUBSCRIBE", "n*")
pattern.until('1')
resp3 = Listener("-3", "--no-raw", "SUBSCRIBE", "news")
resp3.until("(integer) 1")
print(cli("PUBLISH", "news", "hello 世界"))
plain.until("hello 世界")
pattern.until("hello")
resp3.until('"hello \\xe4\\xb8\\x96\\xe7\\x95\\x8c"')
print(cli("PUBSUB", "NUMSUB", "news"), cli("PUBSUB", "NUMPAT"))
for listener in (plain, pattern, resp3):
    listener.stop()
while cli("PUBSUB", "CHANNELS"):
    time.sleep(0.01)
print(cli("PUBLISH", "news", "nobody"))

waits = Listener("BLPOP", "queue", "10")
while "blocked_clients:1" not in cli("INFO", "clients"):
    time.sleep(0.01)
print(cli("LPUSH", "queue", "job"))
waits.until("job")
waits.process.wait()

waits = Listener("BLPOP", "queue", "10")
while "blocked_clients:1" not in cli("INFO", "clients"):
    time.sleep(0.01)
print(cli("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"))
waits.until("Server closed the connection")
waits.stop()
print(cli("INFO", "clients").count("blocked_clients:0"))
