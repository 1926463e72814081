import { VarvelError } from '../model/error.ts';
import { type Shell, shells } from '../shells/shells.ts';
import { type FileFormat, fileFormats } from './formats/formats.ts';
import { checkVariable } from './variable.ts';

export type ExportFormat = Shell | FileFormat;

const isShell = (format: ExportFormat): format is Shell => Object.hasOwn(shells, format);

/**
 * Renders variables for a shell or a file; ends with a line break.
 * @throws VarvelError `invalid` for an invalid name, or a value that the format can't hold
 */
export function render(format: ExportFormat, variables: Record<string, string>): string {
  for (const [name, value] of Object.entries(variables)) checkVariable(name, value);
  if (!isShell(format)) return fileFormats[format].write(variables);
  return Object.entries(variables)
    .map(([name, value]) => `${shells[format].set(name, value)}\n`)
    .join('');
}

/** Renders lines that unset variables. @throws VarvelError `usage` for a file format */
export function renderUnset(format: ExportFormat, names: string[]): string {
  for (const name of names) checkVariable(name, '');
  if (isShell(format)) return names.map((name) => `${shells[format].unset(name)}\n`).join('');
  throw new VarvelError('usage', `${format} can’t unset variables.`, {
    action: 'unset_for_shell',
  });
}
