import { useRef } from 'react';
import { Button } from '@/ui/Button';
import type { Background } from '../engine/background';
import { useMirror } from '../engine/useMirror';
import { useText } from '../strings';
import styles from './Live.module.css';

type MirrorProps = { stream: MediaStream; background: Background; onOff: () => void };

/** Oneself as the others will see it, and what is wrong with it in words. */
export function Mirror({ stream, background, onOff }: MirrorProps) {
  const t = useText();
  const box = useRef<HTMLVideoElement>(null);
  const state = useMirror(box, stream, background);
  return (
    <>
      <video ref={box} className={styles.mirror} autoPlay playsInline muted aria-label={t('how_you_look')} aria-busy={state === 'busy'} />
      {(state === 'failed' || state === 'slow') && (
        <p className={styles.plainNotice} role="alert">
          {state === 'failed' ? t('background_failed') : t('background_slow')}{' '}
          <Button size="s" onClick={onOff}>
            {t('background_off')}
          </Button>
        </p>
      )}
    </>
  );
}
