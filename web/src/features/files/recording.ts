/** Speaking into the composer: the browser records, and the waveform is computed here. No React. */
import type { Claims } from './tray';
import { barsOf, encodePeaks } from './model';

/** What browsers record, in the order in which we want it; MediaRecorder knows which it can. */
const KINDS = [
  { type: 'audio/webm;codecs=opus', ending: 'webm' },
  { type: 'audio/mp4', ending: 'm4a' },
  { type: 'audio/ogg;codecs=opus', ending: 'ogg' },
];
const BITRATE_BPS = 32_000;

export type Recording = {
  /** From 0 to 1, now. */
  level: () => number;
  /** Ends it and gives what was said. */
  finish: (name: string) => Promise<{ file: File; claims: Claims }>;
  cancel: () => void;
};

export function canRecord(): boolean {
  return typeof MediaRecorder !== 'undefined' && Boolean(navigator.mediaDevices?.getUserMedia) && kindOf() !== undefined;
}

function kindOf() {
  return KINDS.find(({ type }) => MediaRecorder.isTypeSupported(type));
}

export async function startRecording(): Promise<Recording> {
  const kind = kindOf();
  if (!kind) throw new Error('nothing can be recorded');
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true } });
  const recorder = new MediaRecorder(stream, { mimeType: kind.type, audioBitsPerSecond: BITRATE_BPS });
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => data.size > 0 && pieces.push(data);
  const context = new AudioContext();
  const meter = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(meter);
  const samples = new Float32Array(meter.fftSize);
  const release = () => {
    for (const track of stream.getTracks()) track.stop();
    if (context.state !== 'closed') void context.close();
  };
  recorder.start(1_000);
  return {
    level: () => {
      meter.getFloatTimeDomainData(samples);
      return Math.min(1, 2 * samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
    },
    finish: async (name) => {
      await new Promise((resolve) => {
        recorder.onstop = resolve;
        recorder.stop();
      });
      const bytes = new Blob(pieces, { type: kind.type });
      const sound = await context.decodeAudioData(await bytes.arrayBuffer());
      release();
      const claims = { duration_ms: String(Math.max(1, Math.round(sound.duration * 1000))), peaks: encodePeaks(barsOf(sound.getChannelData(0))) };
      return { file: new File([bytes], `${name}.${kind.ending}`, { type: kind.type }), claims };
    },
    cancel: () => {
      recorder.onstop = null;
      if (recorder.state !== 'inactive') recorder.stop();
      release();
    },
  };
}
