import { useEffect, useState } from 'react';
import { wanted } from './devices';

export type Preview = { stream: MediaStream | null; devices: readonly MediaDeviceInfo[]; problem: 'refused' | 'none' | null };

/** Microphone and camera as they will be in the room, for whoever looks alone: nothing of it leaves the device. `n` goes up
 *  when another device was chosen. */
export function usePreview(mic: boolean, camera: boolean, n: number): Preview {
  const [preview, setPreview] = useState<Preview>({ stream: null, devices: [], problem: null });
  useEffect(() => {
    let stream: MediaStream | null = null;
    let isOver = false;
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const open = async () => {
      try {
        if (mic || camera) stream = await navigator.mediaDevices.getUserMedia({ audio: mic && wanted('audioinput'), video: camera && wanted('videoinput') });
        const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
        if (isOver) stop();
        else setPreview({ stream, devices, problem: null });
      } catch (error) {
        const problem = error instanceof DOMException && error.name === 'NotFoundError' ? 'none' : 'refused';
        if (!isOver) setPreview({ stream: null, devices: [], problem });
      }
    };
    void open();
    return () => {
      isOver = true;
      stop();
    };
  }, [mic, camera, n]);
  return preview;
}
