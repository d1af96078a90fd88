import { MyWeeksPart } from './MyWeeksPart';
import { TeamWeeksPart } from './TeamWeeksPart';

/** What the weeks were like: mine for me, and those of my teams about nobody in particular. */
export function NumbersPage() {
  return (
    <>
      <MyWeeksPart />
      <TeamWeeksPart />
    </>
  );
}
