import { problemOf } from '@/api/client';

/** What the server said about single fields: `{name: "A name is needed"}` from pointers such as `/name`. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!error) return {};
  const errors = problemOf(error).errors ?? [];
  return Object.fromEntries(errors.map(({ pointer, detail }) => [pointer.replace(/^#?\//, ''), detail]));
}
