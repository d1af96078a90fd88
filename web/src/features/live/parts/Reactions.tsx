import type { LiveSession } from '@/api/types';
import { settle } from '@/lib/settle';
import { MenuItem } from '@/ui/MenuItem';
import { tellRefusal } from '@/ui/tellRefusal';
import { sendReaction } from '../queries';
import { useText } from '../strings';

const EMOJI = { thumb: '👍', clap: '👏', heart: '❤️', laugh: '😂', party: '🎉', think: '🤔' } as const;

/** Items of a menu, one for each sign. */
export function Reactions({ session }: { session: LiveSession }) {
  const t = useText();
  return (Object.keys(EMOJI) as (keyof typeof EMOJI)[]).map((word) => (
    <MenuItem
      key={word}
      icon={<span aria-hidden="true">{EMOJI[word]}</span>}
      onSelect={() => settle(sendReaction(session.channel_id, session.id, EMOJI[word]), { onError: tellRefusal })}
    >
      {t(`react_${word}`)}
    </MenuItem>
  ));
}
