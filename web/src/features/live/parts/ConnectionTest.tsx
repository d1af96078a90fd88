import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { problemOf } from '@/api/client';
import { Button } from '@/ui/Button';
import { Section } from '@/ui/Section';
import type { Findings, Trial } from '../engine/trial';
import { judge, type Verdict } from '../judging';
import { beginTrial } from '../queries';
import { useText } from '../strings';
import styles from './ConnectionTest.module.css';
import { LoudnessBar } from './LoudnessBar';

const icons = { good: IconCircleCheck, fair: IconAlertTriangle, bad: IconCircleX };

/** Tries microphone, camera and the way to the server, and says in words what is wrong. */
export function ConnectionTest() {
  const t = useText();
  const [isRunning, setRunning] = useState(false);
  const [trial, setTrial] = useState<Trial | null>(null);
  const [findings, setFindings] = useState<Findings | null>(null);
  const [error, setError] = useState<unknown>(null);
  const run = async () => {
    setRunning(true);
    setFindings(null);
    setError(null);
    try {
      // The library comes when it is needed.
      const { runTrial } = await import('../engine/trial');
      setFindings(await runTrial(beginTrial, setTrial));
    } catch (problem) {
      setError(problem);
    }
    setTrial(null);
    setRunning(false);
  };
  return (
    <Section title={t('test_title')} hint={t('test_hint')}>
      <div>
        <Button tone="primary" busy={isRunning} onClick={() => void run()}>
          {findings ? t('test_again') : t('test_begin')}
        </Button>
      </div>
      {isRunning && (
        <p role="status" className={styles.say}>
          {t('test_say')}
        </p>
      )}
      {trial && <Loudness trial={trial} />}
      {error != null && (
        <p role="alert" className={styles.say}>
          {problemOf(error).detail || problemOf(error).title}
        </p>
      )}
      {findings && (
        <ul className={styles.list} aria-label={t('test_found')}>
          {judge(findings).map((verdict) => (
            <Row key={verdict.about} verdict={verdict} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Row({ verdict: { about, how, words, values } }: { verdict: Verdict }) {
  const t = useText();
  const Icon = icons[how];
  return (
    <li data-how={how}>
      <Icon size={20} stroke={1.6} aria-hidden="true" />
      <span>
        <b>
          {t(`test_${about}`)} <span className="visually-hidden">{t(`test_is_${how}`)}</span>
        </b>
        <span>{t(words, values)}</span>
      </span>
    </li>
  );
}

/** How loud it is now, and the own voice as it comes back. */
function Loudness({ trial }: { trial: Trial }) {
  useEffect(() => {
    const { voice } = trial;
    if (!voice) return;
    const element = voice.attach();
    return () => {
      voice.detach(element);
      element.remove();
    };
  }, [trial]);
  return <LoudnessBar className={styles.meter} loudness={trial.loudness} />;
}
