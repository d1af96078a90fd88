import type { ChannelRow, Id } from '@/api/types';
import { useMoveChannels } from '../changes';
import type { Telling } from '@/realtime/levels';
import { planMove, toldTopics } from '../model';
import { ChannelLink } from './ChannelLink';
import { TopicLinks } from './TopicLinks';
import { useRowDrag } from './useRowDrag';
import styles from './Sidebar.module.css';

export type ChannelRowsProps = {
  /** The whole section, for the order. */
  rows: ChannelRow[];
  /** Those to show; a folded section shows only what is unread. */
  shown: ChannelRow[];
  telling: Telling;
  onLeave: (row: ChannelRow) => void;
};

export function ChannelRows({ rows, shown, telling, onLeave }: ChannelRowsProps) {
  const { mutate: store } = useMoveChannels();
  const move = (id: Id, toIdx: number) => store(planMove(rows, id, toIdx));
  const drag = useRowDrag(rows, move);
  return (
    <ul>
      {shown.map((row) => {
        const idx = rows.indexOf(row);
        return (
          <li
            key={row.id}
            className={styles.item}
            data-drop={drag.dropIdx === idx ? 'before' : drag.dropIdx === idx + 1 && idx === rows.length - 1 ? 'after' : undefined}
            onDragOver={(event) => drag.over(event, idx)}
            onDrop={drag.drop}
          >
            <ChannelLink
              row={row}
              telling={telling}
              onMoveUp={idx > 0 ? () => move(row.id, idx - 1) : undefined}
              onMoveDown={idx < rows.length - 1 ? () => move(row.id, idx + 1) : undefined}
              onLeave={onLeave}
              onDragStart={(event) => drag.start(event, row.id)}
              onDragEnd={drag.end}
            />
            <TopicLinks topics={toldTopics(row, telling)} channelId={row.id} />
          </li>
        );
      })}
    </ul>
  );
}
