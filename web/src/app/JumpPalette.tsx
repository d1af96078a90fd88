import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Start } from '@/api/types';
import { groupsQuery } from '@/features/groups/queries';
import { glanceQuery, placesQuery } from '@/features/search/queries';
import { useDebounced } from '@/lib/useDebounced';
import { listKnownPeople } from '@/realtime/people';
import { navigate } from '@/router/location';
import { Dialog } from '@/ui/Dialog';
import { SearchField } from '@/ui/SearchField';
import { useListbox } from '@/ui/useListbox';
import { openInsert } from '@/features/messages/inserting';
import { useParams } from '@/router/usePlace';
import { findTargets, groupTargets, isMeant, listTargets, withServerPlaces } from './jump';
import { JumpRow } from './JumpRow';
import { groupsOf, nameOfScreen, SCREENS, targetOfRow, type PaletteRow } from './palette';
import { useText } from './strings';
import styles from './JumpPalette.module.css';

/** Ctrl+K: places and people at once, topics and messages as one types, and the way to the whole search. */
export function JumpPalette({ start, onClose }: { start: Start; onClose: () => void }) {
  const t = useText();
  const cache = useQueryClient();
  const { channelId, topicId } = useParams();
  // Where somebody may write: the composer there opens it.
  const canAdvise = start.channels.some((row) => row.id === channelId && row.can_post);
  const [text, setText] = useState('');
  const asked = useDebounced(text.trimStart());
  const glance = useQuery(glanceQuery(asked));
  const places = useQuery(placesQuery(asked.trim()));
  const isAsked = text.trim() !== '';
  const named = useQuery({ ...groupsQuery, enabled: isAsked }).data;
  const targets = useMemo(
    () => [...listTargets(start, listKnownPeople(cache)), ...(isAsked ? groupTargets(named ?? []) : [])],
    [start, cache, isAsked, named],
  );
  const found = withServerPlaces(findTargets(targets, text), isAsked ? places.data : undefined, start);
  const screens = SCREENS.filter((screen) => isMeant(t(nameOfScreen(screen)), text));
  const groups = groupsOf(found, text, isAsked ? places.data : undefined, isAsked ? glance.data : undefined, canAdvise && isMeant(t('jump_advice'), text), screens);
  const rows = groups.flatMap((group) => group.rows);
  const isNothing = rows.every((row) => row.kind === 'search') && !glance.isFetching && !glance.error && asked === text.trimStart();

  function go(row: PaletteRow | undefined) {
    if (!row) return;
    onClose();
    if (row.kind !== 'advice') navigate(targetOfRow(row));
    else if (channelId) openInsert({ kind: 'advice', channel_id: channelId, topic_id: topicId ?? null });
  }

  const list = useListbox({ n_options: rows.length, onChoose: (idx) => go(rows[idx]) });

  return (
    <Dialog title={t('jump_title')} onClose={onClose}>
      <SearchField label={t('jump_field')} value={text} onChange={setText} maxLength={500} data-autofocus {...list.input} />
      {isNothing && <p className={styles.none}>{t('jump_nothing')}</p>}
      <div id={list.listId} role="listbox" aria-label={t('jump_title')} className={styles.list}>
        {groups.map((group) => (
          <div key={group.key} role="group" aria-label={t(`jump_${group.key}`, { text: text.trim() })}>
            {group.hasTitle && (
              <p className={styles.title} aria-hidden="true">
                {t(`jump_${group.key}`)}
              </p>
            )}
            {group.rows.map((row) => {
              const idx = rows.indexOf(row);
              return (
                <JumpRow
                  key={row.key}
                  id={list.optionId(idx)}
                  row={row}
                  isActive={idx === list.activeIdx}
                  onPoint={() => list.setActiveIdx(idx)}
                  onChoose={() => go(row)}
                />
              );
            })}
          </div>
        ))}
      </div>
      <p className={styles.state} role="status">
        {glance.isFetching && isAsked && t('jump_busy')}
        {glance.error && isAsked && !glance.isFetching && t('jump_offline')}
      </p>
    </Dialog>
  );
}
