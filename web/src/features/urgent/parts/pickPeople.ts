import type { ComponentType } from 'react';
import type { Id, Person } from '@/api/types';

/** How people are chosen by name; another feature's part, handed in by the app. */
export type PickPeople = ComponentType<{
  chosen: Person[];
  onChange: (chosen: Person[]) => void;
  without: ReadonlySet<Id>;
  max: number;
  spaceId?: Id | undefined;
}>;

/** The groups of a space, with what they are called; another feature's, handed in by the app. */
export type KnownGroups = readonly { id: Id; name: string }[];
