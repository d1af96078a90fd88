import { IconHash, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Space } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { SearchField } from '@/ui/SearchField';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { spaceChannelsQuery } from '../queries';
import { useText } from '../strings';
import { BrowseRow } from './BrowseRow';
import { CreateChannelDialog } from './CreateChannelDialog';

// A list that fits the screen needs no search.
const searchFrom = 8;

export function SpaceChannels({ space }: { space: Space }) {
  const t = useText();
  const [text, setText] = useState('');
  const [isCreating, setCreating] = useState(false);
  const { data, error, refetch } = useQuery(spaceChannelsQuery(space.id));
  const wanted = text.trim().toLocaleLowerCase();
  const channels = data
    ?.filter((channel) => channel.name.toLocaleLowerCase().includes(wanted))
    .toSorted((a, b) => Number(a.archived) - Number(b.archived) || a.name.localeCompare(b.name, currentLocale()));
  const create = space.my_role && space.my_role !== 'guest' && (
    <Button size="s" icon={<IconPlus size={16} stroke={1.6} aria-hidden="true" />} onClick={() => setCreating(true)}>
      {t('create_channel')}
    </Button>
  );
  return (
    <Section title={t('channels')} hint={space.description || undefined} actions={create}>
      {data && data.length > searchFrom && <SearchField label={t('find_channel')} value={text} onChange={setText} />}
      {!channels && !error && <Skeleton />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {channels?.length === 0 && (
        <EmptyState icon={<IconHash size={24} stroke={1.6} aria-hidden="true" />} text={wanted ? t('no_channel_found') : t('no_channels_here')} />
      )}
      {channels && channels.length > 0 && (
        <CardList label={t('channels')}>
          {channels.map((channel) => (
            <BrowseRow key={channel.id} channel={channel} />
          ))}
        </CardList>
      )}
      {isCreating && <CreateChannelDialog space={space} onClose={() => setCreating(false)} />}
    </Section>
  );
}
