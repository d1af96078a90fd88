import { useMemo } from 'react';
import type { Forward } from '@/api/types';
import { Link } from '@/router/Link';
import { useText } from '../strings';
import { fullTimeOf, isoOf } from '../time';
import { useFeed } from './actions';
import { useIsActive } from './activeRow';
import styles from './ForwardBlock.module.css';
import { MarkupTree } from './MarkupTree';
import { PersonName } from './PersonName';
import { plainTree } from './plainTree';

/** A message from elsewhere, as it was said; the time leads back to it, for those who may read it there. */
export function ForwardBlock({ forward }: { forward: Forward }) {
  const t = useText();
  const { me_id } = useFeed();
  const tabIndex = useIsActive() ? 0 : -1;
  const nodes = useMemo(() => forward.tree ?? plainTree(forward.text), [forward.tree, forward.text]);
  if (forward.deleted) return <p className={styles.gone}>{t('forward_deleted')}</p>;
  return (
    <figure className={styles.forward}>
      <figcaption>
        <span>{t('forwarded')}</span>
        <b>
          <PersonName id={forward.author_id} />
        </b>
        <Link to="/m/$messageId" params={{ messageId: forward.message_id }} tabIndex={tabIndex} title={t('forward_jump')}>
          <time dateTime={isoOf(forward.at)}>{fullTimeOf(forward.at)}</time>
        </Link>
      </figcaption>
      <MarkupTree nodes={nodes} me_id={me_id} />
    </figure>
  );
}
