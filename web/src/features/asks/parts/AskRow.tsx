import { untilThere } from '@/lib/untilThere';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { AskItem, Id } from '@/api/types';
import { useChannelName } from '@/realtime/channelName';
import { findMentioned } from '@/realtime/named';
import { usePerson } from '@/realtime/people';
import { useChannelRow } from '@/realtime/start';
import { Link } from '@/router/Link';
import { Button } from '@/ui/Button';
import { Face } from '@/ui/Face';
import { useText } from '../strings';
import { AskMenu, type AskDialogKind } from './AskMenu';
import styles from './Asks.module.css';
import { AskChip } from './AskUnder';
import { useActs } from './useActs';
import { Wishes } from './Wishes';

const AskDialogs = lazy(() => untilThere(() => import('./AskDialogs')).then((module) => ({ default: module.AskDialogs })));
const MENTION = /<@(&?[0-9a-f-]{36})>/g;

/** One ask: who, where, how it begins, by when, and what can be done. */
export function AskRow({ item, me_id, chip }: { item: AskItem; me_id: Id; chip?: ReactNode }) {
  const t = useText();
  const cache = useQueryClient();
  const { ask } = item;
  const textId = useId();
  const acts = useActs(ask);
  const [dialog, setDialog] = useState<AskDialogKind | null>(null);
  const asker = usePerson(ask.asker_id);
  const channel = useChannelName(useChannelRow(ask.channel_id));
  const isAsker = ask.asker_id === me_id;
  const canFinish = !isAsker && ask.on_me;
  const finish = () => acts.make({ move: 'answer' });
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'e' || event.ctrlKey || event.metaKey || event.altKey || !canFinish || acts.isBusy) return;
    event.preventDefault();
    finish();
  };
  const text = item.text.replace(MENTION, (whole, id: string) => {
    const name = findMentioned(cache, id);
    return name ? `@${name}` : whole;
  });
  return (
    <li className={styles.row}>
      <Link to="/m/$messageId" params={{ messageId: ask.message_id }} className={styles.item} data-ask-link="" onKeyDown={onKey}>
        {asker && <Face {...asker} size={28} />}
        <span className={styles.words}>
          <small>
            <b dir="auto">{asker?.name}</b> <bdi>{channel}</bdi> {item.topic_title && <bdi>{item.topic_title}</bdi>}
          </small>
          <span id={textId} dir="auto">
            {text || t('no_words')}
          </span>
        </span>
      </Link>
      <div className={styles.does}>
        <AskChip ask={ask} me_id={me_id} />
        {chip}
        {canFinish && (
          <Button size="s" tone="soft" busy={acts.isBusy} aria-describedby={textId} onClick={finish}>
            {ask.kind === 'read' ? t('understood') : ask.kind === 'action' ? t('done') : t('answered')}
          </Button>
        )}
        {!(canFinish && ask.everyone) && <AskMenu ask={ask} isAsker={isAsker} acts={acts} onDialog={setDialog} />}
        {isAsker && <Wishes ask={ask} acts={acts} tabIndex={0} />}
      </div>
      {dialog && (
        <Suspense fallback={null}>
          <AskDialogs kind={dialog} ask={ask} acts={acts} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </li>
  );
}
