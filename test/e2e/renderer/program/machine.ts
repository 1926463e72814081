import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Sandbox } from '../../../../sandbox/start.ts';

/** Folders and variables of a machine of its own, with nothing on it but shells. */
export interface Machine extends AsyncDisposable {
  /** The user's home folder. */
  home: string;
  /** The variables that a program is started with. */
  env: NodeJS.ProcessEnv;
  /** Writes a file in the home folder. @returns where it stands */
  write(path: string, text: string): Promise<string>;
  /** Makes a folder in the home folder. */
  folder(path: string): Promise<string>;
}

export interface MachineOptions {
  sandbox: Sandbox;
  /** How the program's environment is called. */
  environment: string;
  /** Shells don't find varvel. */
  noCommand: boolean;
}

export async function createMachine({ sandbox, environment, noCommand }: MachineOptions): Promise<Machine> {
  // a file's real path is what the program shows
  const root = await realpath(await mkdtemp(join(tmpdir(), 'varvel-window-')));
  const home = join(root, 'ada');
  const programs = join(root, 'bin');
  const environmentPath = join(root, 'environment.json');
  await Promise.all([mkdir(home), mkdir(programs)]);
  await writeFile(environmentPath, JSON.stringify({ ...sandbox.environment, name: environment }));
  for (const name of ['bash', 'zsh', 'fish', ...(noCommand ? [] : ['varvel'])]) {
    await writeFile(join(programs, name), '#!/bin/sh\n');
    await chmod(join(programs, name), 0o755);
  }
  return {
    home,
    env: {
      HOME: home,
      PATH: programs,
      SHELL: join(programs, 'zsh'),
      VARVEL_HOME: join(root, 'varvel'),
      VARVEL_ENVIRONMENT: environmentPath,
      FAL_CONFIG_PATH: join(home, '.fal', 'config.toml'),
      FAL_HOME_DIR: join(home, '.fal'),
    },
    async write(path, text) {
      const file = join(home, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      return file;
    },
    async folder(path) {
      const folder = join(home, path);
      await mkdir(folder, { recursive: true });
      return folder;
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}
