import { IconBuildingCommunity, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { currentLocale } from '@/i18n/core';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { CreateSpaceDialog } from '../parts/CreateSpaceDialog';
import { SpaceRow } from '../parts/SpaceRow';
import { spacesQuery } from '../queries';
import { useText } from '../strings';

/** Spaces I am in, and open ones that I could join. */
export function SpacesScreen() {
  const t = useText();
  const me = useMe();
  const [isCreating, setCreating] = useState(false);
  const { data, error, refetch } = useQuery(spacesQuery);
  const spaces = data?.filter((space) => !space.archived).toSorted((a, b) => a.name.localeCompare(b.name, currentLocale()));
  const mine = spaces?.filter((space) => space.my_role) ?? [];
  const others = spaces?.filter((space) => !space.my_role) ?? [];
  const create = me && me.role !== 'guest' && (
    <Button icon={<IconPlus size={18} stroke={1.6} aria-hidden="true" />} onClick={() => setCreating(true)}>
      {t('create_space')}
    </Button>
  );
  return (
    <Pane>
      <PaneHeader title={t('spaces')} actions={spaces && spaces.length > 0 && create} />
      <PaneBody>
        {!spaces && !error && <Skeleton />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {spaces?.length === 0 && (
          <EmptyState icon={<IconBuildingCommunity size={24} stroke={1.6} aria-hidden="true" />} text={t('no_spaces')} action={create} />
        )}
        {mine.length > 0 && (
          <Section title={t('your_spaces')}>
            <CardList label={t('your_spaces')}>
              {mine.map((space) => (
                <SpaceRow key={space.id} space={space} />
              ))}
            </CardList>
          </Section>
        )}
        {others.length > 0 && (
          <Section title={t('open_spaces')}>
            <CardList label={t('open_spaces')}>
              {others.map((space) => (
                <SpaceRow key={space.id} space={space} />
              ))}
            </CardList>
          </Section>
        )}
      </PaneBody>
      {isCreating && <CreateSpaceDialog onClose={() => setCreating(false)} />}
    </Pane>
  );
}
