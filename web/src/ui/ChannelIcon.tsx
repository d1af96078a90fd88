import { IconHash, IconLock, IconMessage, IconSpeakerphone } from '@tabler/icons-react';
import type { ChannelKind } from '@/api/types';

const icons = { public: IconHash, private: IconLock, announcement: IconSpeakerphone, direct: IconMessage } as const;

/** The sign of a channel's kind. Decoration: where the kind matters, words say it. */
export function ChannelIcon({ kind, size = 16 }: { kind: ChannelKind; size?: number }) {
  const Icon = icons[kind];
  return <Icon size={size} stroke={1.6} aria-hidden="true" />;
}
