import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { giveUp, must, say } from './run.mjs';

/** What is needed of the system, by Debian's package names, and how to see that it is there. */
const keychain = {
  'gnome-keyring': () => hasProgram('gnome-keyring-daemon'),
  dbus: () => hasProgram('dbus-daemon') && hasProgram('dbus-send'),
  'libsecret-1-0': () => hasLibrary('libsecret-1.so.0'),
};
const browser = { chromium: () => browsers.some(hasProgram) };
const tools = {
  'libsecret-tools': () => hasProgram('secret-tool'),
  bsdutils: () => hasProgram('script'),
  'util-linux': () => hasProgram('unshare'),
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
/** The other readers of env files, each for the system's own Python and Ruby. */
const readers = {
  'python3-dotenv': () => existsSync('/usr/lib/python3/dist-packages/dotenv'),
  'ruby-dotenv': () => existsSync('/usr/share/rubygems-integration/all/specifications') && hasGem('dotenv'),
};
/** A desktop without a screen, to run Electron on: display, bus, window manager, panel, notifications, hands. */
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

/** What each purpose needs; the one list of it. */
export const purposes = {
  demo: { ...keychain, ...browser },
  pictures: browser,
  test: { ...keychain, ...browser, ...tools, ...shells, ...readers, ...others, ...desktop },
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

/** What a purpose can do without, and what then becomes of it. */
const dispensable = {
  demo: { chromium: 'the sign-in pages are then followed by their links, without a browser' },
  bench: {
    chromium: 'the window is left out',
    gh: 'it is left out of the comparison',
    'libsecret-tools': 'secret-tool is left out of the comparison',
    zsh: 'its prompt is left out',
    fish: 'its prompt is left out',
    direnv: 'prompts are then compared with an empty one only',
    ...Object.fromEntries(Object.keys(desktop).map((name) => [name, 'the desktop program is left out'])),
  },
};

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Installs what is missing of the system, where that can be done without asking; else says what to do. */
export function installPackages(purpose, args) {
  const needed = neededFor(purpose, args);
  if (process.platform !== 'linux') return;
  const missing = Object.keys(needed).filter((name) => !needed[name]());
  if (missing.length === 0) return;
  const apt = hasProgram('apt-get');
  if (apt && process.getuid() === 0) return install(missing, purpose);
  const spared = dispensable[purpose] ?? {};
  const command = `sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const lines = [
    `This needs of the system: ${missing.join(', ')}${apt ? '' : ' (as Debian names them; your system’s names may differ)'}.`,
    ...(apt ? [`Install it with:  ${command}`] : []),
  ];
  if (missing.every((name) => spared[name])) {
    for (const name of missing) say(`${name} is missing: ${spared[name]}.`);
    return;
  }
  // Where there is no apt, the names are Debian's guess: go on and let what needs them say so.
  if (!apt) return lines.forEach(say);
  if (purpose === 'demo') lines.push('Or see the demo without a keychain:  npm run demo -- --vault file');
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
  for (const name of missing) (dispensable[purpose]?.[name] ? spared : needed).push(name);
  if (needed.length) must('apt-get', [...toInstall, ...needed], options);
  if (spared.length && spawnSync('apt-get', [...toInstall, ...spared], options).status !== 0) {
    for (const name of spared) say(`${name} could not be installed: ${dispensable[purpose][name]}.`);
  }
}

/** The window is shown by Electron or by a browser of the person's own: only the walk-through drives one. */
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
