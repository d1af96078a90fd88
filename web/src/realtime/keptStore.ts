/** What can be read without a network, in IndexedDB. Its own chunk: the first screen is drawn without it. */
import Dexie, { type Table } from 'dexie';
import { KEPT_DATABASE } from '@/lib/device';
import type { Kept } from '@/realtime/kept';

class Database extends Dexie {
  readonly kept: Table<Kept & { id: string }, string>;

  constructor() {
    super(KEPT_DATABASE);
    this.version(1).stores({ kept: 'id' });
    this.kept = this.table('kept');
  }
}

const database = new Database();
const ONLY = 'last';

export async function readKept(): Promise<Kept | null> {
  return (await database.kept.get(ONLY)) ?? null;
}

export async function writeKept(kept: Kept): Promise<void> {
  await database.kept.put({ ...kept, id: ONLY });
}
