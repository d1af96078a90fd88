/** Over this the frames are counted, in ms. */
const WINDOW_MS = 4000;
/** Below this a face no longer moves but jumps. */
const MIN_FRAMES_PER_S = 10;

/**
 * Whether making a picture is too much for a device: fewer than ten come out a second, and more than half of the time went into
 * them; else it is the camera that is slow, in the dark or behind a bad cable. Tells once. What comes while the page is hidden
 * says nothing, and the first window neither: the program is still being made ready.
 */
export function slowness(onSlow: () => void) {
  let [began, n_frames, busy_ms] = [Number.NaN, 0, 0];
  let isOver = false;
  let isWarm = false;
  const begin = (at: number) => ([began, n_frames, busy_ms] = [at, 0, 0]);
  return (at: number, took_ms: number, isSeen: boolean): void => {
    if (isOver) return;
    if (Number.isNaN(began) || !isSeen) return void begin(at);
    n_frames += 1;
    busy_ms += took_ms;
    const passed_ms = at - began;
    if (passed_ms < WINDOW_MS) return;
    const isSlow = (n_frames * 1000) / passed_ms < MIN_FRAMES_PER_S && busy_ms > passed_ms / 2;
    if (isSlow && isWarm) {
      isOver = true;
      onSlow();
    }
    isWarm = true;
    begin(at);
  };
}
