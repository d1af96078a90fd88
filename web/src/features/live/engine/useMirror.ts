import { LocalVideoTrack } from 'livekit-client';
import { useEffect, useState, type RefObject } from 'react';
import type { Backdrop } from './backdrop';
import type { Background } from './background';
import { dress } from './camera';

export type MirrorState = 'busy' | 'seen' | 'slow' | 'failed';

/** Draws the camera as the others will see it. Nothing is drawn before what is to stand behind is there. */
export function useMirror(box: RefObject<HTMLVideoElement | null>, stream: MediaStream, background: Background): MirrorState {
  const [state, setState] = useState<MirrorState>('busy');
  const [worn, setWorn] = useState<{ backdrop: Backdrop; shows: Background } | null>(null);
  const isDressed = background !== 'none';
  useEffect(() => {
    const [source] = stream.getVideoTracks();
    const element = box.current;
    if (!source || !element) return;
    // It stops with the stream, which is not the mirror's.
    const track = new LocalVideoTrack(source, undefined, true);
    let isOver = false;
    const draw = async () => {
      setState('busy');
      const backdrop = isDressed ? await dress(track, background, () => setState('slow')) : null;
      if (isOver) return void (await track.stopProcessor());
      track.attach(element);
      setWorn(backdrop && { backdrop, shows: background });
      setState('seen');
    };
    draw().catch(() => !isOver && setState('failed'));
    return () => {
      isOver = true;
      setWorn(null);
      track.detach(element);
      void track.stopProcessor();
    };
    // Another background is shown by what is worn already.
  }, [box, stream, isDressed]);
  useEffect(() => {
    if (!worn || !isDressed || worn.shows === background) return;
    setWorn({ ...worn, shows: background });
    setState('seen');
    worn.backdrop.show(background).catch(() => setState('failed'));
  }, [worn, isDressed, background]);
  return state;
}
