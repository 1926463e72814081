import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { install, windowsPackages } from '../../scripts/windows/installed.ts';
import { wineRoot } from '../../scripts/windows/wine-root.ts';
import { startWorld, type World, whyNot } from '../../scripts/windows/world.ts';
import { setup as build } from '../integration/built.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Windows, with the command line installed; null where it can't run. */
    windows: World | null;
    /** When the tests must come to an end, in milliseconds since 1970: the next ones are skipped. */
    windowsUntil: number;
  }
}

/** A slow machine skips, and counts, what it doesn't reach. */
const longestMs = 5 * 60_000;

/** Starts Windows for all tests of the project. Where that isn't possible, they are skipped, and one line says why. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('windowsUntil', Date.now() + longestMs);
  const made = await make();
  if (typeof made === 'string') {
    process.stderr.write(`windows: skipped, ${made}\n`);
    project.provide('windows', null);
    return async () => undefined;
  }
  const { pid, drive } = made;
  project.provide('windows', { pid, drive });
  return async () => made[Symbol.asyncDispose]();
}

async function make(): Promise<(World & AsyncDisposable) | string> {
  const reason = whyNot();
  if (reason !== null) return reason;
  let root: string;
  let packages: string;
  try {
    [root, packages] = await Promise.all([wineRoot(), windowsPackages()]);
  } catch (error) {
    // offline, mostly: that is no failure of Varvel's
    const text = error instanceof Error ? error.message : String(error);
    return `Wine couldn’t be set up: ${text.split('\n').slice(0, 2).join(' ')}`;
  }
  build();
  const world = await startWorld(root);
  try {
    await install(packages, join(world.drive, 'Program Files', 'Värvel App'));
    await mkdir(join(world.drive, 'lane'));
    await writeFile(join(world.drive, 'lane', 'package.json'), '{"type":"module"}');
    await copyFile(join(import.meta.dirname, 'inside', 'driver.ts'), join(world.drive, 'lane', 'driver.ts'));
    return world;
  } catch (error) {
    await world[Symbol.asyncDispose]();
    throw error;
  }
}
