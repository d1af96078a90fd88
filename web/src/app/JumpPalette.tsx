import { useQueryClient } from '@tanstack/react-query';
import { navigate } from '@/router/location';
import { useMemo, useState } from 'react';
import type { Start } from '@/api/types';
import { listKnownPeople } from '@/realtime/people';
import { Dialog } from '@/ui/Dialog';
import { SearchField } from '@/ui/SearchField';
import { useListbox } from '@/ui/useListbox';
import { findTargets, listTargets, type JumpTarget } from './jump';
import { JumpOption } from './JumpOption';
import { useText } from './strings';
import styles from './JumpPalette.module.css';

/** Ctrl+K: type a few letters, press Enter, be there. */
export function JumpPalette({ start, onClose }: { start: Start; onClose: () => void }) {
  const t = useText();
  const cache = useQueryClient();
  const [text, setText] = useState('');
  const targets = useMemo(() => listTargets(start, listKnownPeople(cache)), [start, cache]);
  const found = findTargets(targets, text);

  function go(target: JumpTarget | undefined) {
    if (!target) return;
    onClose();
    if (target.kind === 'person') navigate({ to: '/people/$personId', params: { personId: target.id } });
    else navigate({ to: '/c/$channelId', params: { channelId: target.id } });
  }

  const list = useListbox({ n_options: found.length, onChoose: (idx) => go(found[idx]) });

  return (
    <Dialog title={t('jump_title')} onClose={onClose}>
      <SearchField label={t('jump_field')} value={text} onChange={setText} data-autofocus {...list.input} />
      {found.length === 0 && <p className={styles.none}>{t('jump_nothing')}</p>}
      <ul id={list.listId} role="listbox" aria-label={t('jump_title')} className={styles.list}>
        {found.map((target, idx) => (
          <JumpOption
            key={target.kind + target.id}
            id={list.optionId(idx)}
            target={target}
            isActive={idx === list.activeIdx}
            onPoint={() => list.setActiveIdx(idx)}
            onChoose={() => go(target)}
          />
        ))}
      </ul>
    </Dialog>
  );
}
