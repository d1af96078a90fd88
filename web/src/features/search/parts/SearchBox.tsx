import { IconCalendar, IconTag } from '@tabler/icons-react';
import { useRef, useEffect } from 'react';
import { ChannelIcon } from '@/ui/ChannelIcon';
import { Face } from '@/ui/Face';
import { SearchField } from '@/ui/SearchField';
import { useIsPhone } from '@/ui/useIsPhone';
import { useListbox } from '@/ui/useListbox';
import { complete, openFilter } from '../model';
import { useText } from '../strings';
import { useSuggestions, type Suggestion } from './useSuggestions';
import styles from './SearchBox.module.css';

export type SearchBoxProps = {
  text: string;
  onChange: (text: string) => void;
  /** Enter, or the arrow down, with nothing to choose from. */
  onLeave: () => void;
};

/** The field, with what could follow a filter below it. */
export function SearchBox({ text, onChange, onLeave }: SearchBoxProps) {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  const isPhone = useIsPhone();
  const filter = openFilter(text);
  const suggestions = useSuggestions(filter);
  const list = useListbox({
    n_options: suggestions.length,
    onChoose: (idx) => choose(suggestions[idx]),
    onOtherKey: (event) => {
      if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
      event.preventDefault();
      onLeave();
    },
  });

  // One comes here to type; on a phone the keyboard would cover what was found already.
  const takesFocus = useRef(!isPhone || text === '');
  useEffect(() => {
    if (takesFocus.current) box.current?.querySelector('input')?.focus();
  }, []);

  function choose(suggestion: Suggestion | undefined) {
    if (!filter || !suggestion) return;
    onChange(complete(text, filter, suggestion.value));
    box.current?.querySelector('input')?.focus();
  }

  return (
    <div ref={box} className={styles.box} role="search">
      <SearchField label={t('search')} placeholder={t('field')} value={text} onChange={onChange} maxLength={500} data-search-field="" {...list.input} />
      <ul id={list.listId} role="listbox" aria-label={t('suggestions')} className={styles.list} hidden={suggestions.length === 0}>
        {suggestions.map((suggestion, idx) => (
          <li
            key={suggestion.key}
            id={list.optionId(idx)}
            role="option"
            aria-selected={idx === list.activeIdx}
            className={styles.option}
            onMouseEnter={() => list.setActiveIdx(idx)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(suggestion)}
          >
            <SuggestionIcon suggestion={suggestion} />
            <bdi>{suggestion.label}</bdi>
            {suggestion.hint && <small>{suggestion.hint}</small>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function SuggestionIcon({ suggestion }: { suggestion: Suggestion }) {
  if (suggestion.face) return <Face {...suggestion.face} size={22} />;
  if (suggestion.channelKind) return <ChannelIcon kind={suggestion.channelKind} size={18} />;
  const Icon = suggestion.isDay ? IconCalendar : IconTag;
  return <Icon size={18} stroke={1.6} aria-hidden="true" />;
}
