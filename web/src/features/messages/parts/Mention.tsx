import type { Id } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { useText } from '../strings';
import { PersonButton } from './PersonButton';
import styles from './Markup.module.css';

/** `id` null: everybody in the channel. */
export function Mention({ id, isMe }: { id: Id | null; isMe: boolean }) {
  const mention = (
    <span className={styles.mention} data-me={isMe || undefined}>
      {id === null ? <Everyone /> : <Name id={id} />}
    </span>
  );
  return id === null ? mention : <PersonButton id={id}>{mention}</PersonButton>;
}

function Everyone() {
  return useText()('everyone');
}

function Name({ id }: { id: Id }) {
  const t = useText();
  return <bdi>@{usePerson(id)?.name ?? t('unknown_person')}</bdi>;
}
