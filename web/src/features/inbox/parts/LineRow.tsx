import type { ReactNode } from 'react';
import type { InboxLine } from '@/api/types';
import { useChannelName } from '@/realtime/channelName';
import { usePerson } from '@/realtime/people';
import { useChannelRow } from '@/realtime/start';
import { Link } from '@/router/Link';
import { Face } from '@/ui/Face';
import { useText } from '../strings';
import styles from './Inbox.module.css';
import { useLineText } from './useLineText';

type LineRowProps = {
  line: InboxLine;
  /** In place of the author's face. */
  lead?: ReactNode;
  /** In place of what the message says. */
  text?: ReactNode;
  /** Chips and buttons. */
  end?: ReactNode;
};

/** One row: where, who, how it begins; the row leads there. */
export function LineRow({ line, lead, text, end }: LineRowProps) {
  const t = useText();
  const author = usePerson(line.author_id);
  const row = useChannelRow(line.channel_id);
  const name = useChannelName(row);
  const textOf = useLineText();
  const where = row?.kind === 'direct' ? t('direct') : line.topic_title ?? (row ? `#${name}` : '');
  return (
    <li className={styles.row}>
      {lead ?? (author ? <Face {...author} size={34} /> : <span className={styles.noFace} />)}
      <Link to="/m/$messageId" params={{ messageId: line.message_id }} className={styles.words} data-row="">
        <b>
          <bdi>{where}</bdi>
          {line.topic_title && row?.kind !== 'direct' && (
            <small>
              <bdi>#{name}</bdi>
            </small>
          )}
        </b>
        <span dir="auto">{text ?? t('said', { name: author?.name ?? '', text: textOf(line) })}</span>
      </Link>
      {end && <div className={styles.end}>{end}</div>}
    </li>
  );
}
