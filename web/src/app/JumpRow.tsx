import { IconArrowRight, IconBell, IconBulb, IconCalendar, IconCalendarTime, IconInbox, IconMessageQuestion, IconMessages, IconSearch, IconSun, IconUsersGroup, IconVideo } from '@tabler/icons-react';
import { Excerpt } from '@/features/search/parts/Excerpt';
import { HitPlace } from '@/features/search/parts/HitPlace';
import { usePerson } from '@/realtime/people';
import { ChannelIcon } from '@/ui/ChannelIcon';
import { Face } from '@/ui/Face';
import type { JumpTarget } from './jump';
import { nameOfScreen, type JumpScreen, type PaletteRow } from './palette';
import { useText } from './strings';
import styles from './JumpPalette.module.css';

export type JumpRowProps = { id: string; row: PaletteRow; isActive: boolean; onPoint: () => void; onChoose: () => void };

export function JumpRow({ id, row, isActive, onPoint, onChoose }: JumpRowProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      className={styles.option}
      data-kind={row.kind}
      onMouseEnter={onPoint}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {row.kind === 'place' && <PlaceRow row={row} />}
      {row.kind === 'advice' && <AdviceRow />}
      {row.kind === 'screen' && <ScreenRow screen={row.screen} />}
      {row.kind === 'search' && <SearchRow text={row.text} />}
      {row.kind === 'hit' && <HitRow row={row} />}
    </div>
  );
}

function PlaceRow({ row: { target } }: { row: Extract<PaletteRow, { kind: 'place' }> }) {
  return (
    <>
      <PlaceIcon target={target} />
      <b>
        <bdi>{target.name}</bdi>
      </b>
      <small>
        <bdi>{target.where}</bdi>
      </small>
    </>
  );
}

function PlaceIcon({ target }: { target: JumpTarget }) {
  if (target.face) return <Face {...target.face} size={22} />;
  if (target.kind === 'group') return <IconUsersGroup size={18} stroke={1.6} aria-hidden="true" />;
  return <ChannelIcon kind={target.kind === 'person' ? 'direct' : target.kind} size={18} />;
}

function AdviceRow() {
  const t = useText();
  return (
    <>
      <IconBulb size={18} stroke={1.6} aria-hidden="true" />
      <b>{t('jump_advice')}</b>
    </>
  );
}

const screenIcons = { today: IconSun, inbox: IconInbox, asks: IconMessageQuestion, scheduled: IconCalendarTime, reminders: IconBell, schedule: IconCalendar, live: IconVideo } as const;

function ScreenRow({ screen }: { screen: JumpScreen }) {
  const t = useText();
  const Icon = screenIcons[screen];
  return (
    <>
      <Icon size={18} stroke={1.6} aria-hidden="true" />
      <b>{t(nameOfScreen(screen))}</b>
    </>
  );
}

function SearchRow({ text }: { text: string }) {
  const t = useText();
  return (
    <>
      <IconSearch size={18} stroke={1.6} aria-hidden="true" />
      <b>
        <bdi>{t('jump_search', { text })}</bdi>
      </b>
      <IconArrowRight className="mirror" size={16} stroke={1.6} aria-hidden="true" />
    </>
  );
}

function HitRow({ row: { hit, channel } }: { row: Extract<PaletteRow, { kind: 'hit' }> }) {
  const author = usePerson(hit.author_id);
  return (
    <>
      {hit.kind === 'topic' ? (
        <IconMessages size={18} stroke={1.6} aria-hidden="true" />
      ) : (
        <Face id={hit.author_id} name={author?.name ?? ''} picture={author?.picture} size={22} />
      )}
      <span className={styles.hit}>
        <Excerpt parts={hit.excerpt} />
        <small>
          {hit.kind === 'message' && <bdi>{author?.name}</bdi>}
          {hit.kind === 'message' && channel && ' · '}
          <HitPlace hit={hit} channel={channel} />
        </small>
      </span>
    </>
  );
}
