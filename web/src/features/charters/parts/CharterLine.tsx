import { useCharter, type CharterPath } from '../queries';
import { sayExpected } from '../model';
import { useText } from '../strings';

/** One line under the title of a place; nothing until it is known. */
export function CharterLine({ path }: { path: CharterPath }) {
  const t = useText();
  const { data } = useCharter(path);
  return data ? <span data-charter="">{sayExpected(data.expected, t)}</span> : null;
}
