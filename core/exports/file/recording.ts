import type { ExportRecord } from '../../model/machine/export-record.ts';
import type { Ports } from '../../ports.ts';
import type { PlannedPart } from '../export-parts.ts';
import { settleExports } from './export-turn.ts';
import type { ExportFiles } from './files.ts';

/** A variable's export, recorded before the file is written. */
interface Recorded {
  record: ExportRecord;
  /** The variable's record before it. */
  before: ExportRecord | null;
  /** The file didn't have it yet. */
  changes: boolean;
}

/** Records what is written to a file, so that at no moment a key is there that nobody knows of. In the file's turn only. */
export function createRecording(
  ports: Pick<Ports, 'state' | 'secrets' | 'files'>,
  kept: ExportFiles,
  path: string,
) {
  async function remember(part: PlannedPart, made: boolean, before: ExportRecord | null): Promise<Recorded> {
    const { exported, variable, value, planned } = part;
    const { name, keyId } = exported.profile;
    const where = { path, variable, profile: name, keyId: keyId ?? '', value };
    const record = await kept.remember(where, planned, made, before);
    return { record, before, changes: planned.changes.length > 0 };
  }

  async function forget(recorded: Recorded[]): Promise<void> {
    for (const { record, before, changes } of recorded) if (changes) await kept.forget(record, before);
    await settleExports(ports, path);
  }

  return {
    /** Records what is about to be written. What it recorded before a failure, it forgets. */
    async begin(parts: PlannedPart[], made: boolean): Promise<Recorded[]> {
      const recorded: Recorded[] = [];
      try {
        for (const part of parts)
          recorded.push(await remember(part, made, kept.recordOf(path, part.variable)));
      } catch (error) {
        await forget(recorded).catch(() => undefined);
        throw error;
      }
      return recorded;
    },

    /** Records what was written in place of what was recorded. */
    async instead(recorded: Recorded[], parts: PlannedPart[], made: boolean): Promise<Recorded[]> {
      const written: Recorded[] = [];
      for (const [index, part] of parts.entries()) {
        const known = recorded[index];
        written.push(await remember(part, made, known?.before ?? null));
        if (known?.changes) await kept.dropUndo(known.record);
      }
      return written;
    },

    /** Forgets what was recorded, and not written. */
    forget,
  };
}
