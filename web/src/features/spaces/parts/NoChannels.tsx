import { IconMessages } from '@tabler/icons-react';
import type { Me } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { Pane } from '@/ui/Pane';
import { PaneHeader } from '@/ui/PaneHeader';
import { TextLink } from '@/ui/TextLink';
import { useText } from '../strings';

/** The main pane of somebody who is in no channel yet. */
export function NoChannels({ me }: { me: Me }) {
  const t = useText();
  return (
    <Pane>
      <PaneHeader title={t('welcome', { name: me.name })} back={null} />
      <EmptyState
        icon={<IconMessages size={24} stroke={1.6} aria-hidden="true" />}
        text={me.role === 'guest' ? t('nothing_for_guest') : t('nothing_joined')}
        action={me.role === 'guest' ? null : <TextLink to="/browse">{t('browse_spaces')}</TextLink>}
      />
    </Pane>
  );
}
