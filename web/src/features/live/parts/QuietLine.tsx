import { useEffect, useRef, useState } from 'react';
import type { LiveSession } from '@/api/types';
import { Button } from '@/ui/Button';
import type { CallView } from '../engine/call';
import { useText } from '../strings';
import styles from './Live.module.css';
import { useNow } from './useNow';

/** After this long in which only one person spoke, whoever hosts is reminded that there are others. */
const QUIET_US = 10 * 60_000_000;

/** For hosts: ten minutes without a hand, a reaction or another voice. */
export function QuietLine({ session, view }: { session: LiveSession; view: CallView }) {
  const t = useText();
  const now_us = useNow(true);
  const speaker = view.tiles.find(({ isSpeaking }) => isSpeaking)?.key ?? null;
  const last = useRef(speaker);
  const [since, setSince] = useState(now_us);
  const sign = `${session.people.filter(({ hand_at }) => hand_at !== null).length} ${session.n_in} ${session.point} ${session.layout} ${session.n_breakouts} ${view.reactions.length}`;
  useEffect(() => setSince(Date.now() * 1000), [sign]);
  useEffect(() => {
    if (speaker === null || speaker === last.current) return;
    last.current = speaker;
    setSince(Date.now() * 1000);
  }, [speaker]);
  if (session.n_in < 3 || now_us < since + QUIET_US) return null;
  return (
    <p className={styles.notice} role="status">
      {t('quiet_hint')}{' '}
      <Button size="s" tone="plain" onClick={() => setSince(Date.now() * 1000)}>
        {t('got_it')}
      </Button>
    </p>
  );
}
