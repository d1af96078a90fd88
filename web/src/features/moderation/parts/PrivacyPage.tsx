import { BlocksPart } from './BlocksPart';
import { OwnReportsPart } from './OwnReportsPart';

/** What is between me and others. */
export function PrivacyPage() {
  return (
    <>
      <BlocksPart />
      <OwnReportsPart />
    </>
  );
}
