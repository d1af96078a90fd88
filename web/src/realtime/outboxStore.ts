/** Unsent messages in IndexedDB. Its own chunk: the first screen is drawn without it. */
import Dexie, { type Table } from 'dexie';
import type { Id } from '@/api/types';
import type { OutboxStore, Unsent } from '@/realtime/outbox';

class Database extends Dexie {
  readonly unsent: Table<Unsent, Id>;

  constructor() {
    super('antiphon');
    this.version(1).stores({ unsent: 'id, person_id' });
    this.unsent = this.table('unsent');
  }
}

export function openOutboxStore(): OutboxStore {
  const database = new Database();
  return {
    list: (person_id) => database.unsent.where({ person_id }).toArray(),
    put: async (item) => {
      await database.unsent.put(item);
    },
    remove: (id) => database.unsent.delete(id),
  };
}
