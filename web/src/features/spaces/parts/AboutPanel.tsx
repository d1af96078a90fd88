import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Id } from '@/api/types';
import { useChannelRow } from '@/realtime/start';
import { ErrorState } from '@/ui/ErrorState';
import { IconButton } from '@/ui/IconButton';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { channelQuery } from '../queries';
import { useText } from '../strings';
import { AboutChannel } from './AboutChannel';

export type AboutPanelProps = {
  channelId: Id;
  onClose: () => void;
  /** What other features have to say about the channel. */
  children?: ReactNode;
  /** And to those who may let people without an account in. */
  guestLinks?: ReactNode;
  /** And to those who look after it. */
  manage?: ReactNode;
};

/** Beside the conversation: what the channel is for, who is in it, how it is set up. */
export function AboutPanel({ channelId, onClose, children, guestLinks, manage }: AboutPanelProps) {
  const t = useText();
  const mine = useChannelRow(channelId);
  // A public channel that I only look at is not in the snapshot.
  const { data: visited, error, refetch } = useQuery({ ...channelQuery(channelId), enabled: !mine });
  const row = mine ?? visited;
  return (
    <Pane as="aside" label={t('about')}>
      <PaneHeader
        level={2}
        title={t('about')}
        back={null}
        focusKey={channelId}
        actions={
          <IconButton label={t('close')} onClick={onClose}>
            <IconX size={20} stroke={1.6} aria-hidden="true" />
          </IconButton>
        }
      />
      <PaneBody>
        {!row && !error && <Skeleton />}
        {!row && error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {row && (
          <AboutChannel row={row} guestLinks={guestLinks} manage={manage}>
            {children}
          </AboutChannel>
        )}
      </PaneBody>
    </Pane>
  );
}
