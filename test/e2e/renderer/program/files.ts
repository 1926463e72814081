import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KnownKeys } from './ada.ts';
import type { Machine } from './machine.ts';

/** A key that nobody knows. */
export const strayKey = (id: string = randomUUID()): string => `${id}:${randomBytes(16).toString('hex')}`;

const alias = (index: number): string => `alias a${index}='git status'`;

/** The start-up files of shells: zsh and fish follow when told so, and zsh sets a key by hand. */
export async function writeStartUpFiles(machine: Machine, follow: boolean): Promise<void> {
  const zsh = Array.from({ length: 30 }, (_, index) => alias(index));
  zsh[13] = `export FAL_KEY=${strayKey()}`;
  if (follow) {
    zsh.push('eval "$(varvel hook zsh)"');
    await machine.write('.config/fish/conf.d/varvel.fish', 'varvel hook fish | source\n');
  }
  await machine.write('.zshrc', `${zsh.join('\n')}\n`);
  const bash = Array.from({ length: 30 }, (_, index) => alias(index));
  await machine.write('.bashrc', `${bash.join('\n')}\n`);
}

export interface FalConfigOptions {
  /** There and well when not given. */
  file?: 'missing' | 'malformed';
  /** So many profiles more than the usual ones. */
  profiles?: number;
}

const falConfigFile = '.fal/config.toml';

/** The file of fal's CLI, like one that has grown for a year. */
export async function writeFalConfig(
  machine: Machine,
  keys: KnownKeys,
  { file, profiles = 0 }: FalConfigOptions,
): Promise<void> {
  if (file === 'missing') return;
  const more = Array.from(
    { length: profiles },
    (_, index) => `[theirs-${index}]\nkey = "${strayKey()}"\n`,
  ).join('\n');
  const text = `# written by hand
[__internal__]
profile = "production" # the one that CI uses

[staging]
key = "${keys.of('falconers', 'build-bots').text}"

[production]
key = "${strayKey()}"

[personal]
host = "staging.example.com"

[old-demo]
key = "${strayKey()}"

["côté client"]
key = "${strayKey()}"

${more}`;
  const malformed = '# written by hand\n[__internal__]\nprofile = "production\n';
  await machine.write(falConfigFile, file === 'malformed' ? malformed : text);
}

/** Changes the file of fal's CLI, as another program does. */
export async function changeFalConfig(machine: Machine, change: (text: string) => string): Promise<void> {
  const text = await readFile(join(machine.home, falConfigFile), 'utf8');
  await machine.write(falConfigFile, change(text));
}

/** Gives one of the profiles of fal's CLI a host. */
export const setStagingHost = (machine: Machine, name: string): Promise<void> =>
  changeFalConfig(machine, (text) =>
    text.replace('[staging]\n', `[staging]\nhost = "api.${name}.example.com"\n`),
  );
