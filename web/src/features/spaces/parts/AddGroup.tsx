import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Id } from '@/api/types';
import { useDebounced } from '@/lib/useDebounced';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { FormError } from '@/ui/FormError';
import { SearchField } from '@/ui/SearchField';
import { useBringGroup } from '../changes';
import { groupsByNameQuery } from '../queries';
import { useText } from '../strings';
import styles from './AddGroup.module.css';

/** As many as one looks through. */
const MAX_SHOWN = 6;

/** A whole group at once. Says nothing where there are no groups. */
export function AddGroup({ place }: { place: { channel: Id } | { space: Id } }) {
  const t = useText();
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const { data: groups } = useQuery(groupsByNameQuery(useDebounced(text.trim())));
  const bring = useBringGroup(place);
  if (!groups || (groups.length === 0 && !text)) return null;
  return (
    <section className={styles.groups}>
      <h3>{t('whole_group')}</h3>
      {(groups.length > MAX_SHOWN || text) && <SearchField label={t('find_group')} value={text} onChange={setText} />}
      <CardList label={t('whole_group')}>
        {groups.slice(0, MAX_SHOWN).map(({ id, handle, title, n_members }) => (
          <CardRow
            key={id}
            lead={<IconUsersGroup size={20} stroke={1.6} aria-hidden="true" />}
            title={`@${handle}`}
            text={`${title} · ${t('n_people', { count: n_members })}`}
            end={
              <Button
                size="s"
                busy={bring.isPending && bring.variables === id}
                aria-label={t('add_group', { name: title })}
                onClick={() => bring.mutate(id, { onSuccess: (brought) => setSaid(t('brought', { ...brought })) })}
              >
                {t('add')}
              </Button>
            }
          />
        ))}
      </CardList>
      <p role="status" className={styles.said}>
        {said}
      </p>
      <FormError error={bring.error} />
    </section>
  );
}
