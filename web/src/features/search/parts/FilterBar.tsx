import { IconAdjustmentsHorizontal, IconX } from '@tabler/icons-react';
import type { SearchSort } from '@/api/types';
import { Button } from '@/ui/Button';
import { Menu } from '@/ui/Menu';
import { MenuItem } from '@/ui/MenuItem';
import { filterKeys, filtersIn, withNewFilter, withoutFilter } from '../model';
import { useText } from '../strings';
import styles from './FilterBar.module.css';

export type FilterBarProps = {
  text: string;
  sort: SearchSort;
  onChange: (text: string) => void;
  /** After a filter was begun, its value is typed. */
  onBegin: (text: string) => void;
  onSort: (sort: SearchSort) => void;
};

const sorts = ['newest', 'best'] as const;

/** The filters of the question, each with a way out; more of them; the order. */
export function FilterBar({ text, sort, onChange, onBegin, onSort }: FilterBarProps) {
  const t = useText();
  const filters = filtersIn(text).filter((filter) => filter.value);
  return (
    <div className={styles.bar}>
      <div className={styles.filters} role="group" aria-label={t('filters')}>
        {filters.map((filter) => (
          <button
            key={filter.from}
            type="button"
            className={styles.filter}
            aria-label={t('remove_filter', { filter: filter.text })}
            onClick={() => onChange(withoutFilter(text, filter))}
          >
            <bdi>{filter.text}</bdi>
            <IconX size={14} stroke={1.8} aria-hidden="true" />
          </button>
        ))}
        <Menu
          label={t('add_filter')}
          trigger={(props) => (
            <Button {...props} size="s" tone="plain" icon={<IconAdjustmentsHorizontal size={16} stroke={1.6} aria-hidden="true" />}>
              {t('add_filter')}
            </Button>
          )}
        >
          {filterKeys.map((key) => (
            <MenuItem key={key} hint={<span dir="ltr">{key}:</span>} onSelect={() => onBegin(withNewFilter(text, key))}>
              {t(`filter_${key}`)}
            </MenuItem>
          ))}
        </Menu>
      </div>
      <div className={styles.sort} role="group" aria-label={t('sort')}>
        {sorts.map((choice) => (
          <button key={choice} type="button" aria-pressed={choice === sort} onClick={() => onSort(choice)}>
            {t(choice)}
          </button>
        ))}
      </div>
    </div>
  );
}
