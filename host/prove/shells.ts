import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { render } from '../../core/exports/render.ts';
import { findProgram, pathFolders } from '../../platform/process/find-program.ts';
import { type Bench, holds, Lacking } from './bench.ts';

/** How each prints the variable as it is, and starts without files of its own. */
const readers = [
  { shell: 'sh', flags: [], print: 'printf "%s\\n" "$FAL_KEY"' },
  { shell: 'bash', flags: ['--norc'], print: 'printf "%s\\n" "$FAL_KEY"' },
  { shell: 'zsh', flags: ['-f'], print: 'printf "%s\\n" "$FAL_KEY"' },
  { shell: 'fish', flags: ['--no-config'], print: 'printf "%s\\n" $FAL_KEY' },
] as const;

const values = 300;

export async function proveShells({ folder, env }: Bench): Promise<string> {
  const there = readers.filter(({ shell }) => {
    const found = findProgram(shell, pathFolders(env) ?? []);
    return found !== null && found !== 'forbidden';
  });
  if (there.length === 0) throw new Lacking('None of sh, bash, zsh and fish is here.');
  for (const { shell, flags, print } of there) {
    const given = Array.from({ length: values }, randomText);
    const path = join(folder, `script.${shell}`);
    writeFileSync(path, given.map((value) => `${render(shell, { FAL_KEY: value })}${print}\n`).join(''), {
      mode: 0o600,
    });
    const { stdout } = spawnSync(shell, [...flags, path], { encoding: 'utf8', timeout: 20_000, env });
    holds(stdout === `${given.join('\n')}\n`, `${shell} read another value than was written.`);
  }
  return `${values} random values each in ${there.map(({ shell }) => shell).join(', ')}, all read back`;
}

/** Any printable ASCII. */
const randomText = (): string =>
  Array.from({ length: randomInt(1, 40) }, () => String.fromCharCode(randomInt(0x20, 0x7f))).join('');
