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
  const [text, setText, q] = useQuestion(place.q ?? '', sort);
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

/** What is typed goes into the address once it has stood still; another address (the palette, a link) goes into the field. */
function useQuestion(given: string, sort: SearchSort): [text: string, setText: (text: string) => void, settled: string] {
  const [text, setText] = useState(given);
  const settled = useDebounced(text);
  const told = useRef(given);
  useEffect(() => {
    if (given === told.current) return;
    told.current = given;
    setText(given);
  }, [given]);
  const sortNow = useRef(sort);
  sortNow.current = sort;
  // Only by typing: a new order alone must not bring an old text back.
  useEffect(() => {
    if (settled === told.current) return;
    told.current = settled;
    go(settled, sortNow.current);
  }, [settled]);
  return [text, setText, settled];
}
