import { IconFiles } from '@tabler/icons-react';
import { LinkButton } from '@/ui/LinkButton';
import { useText } from './strings';

/** The way from a channel to what was posted in it. */
export function FilesLinks({ channelId }: { channelId: string }) {
  const t = useText();
  return (
    <LinkButton to="/c/$channelId/files" params={{ channelId }} icon={<IconFiles size={18} stroke={1.6} aria-hidden="true" />}>
      {t('files_of_channel')}
    </LinkButton>
  );
}
