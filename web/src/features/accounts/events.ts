import { putPeople } from '@/realtime/people';
import type { EventTable } from '@/realtime/events';
import { updateStart } from '@/realtime/start';

/** What happens to accounts. The cache of single people is kept by `realtime/people`; here are me, the lists, the workspace. */
export const accountsEvents: EventTable = {
  'me.changed': (cache, { body: { me } }) => {
    updateStart(cache, (start) => ({ ...start, me }));
    putPeople(cache, [me]);
  },
  'person.joined': (cache) => {
    void cache.invalidateQueries({ queryKey: ['people'] });
    // Who joins has used one.
    void cache.invalidateQueries({ queryKey: ['invitations'] });
  },
  'person.changed': (cache, { body: { person } }) => {
    updateStart(cache, (start) => (start.me.id === person.id ? { ...start, me: { ...start.me, ...person } } : start));
    void cache.invalidateQueries({ queryKey: ['people'] });
  },
  'workspace.changed': (cache, { body: { workspace } }) => updateStart(cache, (start) => ({ ...start, workspace })),
};
