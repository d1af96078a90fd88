import type { Id, Meeting, MeetingHours, Person } from '@/api/types';
import type { Day } from '../model';

/** A week as both of its drawings take it. */
export type Week = {
  days: readonly Day[];
  today: Day;
  /** The reader's own. */
  timeZone: string;
  meetings: readonly Meeting[];
  /** Of each of them who has any, the reader first. */
  hours: readonly MeetingHours[];
  /** Whose hours they are, the reader first. */
  people: readonly Person[];
  onOpen: (id: Id) => void;
};
