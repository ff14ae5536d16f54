"""redis-cli as a student sees it: in a terminal, with hints, a prompt that changes, subscriptions and Ctrl-C."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

PORT = os.environ["REDIS_PORT"]
CTRL_C = "\x03"


def terminal_of_its_own():
    """What a process does to be stopped by Ctrl-C."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A redis-cli in a pseudo-terminal of 80 columns."""

    def __init__(self, *options):
        print("==", "redis-cli", *options)
        self.screen, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        environment = {**os.environ, "TERM": "xterm"}
        self.process = subprocess.Popen(
            ["redis-cli", "-p", PORT, *options], stdin=child, stdout=child, stderr=child, env=environment,
            start_new_session=True, preexec_fn=terminal_of_its_own)
        os.close(child)

    def read(self, drawn, seconds=10):
        """What has been drawn once that is enough, `drawn(text)`, and nothing more comes."""
        text, end = b"", time.monotonic() + seconds
        while time.monotonic() < end:
            enough = drawn(plain(text))
            ready = select.select([self.screen], [], [], 0.15 if enough else 0.5)[0]
            if not ready and enough:
                break
            if ready:
                try:
                    chunk = os.read(self.screen, 1 << 16)
                except OSError:
                    break
                if not chunk:
                    break
                text += chunk
        return text

    def type(self, line, until, end="\r", waits=False):
        """Types a line, and prints what stands on the screen below it: a text and, where redis-cli does not wait for
        more itself, a prompt. Neither is taken from the line, which is drawn anew with every letter."""
        os.write(self.screen, (line + end).encode())

        def drawn(text):
            _, entered, below = text.partition("\n")
            if not end:
                return until in text
            return entered and until in below and (waits or prompt(below))

        self.show(self.read(drawn))

    def show(self, text):
        """Prints text as it stands on the screen: a line is drawn anew with every letter, the last drawing is left."""
        drawings = [line.split("\r") for line in plain(text).replace("\r\n", "\n").split("\n")]
        lines = [next((it.rstrip() for it in reversed(line) if it.strip()), "") for line in drawings]
        text = re.sub(r'("id"(?: => |\n 8\) )\(integer\)) \d+', r"\1 N", "\n".join(lines))
        print(re.sub(r"\d+\.\d{6} \[(\d+) [^]]*\]", r"TIME [\1 ADDRESS]", text))

    def end(self):
        self.process.terminate()
        self.process.wait()
        os.close(self.screen)


def plain(text):
    """Text without the sequences that colour it and move about in a line."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text.decode("utf-8", "replace"))


def prompt(text):
    """Does the screen end with a prompt?"""
    return text.rstrip("\r").endswith("> ")


def other(*words):
    subprocess.run(["redis-cli", "-p", PORT, *words], stdout=subprocess.DEVNULL, check=True)


t = Terminal()
t.show(t.read(prompt))
t.type("SET greeting hello", "OK")
t.type("GET greeting", '"hello"')
# A hint: what may follow, from COMMAND DOCS where the server has them, else from redis-cli's own table.
t.type("LPUSH ", "key", end="")
t.type("list a b c", "(integer) 3")
t.type("lrange list 0 -1", '3) "a"')
t.type("HSET h f 1 g 2", "(integer) 2")
t.type("HGETALL h", '4) "2"')
t.type("GET list", "WRONGTYPE")
t.type("SET 世界 你好", "OK")
t.type("GET 世界", "\\x")
t.type("SELECT 6", "[6]> ")
t.type("SELECT 0", "> ")
t.type("MULTI", "(TX)> ")
t.type("INCR n", "QUEUED")
t.type("SELECT 3", "QUEUED")
t.type("NOSUCH", "unknown command")
t.type("EXEC", "EXECABORT")
t.type("MULTI", "(TX)> ")
t.type("INCR n", "QUEUED")
t.type("EXEC", "(integer) 1")
t.type("MULTI", "(TX)> ")
t.type("DISCARD", "OK")
t.type("HELLO 3", '"modules"')
t.type("HGETALL h", '"g"')
t.type("SADD s a", "(integer) 1")
t.type("SMEMBERS s", '"a"')
t.type("ZADD z 1.5 m", "(integer) 1")
t.type("ZSCORE z m", "(double) 1.5")
t.type("GET missing", "(nil)")
t.type("HELLO 2", '"modules"')
t.type("3 PING", "PONG\r\nPONG\r\nPONG")
t.type("help @nothing", "> ")
t.type("RESET", "RESET")
t.type("quit", "", waits=True)
t.end()

# What listens or waits is left by Ctrl-C, and commands go on; from a blocking command it leaves redis-cli.
for options in [], ["-3"]:
    t = Terminal(*options)
    t.read(prompt)
    t.type("SUBSCRIBE news", "(integer) 1", waits=True)
    other("PUBLISH", "news", "hello")
    t.show(t.read(lambda text: "hello" in text))
    t.type(CTRL_C, "> ", end="")
    t.type("PING", "PONG")
    t.type("PUBLISH news nobody", "(integer) 0")
    t.type("MONITOR", "OK", waits=True)
    other("GET", "watched")
    t.show(t.read(lambda text: '"watched"' in text))
    t.type(CTRL_C, "> ", end="")
    t.type("SUBSCRIBE a b", "(integer) 2", waits=True)
    t.type(CTRL_C, "> ", end="")
    t.type("DBSIZE", "(integer)")
    t.type("BLPOP nothing 0", "", waits=True)
    t.type(CTRL_C, "", end="")
    print("left with status", t.process.wait(10))

t = Terminal("-n", "6", "--user", "default", "--pass", "wrong", "--no-auth-warning")
t.read(prompt)
t.type("PING", "PONG")
t.end()
