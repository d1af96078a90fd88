import type { Message } from '@/api/types';
import { timeOf } from '../time';
import styles from './MessageRow.module.css';
import { PersonFace } from './PersonFace';

export function MessageGutter({ message, starts_group }: { message: Message; starts_group: boolean }) {
  return (
    <div className={styles.gutter}>
      {starts_group ? <PersonFace id={message.author_id} size={36} /> : <time aria-hidden="true">{timeOf(message.at)}</time>}
    </div>
  );
}
