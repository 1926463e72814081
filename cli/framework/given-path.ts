import { statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import type { Context } from './command.ts';

/**
 * A path that somebody gave, from the working folder.
 * @throws VarvelError `not_found` when that was deleted, `usage` when it can't be named: the path would lead to another folder
 */
export function givenPath(given: string, { cwd }: Pick<Context, 'cwd'>): string {
  if (isAbsolute(given)) return given;
  const folder = cwd();
  if (folder.includes('\uFFFD') && !isWorkingFolder(folder))
    throw new VarvelError(
      'usage',
      `The name of the folder you are in, ${folder}, isn’t UTF-8, so it would name another one.`,
      'Change into a folder whose name is UTF-8.',
    );
  return resolve(folder, given);
}

function isWorkingFolder(path: string): boolean {
  const [named, here] = [path, '.'].map((each) => statSync(each, { bigint: true, throwIfNoEntry: false }));
  return named !== undefined && named.dev === here?.dev && named.ino === here.ino;
}
