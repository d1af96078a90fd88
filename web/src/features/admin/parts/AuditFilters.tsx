import type { Id } from '@/api/types';
import { SearchField } from '@/ui/SearchField';
import { Select } from '@/ui/Select';
import { groups, periods, type Filter } from '../model';
import { useText } from '../strings';
import styles from './Admin.module.css';

export type AuditFiltersProps = { filter: Filter; people: ReadonlyMap<Id, string>; onChange: (filter: Filter) => void };

/** By whom or to whom, about what, when, and a word. People are those on the pages that are shown. */
export function AuditFilters({ filter, people, onChange }: AuditFiltersProps) {
  const t = useText();
  const byName = [...people].sort(([, one], [, other]) => one.localeCompare(other));
  return (
    <div className={styles.filters}>
      <div className={styles.wide}>
        <SearchField label={t('find')} value={filter.text} onChange={(text) => onChange({ ...filter, text })} />
      </div>
      <Select
        label={t('kind')}
        value={filter.group}
        options={groups.map((value) => ({ value, label: t(`group_${value}`) }))}
        onChange={(group) => onChange({ ...filter, group })}
      />
      <Select
        label={t('period')}
        value={filter.period}
        options={periods.map((value) => ({ value, label: t(`period_${value}`) }))}
        onChange={(period) => onChange({ ...filter, period })}
      />
      <Select
        label={t('who')}
        value={filter.person ?? ''}
        options={[{ value: '', label: t('everybody') }, ...byName.map(([value, label]) => ({ value, label }))]}
        onChange={(person) => onChange({ ...filter, person: person || null })}
      />
    </div>
  );
}
