import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { giveUp, must, say } from './run.mjs';

/** Required system packages, by their Debian names, and how to check for them. */
const keychain = {
  'gnome-keyring': () => hasProgram('gnome-keyring-daemon'),
  dbus: () => hasProgram('dbus-daemon') && hasProgram('dbus-send'),
  'libsecret-1-0': () => hasLibrary('libsecret-1.so.0'),
};
const browser = { chromium: () => browsers.some(hasProgram) };
/** The window's tests open hundreds of pages, and this browser has nothing but pages. */
const pages = { 'chromium-headless-shell': () => hasProgram('chromium-headless-shell') };
const tools = {
  'libsecret-tools': () => hasProgram('secret-tool'),
  bsdutils: () => hasProgram('script'),
  'util-linux': () => hasProgram('unshare'),
  'tinyproxy-bin': () => hasProgram('tinyproxy'),
};
const shells = {
  ...Object.fromEntries(
    ['zsh', 'fish', 'tcsh', 'elvish', 'mksh', 'busybox', 'direnv', 'tmux'].map((name) => [
      name,
      () => hasProgram(name),
    ]),
  ),
  'ksh93u+m': () => hasProgram('ksh93'),
};
/** Other env file readers, for the system's Python and Ruby. */
const readers = {
  'python3-dotenv': () => existsSync('/usr/lib/python3/dist-packages/dotenv'),
  'ruby-dotenv': () => existsSync('/usr/share/rubygems-integration/all/specifications') && hasGem('dotenv'),
};
/** A virtual desktop for Electron: display, bus, window manager, panel, notifications, input. */
const desktop = {
  ...Object.fromEntries(
    ['openbox', 'xfce4-panel', 'dunst', 'xclip', 'xdotool', 'unzip'].map((name) => [
      name,
      () => hasProgram(name),
    ]),
  ),
  xvfb: () => hasProgram('Xvfb'),
  systemd: () => hasProgram('busctl'),
  'libglib2.0-bin': () => hasProgram('gdbus'),
  'libgtk-3-0': () => hasLibrary('libgtk-3.so.0'),
  libnss3: () => hasLibrary('libnss3.so'),
  libasound2: () => hasLibrary('libasound.so.2'),
  libgbm1: () => hasLibrary('libgbm.so.1'),
  libnotify4: () => hasLibrary('libnotify.so.4'),
};
const others = Object.fromEntries(['age', 'strace', 'git'].map((name) => [name, () => hasProgram(name)]));

/** The packages of each purpose. */
export const purposes = {
  demo: { ...keychain, ...browser },
  pictures: browser,
  test: { ...keychain, ...browser, ...pages, ...tools, ...shells, ...readers, ...others, ...desktop },
  bench: {
    ...keychain,
    ...browser,
    ...tools,
    ...desktop,
    gh: () => hasProgram('gh'),
    zsh: () => hasProgram('zsh'),
    fish: () => hasProgram('fish'),
    direnv: () => hasProgram('direnv'),
  },
  build: {},
};

/** Optional packages of a purpose, and what happens without them. */
const optional = {
  test: { 'chromium-headless-shell': 'the window’s tests take half as long again' },
  demo: { chromium: 'the demo follows the sign-in pages’ links instead of using a browser' },
  bench: {
    chromium: 'skipping the window',
    gh: 'not compared',
    'libsecret-tools': 'secret-tool is not compared',
    zsh: 'its prompt is not measured',
    fish: 'its prompt is not measured',
    direnv: 'prompts are only compared with an empty one',
    ...Object.fromEntries(Object.keys(desktop).map((name) => [name, 'skipping the desktop program'])),
  },
};

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Installs missing system packages if that needs no password; otherwise says what to do. */
export function installPackages(purpose, args) {
  const needed = neededFor(purpose, args);
  if (process.platform !== 'linux') return;
  const missing = Object.keys(needed).filter((name) => !needed[name]());
  if (missing.length === 0) return;
  const apt = hasProgram('apt-get');
  if (apt && process.getuid() === 0) return install(missing, purpose);
  const spared = optional[purpose] ?? {};
  const command = `sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const lines = [
    `Missing system packages: ${missing.join(', ')}${apt ? '' : ' (Debian’s names; your system’s may differ)'}.`,
    ...(apt ? [`Install them with:  ${command}`] : []),
  ];
  if (missing.every((name) => spared[name])) {
    for (const name of missing) say(`${name} is missing: ${spared[name]}.`);
    return;
  }
  // Without apt, the names are a guess: continue, and let the steps that need them fail.
  if (!apt) return lines.forEach(say);
  if (purpose === 'demo') lines.push('Or run the demo without a keychain:  npm run demo -- --vault file');
  giveUp(lines);
}

function install(missing, purpose) {
  say(`apt-get install ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  const options = { env, stdio: ['ignore', 'ignore', 2] };
  spawnSync('apt-get', ['update', ...quiet], options);
  const toInstall = ['install', '-y', '--no-install-recommends', ...quiet];
  const [needed, spared] = [[], []];
  for (const name of missing) (optional[purpose]?.[name] ? spared : needed).push(name);
  if (needed.length) must('apt-get', [...toInstall, ...needed], options);
  if (spared.length && spawnSync('apt-get', [...toInstall, ...spared], options).status !== 0) {
    for (const name of spared) say(`Couldn’t install ${name}: ${optional[purpose][name]}.`);
  }
}

/** Electron or the user's browser shows the window: only the walk-through needs a browser. */
const neededFor = (purpose, args) =>
  purpose === 'demo'
    ? { ...(!usesFileVault(args) && keychain), ...(args.includes('--terminal') && browser) }
    : purpose === 'test' && process.env.VARVEL_TEST_ELECTRON === 'none'
      ? withoutDesktop(purposes.test)
      : purposes[purpose];

const withoutDesktop = (needed) =>
  Object.fromEntries(Object.entries(needed).filter(([name]) => !Object.hasOwn(desktop, name)));

const usesFileVault = (args) =>
  args.some((word, at) => word === '--vault=file' || (word === '--vault' && args[at + 1] === 'file'));

const hasProgram = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .concat('/usr/bin', '/usr/sbin')
    .some((folder) => folder !== '' && existsSync(join(folder, name)));

const hasGem = (name) =>
  readdirSync('/usr/share/rubygems-integration/all/specifications').some((file) =>
    file.startsWith(`${name}-`),
  );

function hasLibrary(name) {
  const folders = ['/lib', '/lib64', '/usr/lib', '/usr/lib64', '/usr/local/lib'];
  const triples = existsSync('/usr/lib')
    ? readdirSync('/usr/lib')
        .filter((entry) => entry.includes('-linux-'))
        .map((entry) => join('/usr/lib', entry))
    : [];
  return [...folders, ...triples].some((folder) => existsSync(join(folder, name)));
}
