"""Somebody with LiveKit's own client for Python, unchanged.

Reads one order a line from standard input, as JSON `[verb, {...}]`, and answers each with one line. It publishes a tone and a
moving picture, counts what comes of others, and leaves when its input ends. See media-python.spec.mjs.
"""

import asyncio
import dataclasses
import json
import sys
import time

import numpy as np
from livekit import rtc

RATE_HZ = 48_000
FRAME_SAMPLES = RATE_HZ // 100
TONE_HZ = 440
# Half of full scale; a frame below a tenth of that is not the tone.
AMPLITUDE = 16_000
LOUD = AMPLITUDE / 10 / 2**0.5
MOST_LINE_BYTES = 1_000_000
WIDTH, HEIGHT, FRAMES_PER_SECOND = 640, 360, 20


class Person:
    def __init__(self):
        self.room = rtc.Room()
        self.tasks = set()
        self.sound = {}
        self.pictures = {}
        self.data = []
        self.happened = []
        self.room.on("track_subscribed", self.subscribed)
        self.room.on("data_received", self.received)
        self.room.on("disconnected", lambda reason: self.happened.append(["disconnected", reason]))
        self.room.on("reconnected", lambda: self.happened.append(["reconnected"]))
        self.room.on("track_muted", lambda one, _: self.happened.append(["muted", one.identity]))
        self.room.on("participant_connected", lambda one: self.happened.append(["came", one.identity]))
        self.room.on("participant_disconnected", lambda one: self.happened.append(["left", one.identity]))

    def run(self, work):
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    # ---- orders ----

    async def join(self, url, token, options=None):
        began = time.monotonic()
        await self.room.connect(url, token, options=rtc.RoomOptions(**(options or {})))
        me = self.room.local_participant
        me.register_rpc_method("greet", self.greet)
        return {"ms": round((time.monotonic() - began) * 1000), "sid": me.sid}

    async def speak(self):
        source = rtc.AudioSource(RATE_HZ, 1)
        track = rtc.LocalAudioTrack.create_audio_track("tone", source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        published = await self.room.local_participant.publish_track(track, options)
        self.run(self.sing(source))
        return published.sid

    async def sing(self, source):
        at = 0
        while True:
            moments = np.arange(at, at + FRAME_SAMPLES) / RATE_HZ
            samples = (AMPLITUDE * np.sin(2 * np.pi * TONE_HZ * moments)).astype(np.int16)
            # Waits while enough is queued, which keeps the pace.
            await source.capture_frame(rtc.AudioFrame(samples.tobytes(), RATE_HZ, 1, FRAME_SAMPLES))
            at += FRAME_SAMPLES

    async def show(self, codec="VP8", simulcast=True):
        source = rtc.VideoSource(WIDTH, HEIGHT)
        track = rtc.LocalVideoTrack.create_video_track("picture", source)
        options = rtc.TrackPublishOptions(
            source=rtc.TrackSource.SOURCE_CAMERA,
            simulcast=simulcast,
            video_codec=getattr(rtc.VideoCodec, codec),
        )
        published = await self.room.local_participant.publish_track(track, options)
        self.run(self.paint(source))
        return published.sid

    async def paint(self, source):
        idx = 0
        while True:
            picture = np.full((HEIGHT, WIDTH, 4), 40, dtype=np.uint8)
            left = idx * 8 % (WIDTH - 80)
            picture[100:260, left : left + 80] = (200, 60, 60, 255)
            source.capture_frame(rtc.VideoFrame(WIDTH, HEIGHT, rtc.VideoBufferType.RGBA, picture.tobytes()))
            idx += 1
            await asyncio.sleep(1 / FRAMES_PER_SECOND)

    async def say(self, text, topic="", to=(), reliable=True):
        await self.room.local_participant.publish_data(
            text, topic=topic, destination_identities=list(to), reliable=reliable
        )

    async def write(self, text, topic="talk"):
        """A text stream, which goes in pieces."""
        await self.room.local_participant.send_text(text, topic=topic)

    async def read(self, topic="talk"):
        def begun(reader, who):
            async def whole():
                self.data.append([await reader.read_all(), who, topic])

            self.run(whole())

        self.room.register_text_stream_handler(topic, begun)

    async def call(self, to, payload):
        return await self.room.local_participant.perform_rpc(
            destination_identity=to, method="greet", payload=payload, response_timeout=5
        )

    async def tells(self):
        """Everything that was seen so far."""
        return {"sound": self.sound, "pictures": self.pictures, "data": self.data, "happened": self.happened}

    async def leave(self):
        await self.room.disconnect()

    # ---- what comes ----

    def subscribed(self, track, _publication, participant):
        work = self.listen if track.kind == rtc.TrackKind.KIND_AUDIO else self.watch
        self.run(work(track, participant.identity))

    async def listen(self, track, who):
        heard = self.sound[who] = {"frames": 0, "loud": 0, "seconds": 0.0}
        began = None
        async for event in rtc.AudioStream(track, sample_rate=RATE_HZ, num_channels=1):
            samples = np.frombuffer(event.frame.data, dtype=np.int16).astype(np.float64)
            is_loud = bool(np.sqrt(np.mean(samples**2)) > LOUD)
            # Before the first packet there is silence.
            if began is None and not is_loud:
                continue
            began = began or time.monotonic()
            heard["frames"] += 1
            heard["loud"] += is_loud
            heard["seconds"] = time.monotonic() - began

    async def watch(self, track, who):
        seen = self.pictures[who] = {"frames": 0, "width": 0}
        async for event in rtc.VideoStream(track):
            seen["frames"] += 1
            seen["width"] = event.frame.width

    def received(self, packet):
        sender = packet.participant.identity if packet.participant else None
        self.data.append([packet.data.decode(), sender, packet.topic])

    async def greet(self, invocation):
        return f"hello {invocation.caller_identity}: {invocation.payload}"


def plain(answer):
    return dataclasses.asdict(answer) if dataclasses.is_dataclass(answer) else answer


async def main():
    person = Person()
    lines = asyncio.StreamReader(limit=MOST_LINE_BYTES)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        verb, arguments = json.loads(line)
        try:
            answer = {"answer": plain(await getattr(person, verb)(**arguments))}
        except Exception as error:  # whatever it is, the test is told
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
    for task in list(person.tasks):
        task.cancel()
    await person.room.disconnect()


asyncio.run(main())
