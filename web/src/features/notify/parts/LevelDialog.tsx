import { useId, useState } from 'react';
import type { Start, ToldLevel } from '@/api/types';
import type { LevelPlace } from '@/lib/levelDialog';
import { levelEverywhere, levelIn } from '@/realtime/levels';
import { useStart } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { useChooseLevel } from '../levelQueries';
import { useText } from '../strings';

/** How much I want to be told of in a place. */
export function LevelDialog({ place, onClose }: { place: LevelPlace; onClose: () => void }) {
  const { data: start } = useStart();
  return start ? <LevelForm start={start} place={place} onClose={onClose} /> : null;
}

function LevelForm({ start, place, onClose }: { start: Start; place: LevelPlace; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const [chosen, setChosen] = useState<ToldLevel | 'around'>(start.levels[place.id] ?? 'around');
  const choose = useChooseLevel(place);
  const save = () => choose.mutate(chosen === 'around' ? null : chosen, { onSuccess: onClose });
  const level = t(`level_${around(start, place)}`);
  const options = [
    { value: 'around' as const, label: t(`level_around_${isDirect(start, place) ? 'space' : place.kind}`), hint: t('level_around_hint', { level }) },
    ...(['all', 'needs_me', 'nothing'] as const).map((value) => ({ value, label: t(`level_${value}`), hint: t(place.kind === 'topic' && value === 'needs_me' ? 'level_needs_me_topic_hint' : `level_${value}_hint`) })),
  ];
  return (
    <Dialog
      title={t('level_title', { name: place.name })}
      hint={t('level_hint')}
      size="s"
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" form={formId} tone="primary" busy={choose.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={save}>
        <Choice legend={t('level')} value={chosen} options={options} onChange={setChosen} />
        <FormError error={choose.error} />
      </Form>
    </Dialog>
  );
}

/** It lies in no space. */
function isDirect(start: Start, place: LevelPlace): boolean {
  return place.kind === 'channel' && start.channels.some(({ id, kind }) => id === place.id && kind === 'direct');
}

/** What counts in a place for which nothing of its own is said. */
function around(start: Start, place: LevelPlace): ToldLevel {
  if (place.kind === 'space') return levelEverywhere(start);
  const row = start.channels.find(({ id }) => id === (place.kind === 'topic' ? place.channel_id : place.id));
  if (!row) return levelEverywhere(start);
  const { [place.id]: _, ...levels } = start.levels;
  return levelIn({ me: start.me, levels }, row);
}
