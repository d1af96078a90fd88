import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Me } from '@/api/types';
import { useDebounced } from '@/lib/useDebounced';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { SearchField } from '@/ui/SearchField';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { peopleQuery } from '../queries';
import { useText } from '../strings';
import { PersonAdminRow } from './PersonAdminRow';

/** Roles, resets and deactivation, one row a person. */
export function PeoplePage({ me }: { me: Me }) {
  const t = useText();
  const [text, setText] = useState('');
  const people = useInfiniteQuery(peopleQuery(useDebounced(text.trim())));
  return (
    <>
      <Section title={t('roles')} hint={t('roles_hint')}>
        <SearchField label={t('find_people')} value={text} onChange={setText} />
      </Section>
      <Section title={t('accounts')}>
        {people.isPending && <Skeleton />}
        {people.error && <ErrorState error={people.error} onRetry={() => void people.refetch()} />}
        {people.data?.length === 0 && <EmptyState text={t('nobody_found')} action={<Button onClick={() => setText('')}>{t('show_everybody')}</Button>} />}
        {people.data && people.data.length > 0 && (
          <CardList label={t('accounts')}>
            {people.data.map((person) => (
              <PersonAdminRow key={person.id} me={me} person={person} />
            ))}
          </CardList>
        )}
        {people.hasNextPage && (
          <Button tone="plain" busy={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
            {t('show_more')}
          </Button>
        )}
      </Section>
    </>
  );
}
