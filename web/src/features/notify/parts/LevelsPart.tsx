import { IconHash, IconMessages, IconUsers } from '@tabler/icons-react';
import type { LevelList, PlaceLevel } from '@/api/types';
import { askForLevel, type LevelPlace } from '@/lib/levelDialog';
import { settle } from '@/lib/settle';
import { useChannelName } from '@/realtime/channelName';
import { useChannelRow } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { Choice } from '@/ui/Choice';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { tellRefusal } from '@/ui/tellRefusal';
import { useChooseLevel, useLevels } from '../levelQueries';
import { useText } from '../strings';
import styles from './Reach.module.css';

/** How much I am told of, everywhere and in those places for which I have said something else. */
export function LevelsPart() {
  const t = useText();
  const { data, error, refetch } = useLevels();
  return (
    <Section title={t('levels')} hint={t('levels_hint')}>
      {data ? <Levels list={data} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={3} />}
    </Section>
  );
}

function Levels({ list }: { list: LevelList }) {
  const t = useText();
  const choose = useChooseLevel('everywhere');
  const options = (['all', 'needs_me', 'nothing'] as const).map((value) => ({ value, label: t(`level_${value}`), hint: t(`level_${value}_hint`) }));
  const chosen = choose.isPending ? choose.variables : list.everywhere;
  return (
    <>
      <Choice legend={t('level_everywhere')} value={chosen ?? 'needs_me'} options={options} onChange={(level) => settle(choose.mutateAsync(level), { onError: tellRefusal })} />
      <div className={styles.below}>
        {list.places.length === 0 ? (
          <p className={styles.row}>{t('levels_none')}</p>
        ) : (
          <CardList label={t('levels_places')}>
            {list.places.map((place) => (
              <LevelRow key={place.place_id} place={place} />
            ))}
          </CardList>
        )}
      </div>
    </>
  );
}

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

function LevelRow({ place }: { place: PlaceLevel }) {
  const t = useText();
  const row = useChannelRow(place.channel_id ?? '');
  const channel = useChannelName(row);
  const name = place.kind === 'channel' ? channel : place.name;
  const asked: LevelPlace =
    place.kind === 'topic' && place.channel_id
      ? { kind: 'topic', id: place.place_id, channel_id: place.channel_id, name }
      : { kind: place.kind === 'space' ? 'space' : 'channel', id: place.place_id, name };
  const choose = useChooseLevel(asked);
  const Icon = { space: IconUsers, channel: IconHash, topic: IconMessages }[place.kind];
  const level = t(`level_${place.level}`);
  return (
    <CardRow
      lead={<Icon {...icon} />}
      title={name}
      text={place.kind === 'topic' ? t('level_in', { level, place: channel }) : level}
      end={
        <>
          <Button size="s" tone="plain" aria-label={t('level_change', { name })} onClick={() => askForLevel(asked)}>
            {t('change')}
          </Button>
          <Button size="s" tone="plain" busy={choose.isPending} aria-label={t('level_remove', { name })} onClick={() => settle(choose.mutateAsync(null), { onError: tellRefusal })}>
            {t('remove')}
          </Button>
        </>
      }
    />
  );
}
