import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setup as build, node, root } from './build.ts';
import { findTestElectron, type TestElectron } from './find-electron.ts';

/** The desktop program and the command line as a package lays them out, where the ordinary user can read them. */
export interface Installed {
  electron: TestElectron;
  /** What Electron is started with: the modules it loads first, then the program's folder. */
  modules: string[];
  app: string;
  /** The command line. */
  varvel: string;
}

/** The addon that an older Electron needs, and what loads it. */
export const shimPackages = ['@photostructure/sqlite', 'node-gyp-build'];

/** Lays the built program out for the tests, for the Node in the Electron that they run on. */
export async function install(electron: TestElectron): Promise<Installed & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'varvel-installed-'));
  const close = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    await chmod(folder, 0o755);
    node(join(root, 'scripts', 'build-desktop.ts'));
    node(join(root, 'scripts', 'stage-desktop.ts'), folder);
    const app = join(folder, 'app');
    if (electron.shims.length > 0)
      node(join(root, 'scripts', 'build-desktop.ts'), '--out', join(app, 'dist'), '--target', 'node20');
    const modules = await copyModules(folder, electron);
    return {
      electron,
      modules,
      app,
      varvel: join(folder, 'cli', 'bin', 'varvel'),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The tests' own modules, and the addon that one of them needs. */
async function copyModules(folder: string, { shims }: TestElectron): Promise<string[]> {
  const target = join(folder, 'test');
  await mkdir(target);
  for (const name of shims.length > 0 ? shimPackages : [])
    await cp(join(root, 'node_modules', name), join(target, 'node_modules', name), { recursive: true });
  const modules: string[] = [];
  for (const path of [...shims, join(import.meta.dirname, 'probe.cjs')]) {
    const copy = join(target, path.slice(path.lastIndexOf('/') + 1));
    await cp(path, copy);
    modules.push(copy);
  }
  return modules;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Null when the desktop tests are left out. */
    installed: Installed | null;
  }
}

/** For vitest: before the desktop tests, once. */
export async function setup(project: { provide(name: 'installed', value: Installed | null): void }) {
  if (process.env.VARVEL_TEST_ELECTRON === 'none') {
    process.stderr.write('test: The desktop tests are left out, as VARVEL_TEST_ELECTRON=none says.\n');
    project.provide('installed', null);
    return () => undefined;
  }
  const electron = await findTestElectron(process.env);
  process.stderr.write(`test: The desktop tests run on Electron ${electron.version}.\n`);
  build();
  const { [Symbol.asyncDispose]: close, ...installed } = await install(electron);
  project.provide('installed', installed);
  return close;
}
