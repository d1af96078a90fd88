import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { SearchSort } from '@/api/types';
import { useDebounced } from '@/lib/useDebounced';
import { navigate } from '@/router/location';
import { usePlace } from '@/router/usePlace';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { withoutFilters } from '../model';
import { Beginning } from '../parts/Beginning';
import { FilterBar } from '../parts/FilterBar';
import { PlaceLinks } from '../parts/PlaceLinks';
import { Results } from '../parts/Results';
import { SearchBox } from '../parts/SearchBox';
import { useText } from '../strings';
import styles from './SearchScreen.module.css';

/** `/search?q=…`: the question stands in the address, so that it can be kept, shared and come back to. */
export function SearchScreen() {
  const t = useText();
  const place = usePlace().search;
  const sort: SearchSort = place.sort ?? 'newest';
  const [text, setText] = useQuestion(place.q ?? '', sort);
  const q = useDebounced(text);
  const body = useRef<HTMLDivElement>(null);
  const isEmpty = q.trim() === '';
  const words = withoutFilters(q).replace(/["*]/gu, '');

  function begin(next: string) {
    setText(next);
    body.current?.querySelector<HTMLElement>('[data-search-field]')?.focus();
  }

  return (
    <Pane>
      <PaneHeader title={t('search')} icon={<IconSearch size={19} stroke={1.6} aria-hidden="true" />} />
      <PaneBody>
        <div ref={body} className={styles.sheet}>
          <SearchBox text={text} onChange={setText} onLeave={() => body.current?.querySelector<HTMLElement>('[data-hit]')?.focus()} />
          <FilterBar text={text} sort={sort} onChange={setText} onBegin={begin} onSort={(next) => go(text, next)} />
          {isEmpty ? (
            <Beginning />
          ) : (
            <>
              {words && words === q.trim() && <PlaceLinks words={words} />}
              <Results q={q.trimStart()} sort={sort} onClearFilters={() => begin(withoutFilters(text))} />
            </>
          )}
        </div>
      </PaneBody>
    </Pane>
  );
}

function go(q: string, sort: SearchSort) {
  navigate({ to: '/search', search: { ...(q && { q }), ...(sort === 'best' && { sort }) }, replace: true });
}

/** What is typed goes into the address; another address (the palette, a link) goes into the field. */
function useQuestion(given: string, sort: SearchSort): [string, (text: string) => void] {
  const [text, setText] = useState(given);
  const told = useRef(given);
  useEffect(() => {
    if (given === told.current) return;
    told.current = given;
    setText(given);
  }, [given]);

  function change(next: string) {
    setText(next);
    told.current = next;
    go(next, sort);
  }
  return [text, change];
}
