import { VarvelError } from '../model/error.ts';

/** What stands against writing keys to a file, or against undoing it. */

/** Stops the removal of a file that was written since it was emptied. */
export const refuseWritten = (path: string) => (bytes: Uint8Array) => {
  if (bytes.length > 0)
    throw new VarvelError(
      'conflict',
      `Another program wrote ${path}, so it was kept.`,
      'Delete the file if you don’t need it.',
    );
};

export const usedTwice = (variable: string) =>
  new VarvelError(
    'invalid',
    `${variable} is used for two profiles.`,
    'Give each profile a variable of its own.',
  );

export const nothingToUndo = (path: string) =>
  new VarvelError('not_found', `No export to ${path} can be undone.`, {
    action: 'find_exports',
  });

export const changedSince = (path: string, variable: string) =>
  new VarvelError(
    'conflict',
    `${path} changed since the export. The file was left as it is.`,
    `Edit ${variable} in the file, or export to it again.`,
  );
