import { IconBan } from '@tabler/icons-react';
import { useState } from 'react';
import type { Id } from '@/api/types';
import { Button } from '@/ui/Button';
import { useIsBlocked } from '../queries';
import { useText } from '../strings';
import { BlockDialog } from './BlockDialog';
import { UnblockButton } from './UnblockButton';

/** On the page of a person. */
export function BlockPerson({ personId }: { personId: Id }) {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  if (useIsBlocked(personId)) return <UnblockButton personId={personId} />;
  return (
    <>
      <Button tone="outline" icon={<IconBan size={18} stroke={1.6} aria-hidden="true" />} onClick={() => setAsking(true)}>
        {t('block')}
      </Button>
      {isAsking && <BlockDialog personId={personId} onClose={() => setAsking(false)} />}
    </>
  );
}
