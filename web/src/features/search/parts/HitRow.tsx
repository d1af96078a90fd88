import { IconCircle, IconCircleCheck, IconGavel, IconMessages } from '@tabler/icons-react';
import type { ChannelView, SearchHit } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { dateOf, formatAgo, formatFull } from '@/lib/time';
import { usePerson } from '@/realtime/people';
import { Link } from '@/router/Link';
import { Chip } from '@/ui/Chip';
import { Face } from '@/ui/Face';
import { useText } from '../strings';
import { targetOf } from '../target';
import { Excerpt } from './Excerpt';
import { HitPlace } from './HitPlace';
import styles from './HitRow.module.css';

const stateIcons = { open: IconCircle, resolved: IconCircleCheck, decided: IconGavel };

/** One result: who, where, when, and the words. All of it is one link. */
export function HitRow({ hit, channel }: { hit: SearchHit; channel: ChannelView | undefined }) {
  const t = useText();
  const author = usePerson(hit.author_id);
  const isTopic = hit.kind === 'topic';
  const StateIcon = stateIcons[hit.topic_state ?? 'open'];
  return (
    <li>
      <Link {...targetOf(hit)} className={styles.hit} data-hit="">
        {isTopic ? (
          <span className={styles.icon}>
            <IconMessages size={20} stroke={1.6} aria-hidden="true" />
          </span>
        ) : (
          <Face id={hit.author_id} name={author?.name ?? ''} picture={author?.picture} size={36} />
        )}
        <span className={styles.words}>
          <span className={styles.facts}>
            <b>
              <bdi>{isTopic ? t('topic') : (author?.name ?? t('unknown_person'))}</bdi>
            </b>
            <time dateTime={dateOf(hit.at).toISOString()} title={formatFull(hit.at, currentLocale())}>
              {formatAgo(hit.at, Date.now() * 1000, currentLocale())}
            </time>
            {hit.edited && <small>{t('edited')}</small>}
            {isTopic && hit.topic_state && (
              <Chip tone={hit.topic_state === 'open' ? 'calm' : 'accent'} icon={<StateIcon size={14} stroke={1.8} aria-hidden="true" />}>
                {t(`state_${hit.topic_state}`)}
              </Chip>
            )}
          </span>
          <Excerpt parts={hit.excerpt} />
          <small>
            <HitPlace hit={hit} channel={channel} />
          </small>
        </span>
      </Link>
    </li>
  );
}
