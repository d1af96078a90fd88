import { IconPrinter } from '@tabler/icons-react';
import type { CharterPage, PlaceCharter } from '@/api/types';
import { Button } from '@/ui/Button';
import { ErrorState } from '@/ui/ErrorState';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { kinds, sayPace } from '../model';
import { Paces } from '../parts/CharterPart';
import styles from '../parts/Charter.module.css';
import { useCharterPage } from '../queries';
import { useText } from '../strings';

/** The whole of it on one page, to be read and printed. */
export function CharterScreen() {
  const t = useText();
  const { data, error, refetch } = useCharterPage();
  return (
    <Pane>
      <PaneHeader
        title={t('charter_page')}
        actions={
          <Button size="s" icon={<IconPrinter size={16} stroke={1.6} aria-hidden="true" />} onClick={() => print()}>
            {t('print')}
          </Button>
        }
      />
      <PaneBody>
        {!data && !error && <Skeleton rows={6} />}
        {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data && <Whole page={data} />}
      </PaneBody>
    </Pane>
  );
}

function Whole({ page }: { page: CharterPage }) {
  const t = useText();
  return (
    <>
      <Section title={t('everywhere')} hint={t('charter_hint')}>
        <Paces view={page.workspace} isTop />
        <Note text={page.workspace.charter.note} />
      </Section>
      {page.places.map((place) => (
        <Section key={place.id} title={place.space_id ? `#${place.name}` : place.name}>
          <Said place={place} />
        </Section>
      ))}
      {page.places.length === 0 && (
        <Section title={t('no_places')}>
          <p className={styles.note}>{t('no_places_hint')}</p>
        </Section>
      )}
    </>
  );
}

function Said({ place }: { place: PlaceCharter }) {
  const t = useText();
  const said = kinds.flatMap((kind) => {
    const pace = place.charter[kind];
    return pace ? [{ kind, pace }] : [];
  });
  return (
    <>
      {said.length > 0 && (
        <dl className={styles.paces}>
          {said.map(({ kind, pace }) => (
            <div key={kind}>
              <dt>{t(`kind_${kind}`)}</dt>
              <dd>{t('within', { pace: sayPace(pace, t) })}</dd>
            </div>
          ))}
        </dl>
      )}
      <Note text={place.charter.note} />
    </>
  );
}

function Note({ text }: { text: string }) {
  return text ? (
    <p className={styles.note} dir="auto">
      {text}
    </p>
  ) : null;
}
