import { IconPhone, IconX } from '@tabler/icons-react';
import { useEffect, useSyncExternalStore } from 'react';
import type { LiveRang } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { navigate } from '@/router/location';
import { usePlace } from '@/router/usePlace';
import { Button } from '@/ui/Button';
import { Face } from '@/ui/Face';
import { object, readObjecting, subscribeToObjecting } from '../objecting';
import { useLive } from '../queries';
import { readRinging, ring, subscribeToRinging } from '../ringing';
import { useText } from '../strings';
import { ObjectionDialog } from './ObjectionDialog';
import styles from './Ring.module.css';

/** How long it rings, in ms. */
const RINGS_MS = 30_000;
/** Between two tones, in ms. */
const TONE_EVERY_MS = 2_500;

/** What of live sessions stands with the shell, wherever one is: an objection that is being written, and who rings.
 *  Somebody waits in a direct conversation. It rings for a while, and stops when they are gone or it is answered. */
export function LiveRing() {
  const rang = useSyncExternalStore(subscribeToRinging, readRinging);
  const objecting = useSyncExternalStore(subscribeToObjecting, readObjecting);
  return (
    <>
      {rang && <Ringing key={rang.live_id} rang={rang} />}
      {objecting && <ObjectionDialog key={objecting.live_id} {...objecting} onClose={() => object(null)} />}
    </>
  );
}

function Ringing({ rang }: { rang: LiveRang }) {
  const t = useText();
  const person = usePerson(rang.person_id);
  const { pathname } = usePlace();
  const { data: live } = useLive(rang.channel_id, rang.live_id);
  const name = person?.name ?? t('somebody');
  const isOver = live !== undefined && live.session.ended_at !== null;
  const isThere = pathname.endsWith(`/live/${rang.live_id}`);
  useEffect(() => {
    const timer = setTimeout(() => ring(null), RINGS_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (isOver || isThere) ring(null);
  }, [isOver, isThere]);
  useTone();
  const answer = () => {
    ring(null);
    navigate({ to: '/c/$channelId/live/$liveId', params: { channelId: rang.channel_id, liveId: rang.live_id } });
  };
  return (
    <section className={styles.ring} role="alertdialog" aria-label={t('rings', { name })} data-pane="ring">
      <Face id={rang.person_id} name={name} picture={person?.picture ?? null} size={40} />
      <p dir="auto">{t('rings', { name })}</p>
      <Button tone="primary" icon={<IconPhone size={18} stroke={1.8} aria-hidden="true" />} onClick={answer}>
        {t('answer')}
      </Button>
      <Button tone="plain" icon={<IconX size={18} stroke={1.8} aria-hidden="true" />} onClick={() => ring(null)}>
        {t('not_now')}
      </Button>
    </section>
  );
}

/** Two soft notes now and then. A browser in which nothing was pressed yet stays silent, and the words are there. */
function useTone(): void {
  useEffect(() => {
    const audio = new AudioContext();
    const note = (hertz: number, after: number) => {
      const [tone, volume] = [audio.createOscillator(), audio.createGain()];
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0.08, audio.currentTime + after);
      volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + after + 0.5);
      tone.connect(volume).connect(audio.destination);
      tone.start(audio.currentTime + after);
      tone.stop(audio.currentTime + after + 0.5);
    };
    const play = () => {
      if (audio.state !== 'running') return;
      note(660, 0);
      note(880, 0.25);
    };
    play();
    const timer = setInterval(play, TONE_EVERY_MS);
    return () => {
      clearInterval(timer);
      void audio.close();
    };
  }, []);
}
