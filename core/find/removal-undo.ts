import * as z from 'zod/mini';
import { type Splice, spliceSchema } from '../patch/splice.ts';
import { type Ports, secretName } from '../ports.ts';

/** How copies were removed from one file. Holds keys. */
export interface FileRemoval {
  path: string;
  splices: Splice[];
}

/** Copies that were removed at once. */
export interface Removal {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  /** The names of its files' records in the vault. */
  files: string[];
}

const removals = z.array(z.object({ id: z.string(), at: z.number(), files: z.array(z.string()) }));
const fileRemoval = z.object({ path: z.string(), splices: z.array(spliceSchema) });

const setting = 'removed_copies';

/** How many removals can be undone. */
const kept = 20;

/** Stores in the vault how to undo removals, and in the database which there are. */
export function createRemovalUndo({ state, secrets }: Pick<Ports, 'state' | 'secrets'>) {
  function all(): Removal[] {
    try {
      return removals.parse(JSON.parse(state.settings.get(setting) ?? '[]'));
    } catch {
      return [];
    }
  }

  const update = (change: (before: Removal[]) => Removal[]): void =>
    state.transaction(() => state.settings.set(setting, JSON.stringify(change(all()))));

  /** Forgets a file's record. @throws VarvelError `vault_*` */
  async function drop(name: string): Promise<void> {
    update((before) =>
      before
        .map((removal) => ({ ...removal, files: removal.files.filter((file) => file !== name) }))
        .filter(({ files }) => files.length > 0),
    );
    await secrets.delete(secretName.removedCopies(name));
  }

  return {
    drop,

    /** The last removal, or a certain one; null when there is none. */
    find: (id: string | null): Removal | null =>
      (id === null ? all().at(-1) : all().find((removal) => removal.id === id)) ?? null,

    /** Lets the next undo take the removal before a certain one, which can't be undone now. */
    putOff(id: string): void {
      update((before) => [
        ...before.filter((removal) => removal.id === id),
        ...before.filter((removal) => removal.id !== id),
      ]);
    },

    /** Stores a file's record, before the file is changed. @throws VarvelError `vault_*` */
    async put(removal: Omit<Removal, 'files'>, file: FileRemoval): Promise<string> {
      const name = crypto.randomUUID();
      await secrets.set(secretName.removedCopies(name), JSON.stringify(file));
      update((before) => {
        const known = before.find(({ id }) => id === removal.id) ?? { ...removal, files: [] };
        return [...before.filter(({ id }) => id !== removal.id), { ...known, files: [...known.files, name] }];
      });
      return name;
    },

    /** A file's record; null when it can't be read. @throws VarvelError `vault_*` */
    async read(name: string): Promise<FileRemoval | null> {
      const text = await secrets.get(secretName.removedCopies(name));
      try {
        return text === null ? null : fileRemoval.parse(JSON.parse(text));
      } catch {
        return null;
      }
    },

    /** Forgets the oldest removals. @throws VarvelError `vault_*` */
    async shorten(): Promise<void> {
      const byAge = all().toSorted((one, other) => one.at - other.at);
      for (const { files } of byAge.slice(0, -kept)) for (const name of files) await drop(name);
    },
  };
}
