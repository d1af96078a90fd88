import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useDebounced } from '@/lib/useDebounced';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { LinkButton } from '@/ui/LinkButton';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { SearchField } from '@/ui/SearchField';
import { Skeleton } from '@/ui/Skeleton';
import { isAdmin } from '../model';
import { PersonRow } from '../parts/PersonRow';
import { peopleQuery } from '../queries';
import { useText } from '../strings';
import styles from './People.module.css';

/** Everybody in the workspace, by name. */
export function PeopleScreen({ tabs }: { tabs: ReactNode }) {
  const t = useText();
  const me = useMe();
  const [text, setText] = useState('');
  const people = useInfiniteQuery(peopleQuery(useDebounced(text.trim())));
  const invite = (
    <LinkButton to="/settings/$page" params={{ page: 'invitations' }} icon={<IconUserPlus size={18} stroke={1.6} aria-hidden="true" />}>
      {t('invite')}
    </LinkButton>
  );
  return (
    <Pane>
      <PaneHeader title={t('people')} back={null} actions={me && isAdmin(me.role) && invite} />
      {tabs}
      <PaneBody>
        <div className={styles.column}>
          <SearchField label={t('find_people')} value={text} onChange={setText} />
          {people.isPending && <Skeleton />}
          {people.error && <ErrorState error={people.error} onRetry={() => void people.refetch()} />}
          {people.data?.length === 0 && (
            <EmptyState
              icon={<IconUsers size={24} stroke={1.6} aria-hidden="true" />}
              text={t('nobody_found')}
              action={<Button onClick={() => setText('')}>{t('show_everybody')}</Button>}
            />
          )}
          {people.data && people.data.length > 0 && (
            <CardList label={t('people')}>
              {people.data.map((person) => (
                <PersonRow key={person.id} person={person} isMe={person.id === me?.id} />
              ))}
            </CardList>
          )}
          {people.hasNextPage && (
            <Button tone="plain" busy={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
              {t('show_more')}
            </Button>
          )}
        </div>
      </PaneBody>
    </Pane>
  );
}
