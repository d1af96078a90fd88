import { OwnReportsPart } from './OwnReportsPart';

/** What is between me and others. */
export function PrivacyPage() {
  return <OwnReportsPart />;
}
