import type { InsertProps } from '@/features/messages/cards';
import { PeoplePicker } from '@/features/spaces/parts/PeoplePicker';
import { UrgentDialog } from '@/features/urgent/parts/UrgentDialog';

/** Calling somebody from a composer, with people chosen by name. */
export function UrgentInsert(props: InsertProps) {
  return <UrgentDialog {...props} PickPeople={PeoplePicker} />;
}
