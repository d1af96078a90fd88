/** Which microphone and camera somebody uses on this device. */
import { readText, writeText } from '@/lib/storage';

export type Kind = 'audioinput' | 'videoinput';
const KEYS = { audioinput: 'antiphon.live.microphone', videoinput: 'antiphon.live.camera' } as const;

/** The one that was chosen, while it is plugged in; else the system's own. */
export const chosenDevice = (kind: Kind): string | undefined => readText(KEYS[kind]) ?? undefined;

export const chooseDevice = (kind: Kind, id: string): void => writeText(KEYS[kind], id);

/** What a browser is asked for. A device that is gone is not insisted on. */
export function wanted(kind: Kind): MediaTrackConstraints | true {
  const id = chosenDevice(kind);
  return id ? { deviceId: { ideal: id } } : true;
}
