import { useState } from 'react';
import type { RetentionRule } from '@/api/types';
import { Button } from '@/ui/Button';
import { CardRow } from '@/ui/CardRow';
import type { RetentionPlace } from '../retention';
import { useText } from '../strings';
import { RetentionDialog } from './RetentionDialog';

/** One place and how long messages stay there. */
export function RetentionRow({ place, rule }: { place: RetentionPlace; rule: RetentionRule | undefined }) {
  const t = useText();
  const [isChanging, setChanging] = useState(false);
  const words = rule ? (rule.days === null ? t('kept_for_ever') : t('deleted_after', { count: rule.days })) : t(place.kind === 'workspace' ? 'kept_for_ever' : 'follows_above');
  return (
    <CardRow
      title={place.name}
      text={rule?.days && rule.keep_marked ? `${words} ${t('marked_stay')}` : words}
      end={
        <>
          <Button size="s" tone="outline" aria-label={`${t('change')}: ${place.name}`} onClick={() => setChanging(true)}>
            {t('change')}
          </Button>
          {isChanging && <RetentionDialog place={place} rule={rule} onClose={() => setChanging(false)} />}
        </>
      }
    />
  );
}
