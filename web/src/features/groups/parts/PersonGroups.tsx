import { useQuery } from '@tanstack/react-query';
import type { Id } from '@/api/types';
import { CardList } from '@/ui/CardList';
import { Section } from '@/ui/Section';
import { personGroupsQuery } from '../queries';
import { useText } from '../strings';
import { GroupRow } from './GroupRow';

/** The groups of somebody, as far as I may see them. Says nothing where there are none. */
export function PersonGroups({ personId }: { personId: Id }) {
  const t = useText();
  const { data: groups } = useQuery(personGroupsQuery(personId));
  if (!groups?.length) return null;
  return (
    <Section title={t('groups')}>
      <CardList label={t('groups')}>
        {groups.map((group) => (
          <GroupRow key={group.id} group={group} showsSpace />
        ))}
      </CardList>
    </Section>
  );
}
