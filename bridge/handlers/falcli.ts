import type { FalcliReading } from '../../contract/methods/falcli.ts';
import type { PlannedChange } from '../../core/falcli/falcli.ts';
import { shownStep } from '../../core/falcli/import.ts';
import { VarvelError } from '../../core/model/error.ts';
import type { FileChange } from '../../core/model/machine/file-change.ts';
import { previewChange } from '../../core/preview/file-change.ts';
import { maskedLine } from '../../core/preview/mask.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';
import { problemRow } from './problem-row.ts';

/** The values in fal's file that are not secret. */
const plain = ['host', 'profile', 'team'];

const masked = (change: PlannedChange): FileChange =>
  previewChange(change, (line) => maskedLine(line, plain));

export function falcliHandlers({ session }: HandlerContext): Handlers<MethodsOf<'falcli'>> {
  const falcli = () => session.varvel().falcli();
  const profileOf = (name: string | null) => (name === null ? null : session.varvel().profiles.get(name));

  async function status(): Promise<FalcliReading> {
    const { path, known, status: read } = await falcli();
    try {
      const { current: _, ...found } = await read();
      return { ...found, problem: null };
    } catch (error) {
      if (!(error instanceof VarvelError)) throw error;
      return { ...unreadableStatus(path), ...known(), problem: problemRow(error) };
    }
  }

  return {
    'falcli.status': status,

    'falcli.planApply': async ({ profile, withKey }) => {
      const { change, git } = await (await falcli()).planApply(profileOf(profile), withKey);
      return { change: masked(change), git };
    },

    'falcli.apply': async ({ profile, withKey, force }) =>
      (await falcli()).apply(profileOf(profile), withKey, force),

    'falcli.setSync': async ({ inStep, force }) => {
      (await falcli()).setSync(inStep, force);
      return null;
    },

    'falcli.planUndo': async () => {
      const { change, left } = await (await falcli()).planUndo();
      return { change: masked(change), left };
    },

    'falcli.undo': async () => {
      const { path, left, removed } = await (await falcli()).undo();
      return { path, left, removed };
    },

    'falcli.restoreComments': async () => ({ changed: await (await falcli()).restoreComments() }),

    'falcli.planImport': async () => (await (await falcli()).planImport()).map(shownStep),

    'falcli.import': async ({ rename }) => {
      const { planImport, import: take } = await falcli();
      return { imported: await take(await planImport(), rename) };
    },
  };
}

/** The status for a file that can't be read. */
const unreadableStatus = (path: string) => ({
  path,
  target: path,
  exists: true,
  openToOthers: false,
  profile: null,
  team: null,
  rows: [],
});
