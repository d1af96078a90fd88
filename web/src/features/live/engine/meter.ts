/** How loud a microphone is: 1 is as loud as it goes. */
export type Meter = { loudness: () => number; loudestIn: (ms: number) => Promise<number>; stop: () => void };

/** Without a stream it hears nothing. */
export function meterOf(stream: MediaStream | null): Meter {
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  if (stream && stream.getAudioTracks().length > 0) audio.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const loudness = () => {
    analyser.getFloatTimeDomainData(samples);
    return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  };
  const loudestIn = async (ms: number) => {
    let loudest = 0;
    for (const end = performance.now() + ms; performance.now() < end; ) {
      await new Promise((done) => setTimeout(done, 100));
      loudest = Math.max(loudest, loudness());
    }
    return loudest;
  };
  return { loudness, loudestIn, stop: () => void audio.close() };
}
