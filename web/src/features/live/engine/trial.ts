/** Tries the way to the server and the devices of this browser: what one place sends another one hears. */
import { LogLevel, Room, RoomEvent, setLogLevel, Track, type LocalTrack, type RemoteTrack } from 'livekit-client';
import type { LiveTest } from '@/api/types';
import { wanted } from './devices';
import { meterOf } from './meter';

// What it writes to the console is said in words here.
setLogLevel(LogLevel.silent);

export type Findings = {
  mic: 'heard' | 'silent' | 'refused' | 'none';
  camera: 'there' | 'none';
  /** How packets travel; null: no way was found. */
  way: 'udp' | 'tcp' | 'relay' | null;
  /** How long it took until there was a connection, in ms. */
  connect_ms: number;
  /** There and back, in ms. */
  round_trip_ms: number | null;
  /** What the line takes from here, in kbit/s, as far as it was tried. */
  up_kbps: number | null;
  /** Of what was sent, in percent, what did not come back. */
  lost_percent: number | null;
};

/** How long it is listened and sent, in ms. */
const TRIES_MS = 6000;
/** Below this a microphone gives nothing but noise; 1 is as loud as it goes. */
const QUIET = 0.01;
/** What is sent to see what the line takes: as much as a good picture. */
const PICTURE = { width: 1280, height: 720, frames_per_s: 20 };

/** Of what the picture is made, in pixels each way, and how many random bytes a browser gives at once. */
const PATCH = 96;
const RANDOM_MAX = 65_536;

/** A trial under way: how loud it is, and the voice that comes back. */
export type Trial = { loudness: () => number; voice: RemoteTrack | null };

export async function runTrial(tickets: () => Promise<LiveTest>, onTrial: (trial: Trial) => void): Promise<Findings> {
  const microphone = await openMicrophone();
  const meter = meterOf(microphone.stream);
  const [sends, hears] = [new Room(), new Room()];
  const findings: Findings = { mic: microphone.problem ?? 'silent', camera: await cameraState(), way: null, connect_ms: 0, round_trip_ms: null, up_kbps: null, lost_percent: null };
  const canvas = drawing();
  try {
    const { url, sends: out, hears: back } = await tickets();
    const began = performance.now();
    hears.on(RoomEvent.TrackSubscribed, (track) => {
      if (track.kind === Track.Kind.Audio) onTrial({ loudness: meter.loudness, voice: track });
    });
    onTrial({ loudness: meter.loudness, voice: null });
    const address = url ?? location.origin;
    try {
      await Promise.all([sends.connect(address, out), hears.connect(address, back)]);
    } catch {
      return findings;
    }
    findings.connect_ms = Math.round(performance.now() - began);
    if (microphone.stream) await sends.localParticipant.publishTrack(microphone.stream.getAudioTracks()[0] as MediaStreamTrack, { source: Track.Source.Microphone });
    const picture = await sends.localParticipant.publishTrack(canvas.track, { source: Track.Source.Camera, simulcast: false, videoEncoding: { maxBitrate: 2_500_000, maxFramerate: PICTURE.frames_per_s } });
    const loudest = await meter.loudestIn(TRIES_MS);
    if (!microphone.problem) findings.mic = loudest > QUIET ? 'heard' : 'silent';
    Object.assign(findings, await measure(picture.track));
    return findings;
  } finally {
    canvas.stop();
    meter.stop();
    for (const track of microphone.stream?.getTracks() ?? []) track.stop();
    await Promise.all([sends.disconnect(), hears.disconnect()]);
  }
}

async function openMicrophone(): Promise<{ stream: MediaStream | null; problem: 'refused' | 'none' | null }> {
  try {
    return { stream: await navigator.mediaDevices.getUserMedia({ audio: wanted('audioinput') }), problem: null };
  } catch (error) {
    return { stream: null, problem: error instanceof DOMException && error.name === 'NotFoundError' ? 'none' : 'refused' };
  }
}

async function cameraState(): Promise<'there' | 'none'> {
  const devices = await navigator.mediaDevices?.enumerateDevices();
  return devices?.some(({ kind }) => kind === 'videoinput') ? 'there' : 'none';
}

/** A picture that changes everywhere, so that it cannot be made small. */
function drawing() {
  const canvas = Object.assign(document.createElement('canvas'), { width: PICTURE.width, height: PICTURE.height });
  const context = canvas.getContext('2d');
  const patch = context?.createImageData(PATCH, PATCH);
  const timer = setInterval(() => {
    if (!context || !patch) return;
    crypto.getRandomValues(patch.data.subarray(0, RANDOM_MAX));
    for (let idx = 3; idx < patch.data.length; idx += 4) patch.data[idx] = 255;
    for (let n = 0; n < 200; n += 1) context.putImageData(patch, Math.random() * PICTURE.width, Math.random() * PICTURE.height);
  }, 1000 / PICTURE.frames_per_s);
  const track = canvas.captureStream(PICTURE.frames_per_s).getVideoTracks()[0] as MediaStreamTrack;
  return {
    track,
    stop: () => {
      clearInterval(timer);
      track.stop();
    },
  };
}

type Report = { id: string; type: string } & Record<string, unknown>;

async function measure(track: LocalTrack | undefined): Promise<Partial<Findings>> {
  const reports = [...((await track?.getRTCStatsReport())?.values() ?? [])] as Report[];
  const find = (id: unknown) => reports.find((report) => report.id === id);
  // Several pairs can be nominated; the transport says which one is used. Firefox has no such report, and marks the pair.
  const used = reports.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
  const pair = find(used) ?? reports.find((report) => report.type === 'candidate-pair' && (report.selected === true || report.nominated === true));
  const local = find(pair?.localCandidateId);
  const remote = reports.find(({ type }) => type === 'remote-inbound-rtp');
  const isRelayed = local?.candidateType === 'relay';
  const number = (value: unknown) => (typeof value === 'number' ? value : null);
  const [round_trip, up, lost] = [number(pair?.currentRoundTripTime), number(pair?.availableOutgoingBitrate), number(remote?.fractionLost)];
  return {
    way: pair ? (isRelayed ? 'relay' : local?.protocol === 'tcp' ? 'tcp' : 'udp') : null,
    round_trip_ms: round_trip === null ? null : Math.round(round_trip * 1000),
    up_kbps: up === null ? null : Math.round(up / 1000),
    lost_percent: lost === null ? null : Math.round(lost * 100),
  };
}
