import { untilThere } from '@/lib/untilThere';
import { IconClock } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { Ask, Id, Message } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { sayTime } from '@/lib/sayTime';
import { Button } from '@/ui/Button';
import { Chip } from '@/ui/Chip';
import { keepFocus } from '@/ui/keepFocus';
import { isLate, waitingFor } from '../model';
import { useAskOf } from '../queries';
import { useText } from '../strings';
import { AskMenu, type AskDialogKind } from './AskMenu';
import styles from './Asks.module.css';
import { Wishes } from './Wishes';
import { useActs } from './useActs';
import { useNames } from './useNames';

const AskDialogs = lazy(() => untilThere(() => import('./AskDialogs')).then((module) => ({ default: module.AskDialogs })));

type AskUnderProps = { message: Message; me_id: Id; is_member: boolean; tabIndex: 0 | -1; onReply: () => void };

/** Under a message that wants an answer: by when, or for whom it waits, and what can be done. */
export function AskUnder(props: AskUnderProps) {
  const ask = useAskOf(props.message);
  return ask ? <Loaded {...props} ask={ask} /> : null;
}

function Loaded({ ask, me_id, is_member, tabIndex, onReply }: AskUnderProps & { ask: Ask }) {
  const t = useText();
  const acts = useActs(ask);
  const [dialog, setDialog] = useState<AskDialogKind | null>(null);
  const isAsker = ask.asker_id === me_id;
  const canAct = is_member && ask.state === 'open';
  const isHolder = ask.on_me && !isAsker;
  return (
    <div ref={keepFocus} className={styles.under} data-ask={ask.state}>
      <AskChip ask={ask} me_id={me_id} />
      {canAct && isHolder && ask.kind !== 'read' && (
        <Button size="s" tone="soft" tabIndex={tabIndex} onClick={onReply}>
          {t('reply')}
        </Button>
      )}
      {canAct && isHolder && (ask.kind === 'read' || ask.kind === 'action') && (
        <Button size="s" tone={ask.kind === 'read' ? 'primary' : 'plain'} busy={acts.isBusy} tabIndex={tabIndex} onClick={() => acts.make({ move: 'answer' })}>
          {ask.kind === 'read' ? t('understood') : t('done')}
        </Button>
      )}
      {canAct && (isAsker || isHolder) && !(isHolder && ask.everyone) && (
        <AskMenu ask={ask} isAsker={isAsker} acts={acts} tabIndex={tabIndex} onDialog={setDialog} />
      )}
      {canAct && isAsker && <Wishes ask={ask} acts={acts} tabIndex={tabIndex} />}
      {dialog && (
        <Suspense fallback={null}>
          <AskDialogs kind={dialog} ask={ask} acts={acts} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </div>
  );
}

/** One chip that says how it stands; a time that was promised is amber, to its owner alone, before it and after it. */
export function AskChip({ ask, me_id }: { ask: Ask; me_id: Id }) {
  const words = useWords(ask, me_id);
  const isPromised = ask.on_me && ask.state === 'open' && ask.due !== null;
  return (
    <Chip tone={isPromised ? 'due' : 'calm'} icon={<IconClock size={14} stroke={1.6} aria-hidden="true" />}>
      <span dir="auto">{words}</span>
    </Chip>
  );
}

function useWords(ask: Ask, me_id: Id): string {
  const t = useText();
  const names = useNames(waitingFor(ask));
  const now = Date.now() * 1000;
  const time = ask.due === null ? null : sayTime(ask.due, now, currentLocale());
  if (ask.state !== 'open') return ask.kind === 'read' && ask.state === 'answered' ? t('all_understood') : t(`state_${ask.state}`);
  if (ask.asker_id === me_id) {
    if (ask.kind === 'read') return ask.everyone ? t('n_understood', { count: ask.n_answered }) : t('waits_to_be_read', { names });
    if (names === '') return t('waits_for_you');
    return time ? t('waits_for_by', { names, time }) : t('waits_for', { names });
  }
  if (ask.on_me) {
    const key = ask.kind === 'read' ? 'read_by' : 'reply_by';
    if (!time) return t(ask.kind === 'read' ? 'to_read' : 'to_reply');
    return isLate(ask, now) ? t('was_due', { time }) : t(key, { time });
  }
  const mine = ask.seats.find(({ person_id }) => person_id === me_id);
  if (mine) return t(`mine_${mine.state}`);
  if (ask.kind === 'read') return t('to_be_read');
  return names === '' ? t('waits_for_asker') : t('asks', { names });
}
