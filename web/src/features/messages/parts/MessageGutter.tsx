import type { Message } from '@/api/types';
import { timeOf } from '../time';
import { useFeed } from './actions';
import styles from './MessageRow.module.css';
import { PersonButton } from './PersonButton';
import { PersonFace } from './PersonFace';

export function MessageGutter({ message, starts_group }: { message: Message; starts_group: boolean }) {
  const { in_topic } = useFeed();
  return (
    <div className={styles.gutter}>
      {starts_group ? <PersonButton id={message.author_id} isSecond><PersonFace id={message.author_id} size={in_topic ? 28 : 36} /></PersonButton> : <time aria-hidden="true">{timeOf(message.at)}</time>}
    </div>
  );
}
