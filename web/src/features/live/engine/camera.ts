/** The camera of whoever is in. Where something is to stand behind them, no picture goes out without it. */
import { createLocalVideoTrack, LocalVideoTrack, Track, type Room, type VideoCaptureOptions } from 'livekit-client';
import type { Backdrop } from './backdrop';
import { chosenBackground, type Background } from './background';

/** What was to stand behind somebody could not be put there. */
export class BackdropError extends Error {
  override name = 'BackdropError';
}

export class Camera {
  #backdrop: Backdrop | null = null;
  #onSlow: () => void;

  constructor(onSlow: () => void) {
    this.#onSlow = onSlow;
  }

  async turn(room: Room, on: boolean): Promise<void> {
    const me = room.localParticipant;
    const background = chosenBackground();
    const known = trackOf(room);
    if (on && known && (known.getProcessor() !== undefined) !== (background !== 'none')) await me.unpublishTrack(known, true);
    if (!on || background === 'none') {
      await me.setCameraEnabled(on);
    } else if (trackOf(room)) {
      await this.#backdrop?.show(background);
      await me.setCameraEnabled(true);
    } else {
      const { track, backdrop } = await openCamera(room.options.videoCaptureDefaults, background, this.#onSlow);
      this.#backdrop = backdrop;
      await me.publishTrack(track);
    }
  }

  /** While it is on; else it is seen to when it is turned on. */
  async putBehind(room: Room, background: Background): Promise<void> {
    const track = trackOf(room);
    if (!track || !room.localParticipant.isCameraEnabled) return;
    if (background === 'none') await track.stopProcessor();
    else if (track.getProcessor()) await this.#backdrop?.show(background);
    else this.#backdrop = await dress(track, background, this.#onSlow);
  }
}

/** A camera with what is to stand behind somebody; without it there is no camera. */
async function openCamera(wanted: VideoCaptureOptions | undefined, background: Background, onSlow: () => void) {
  const track = await createLocalVideoTrack(wanted);
  try {
    return { track, backdrop: await dress(track, background, onSlow) };
  } catch (error) {
    track.stop();
    throw error;
  }
}

/** Fetches what it takes, and puts it between the camera and whoever looks. */
export async function dress(track: LocalVideoTrack, background: Background, onSlow: () => void): Promise<Backdrop> {
  try {
    const { openBackdrop } = await import('./backdrop');
    const backdrop = await openBackdrop(background, onSlow);
    await track.setProcessor(backdrop.processor);
    return backdrop;
  } catch (error) {
    throw new BackdropError('nothing could be put behind the picture', { cause: error });
  }
}

function trackOf(room: Room): LocalVideoTrack | undefined {
  const track = room.localParticipant.getTrackPublication(Track.Source.Camera)?.track;
  return track instanceof LocalVideoTrack ? track : undefined;
}
