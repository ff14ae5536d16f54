"""Publish and subscribe: a radio channel, then a chat of two with a thread that receives."""

import threading
import time

r = redis.Redis(host="127.0.0.1", port=PORT)
r.publish("fm104.5", "lost: nobody listens yet")
pub = r.pubsub()
pub.subscribe("fm104.5")
pub.parse_response()
r.publish("fm104.5", "hi")
pub.parse_response()
r.publish("fm104.5", "hi again")
pub.get_message(timeout=5)
pub.subscribe("fm2")
pub.get_message(timeout=5)
pub.get_message(timeout=0.05)
by_pattern = r.pubsub()
by_pattern.psubscribe("fm*")
by_pattern.parse_response()
r.publish("fm104.5", "again")
by_pattern.parse_response()
pub.parse_response()


# Each sends to the other's channel and hears what comes to its own.
class Peer:
    def __init__(self, name):
        self.heard, self.client = [], connect()
        self.inbox = self.client.pubsub()
        self.inbox.subscribe(name)
        self.inbox.parse_response()
        self.thread = threading.Thread(target=self.receive)
        self.thread.start()

    def receive(self):
        for message in self.inbox.listen():
            if message["data"] == "bye":
                return
            self.heard.append(message["data"])

    def say(self, name, text):
        return self.client.publish(name, text)


ann, bob = Peer("ann"), Peer("bob")
[ann.say("bob", text) for text in ("你好, Bob", "how are you?")]
bob.say("ann", "fine")
ann.say("nobody", "?")
ann.say("bob", "bye"), bob.say("ann", "bye")
ann.thread.join(), bob.thread.join()
bob.heard
ann.heard
