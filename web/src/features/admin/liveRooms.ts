/** The numbers of a room in the reader's words. */
import type { LiveRoom } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatTime } from '@/lib/time';
import { placeName } from './model';
import type { AdminText } from './strings';

export type LiveRoomWords = { title: string; facts: string[]; warnings: string[] };

export function liveRoomWords(room: LiveRoom, t: AdminText): LiveRoomWords {
  const locale = currentLocale();
  const number = (n: number) => new Intl.NumberFormat(locale).format(n);
  const duration = (ms: number) => new Intl.NumberFormat(locale, { style: 'unit', unit: 'millisecond', unitDisplay: 'short' }).format(ms);
  const place = placeName({ kind: room.channel_kind, name: room.channel_name }, t);
  const warnings = [
    room.n_tcp > 0 && t('live_room_tcp', { n: number(room.n_tcp) }),
    room.n_relayed > 0 && t('live_room_relayed', { n: number(room.n_relayed) }),
    room.n_paused > 0 && t('live_room_paused', { n: number(room.n_paused) }),
  ];
  return {
    title: room.breakout_id ? t('live_room_small', { place }) : place,
    facts: [
      ...(room.space_name ? [t('in_space', { space: room.space_name })] : []),
      t('live_room_devices', { count: room.n_people, time: formatTime(room.since, locale) }),
      t('live_room_packets', { in: number(room.packets_in_per_s), out: number(room.packets_out_per_s) }),
      t('live_room_lost', { up: number(room.lost_up_permille), down: number(room.lost_down_permille) }),
      t('live_room_way', { middle: duration(room.round_trip_ms), longest: duration(room.longest_round_trip_ms) }),
    ],
    warnings: warnings.filter((warning) => warning !== false),
  };
}
