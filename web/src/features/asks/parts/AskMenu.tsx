import { IconArrowBackUp, IconArrowForwardUp, IconCheck, IconClock, IconDots, IconListCheck, IconX } from '@tabler/icons-react';
import type { Ask } from '@/api/types';
import { IconButton } from '@/ui/IconButton';
import { Menu } from '@/ui/Menu';
import { MenuItem } from '@/ui/MenuItem';
import { useText } from '../strings';
import type { Acts } from './useActs';

export type AskDialogKind = 'promise' | 'pass' | 'decline' | 'missing';

const LOOK = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

type AskMenuProps = { ask: Ask; isAsker: boolean; acts: Acts; tabIndex?: 0 | -1; onDialog: (kind: AskDialogKind) => void };

/** What else can be done: for whoever holds it, or whoever asked. */
export function AskMenu({ ask, isAsker, acts, tabIndex = 0, onDialog }: AskMenuProps) {
  const t = useText();
  return (
    <Menu
      label={t('ask_options')}
      trigger={(trigger) => (
        <IconButton {...trigger} size="s" tabIndex={tabIndex} label={t('ask_options')}>
          <IconDots {...LOOK} />
        </IconButton>
      )}
    >
      {isAsker ? (
        <>
          {ask.kind === 'read' && (
            <MenuItem icon={<IconListCheck {...LOOK} />} onSelect={() => onDialog('missing')}>
              {t('who_missing')}
            </MenuItem>
          )}
          <MenuItem icon={<IconX {...LOOK} />} onSelect={() => acts.make({ move: 'withdraw' })}>
            {t('withdraw')}
          </MenuItem>
        </>
      ) : (
        <>
          <MenuItem icon={<IconCheck {...LOOK} />} onSelect={() => acts.make({ move: 'answer' })}>
            {ask.kind === 'action' ? t('done') : t('answered_already')}
          </MenuItem>
          <MenuItem icon={<IconClock {...LOOK} />} onSelect={() => onDialog('promise')}>
            {t('promise')}
          </MenuItem>
          <MenuItem icon={<IconArrowBackUp className="mirror" {...LOOK} />} onSelect={() => acts.make({ move: 'ask_back' })}>
            {t('ask_back')}
          </MenuItem>
          <MenuItem icon={<IconArrowForwardUp className="mirror" {...LOOK} />} onSelect={() => onDialog('pass')}>
            {t('pass')}
          </MenuItem>
          <MenuItem icon={<IconX {...LOOK} />} onSelect={() => onDialog('decline')}>
            {t('decline')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
