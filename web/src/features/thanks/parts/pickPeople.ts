import type { ComponentType } from 'react';
import type { Id, Person } from '@/api/types';

/** Another feature's picker, handed in by the app. */
export type PickPeople = ComponentType<{
  chosen: Person[];
  onChange: (people: Person[]) => void;
  without: ReadonlySet<Id>;
  max: number;
  spaceId?: Id;
}>;
