import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { busConfig } from '../daemons/bus-config.ts';
import { startDaemon } from '../daemons/daemon.ts';
import { waitUntil } from '../daemons/wait-until.ts';

/**
 * A private Secret Service for a test: gnome-keyring on a private bus, with a temporary home. It works as root,
 * in a container and without a display. The bus starts no services, so what a test stops stays stopped.
 */
export interface Bus extends AsyncDisposable {
  /** The environment for processes on this bus, without the caller's VARVEL_*, XDG_* and display. */
  env: Record<string, string>;
  /** The temporary home, also the HOME of `env`. */
  home: string;
  /** Ends every process and removes the home. Can be called twice. */
  close(): Promise<void>;
}

export interface Keyring extends Bus {
  /** Locks the collection, like the screen lock or the user. */
  lock(): Promise<void>;
  /** Makes a second, open collection the default; the first is locked, as after a forgotten log-in password. */
  replaceDefault(): Promise<void>;
  /** Moves items, by their accounts, into a second collection, which becomes the default and is locked; the first stays open. */
  lockAway(accounts: string[], options?: { leaving?: 'nothing' | 'a copy' }): Promise<void>;
  /** Unlocks it again with its password. */
  unlock(): Promise<void>;
  /** Stops the daemon (SIGSTOP): it keeps its name on the bus and never answers. */
  freeze(): void;
  thaw(): void;
  /** Ends the daemon; the bus stays. */
  kill(): Promise<void>;
}

const run = promisify(execFile);
const password = 'the keyring of a test';

const inherited = (): Record<string, string> => {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    const ours = /^(VARVEL_|XDG_|DBUS_|GNOME_KEYRING_)|^(DISPLAY|WAYLAND_DISPLAY|HOME|SSH_AUTH_SOCK)$/;
    if (value !== undefined && !ours.test(name)) env[name] = value;
  }
  return env;
};

/** How long a daemon may take to start, in milliseconds. */
const startMs = 10_000;

/** A private bus without a Secret Service. */
export async function busWithoutService(): Promise<Bus> {
  const home = await mkdtemp(join(tmpdir(), 'vk-'));
  const socket = join(home, 'bus');
  const runtime = join(home, 'run');
  await mkdir(runtime);
  await chmod(runtime, 0o700);
  await writeFile(join(home, 'bus.conf'), busConfig(socket));
  const env = {
    ...inherited(),
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}`,
  };
  const daemon = startDaemon('dbus-daemon', [`--config-file=${home}/bus.conf`, '--nofork'], { env });
  const close = async () => {
    await daemon.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    await waitUntil('dbus-daemon', () => (existsSync(socket) ? true : null), startMs);
  } catch (error) {
    await close();
    throw error;
  }
  return { env, home, close, [Symbol.asyncDispose]: close };
}

/** Sends what PAM sends to the daemon's control socket at log-in: a credentials byte, then length, operation, password. */
async function unlockByControl(socketPath: string): Promise<void> {
  const secret = Buffer.from(password);
  const packet = Buffer.alloc(12 + secret.length);
  packet.writeUInt32BE(packet.length, 0);
  packet.writeUInt32BE(1, 4);
  packet.writeUInt32BE(secret.length, 8);
  secret.copy(packet, 12);
  const socket = connect(socketPath);
  try {
    await once(socket, 'connect');
    socket.write(Buffer.concat([Buffer.alloc(1), packet]));
    const chunks: Buffer[] = [];
    for await (const chunk of socket) {
      chunks.push(chunk);
      if (Buffer.concat(chunks).length >= 8) break;
    }
    if (Buffer.concat(chunks).readUInt32BE(4) !== 0) throw new Error('gnome-keyring refused the password');
  } finally {
    socket.destroy();
  }
}

/** Calls secret-tool. @param input what it reads */
async function secretTool(env: Record<string, string>, args: string[], input = ''): Promise<string> {
  const called = run('secret-tool', args, { env });
  called.child.stdin?.end(input);
  return (await called).stdout;
}

/** The service and the secret of an item. */
async function itemOf(env: Record<string, string>, account: string) {
  const { stdout, stderr } = await run('secret-tool', ['search', 'account', account], { env });
  const value = await secretTool(env, ['lookup', 'account', account]);
  return { service: `${stdout}${stderr}`.match(/^attribute\.service = (.*)$/m)?.[1], value };
}

/** A private bus with an unlocked gnome-keyring. */
export async function startKeyring(): Promise<Keyring> {
  const bus = await busWithoutService();
  const start = () =>
    startDaemon('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
      env: bus.env,
      input: password,
    });
  let daemon = start();
  const close = async () => {
    await daemon.stop();
    await bus.close();
  };
  const service = async (...call: string[]): Promise<string> => {
    const to = ['--session', '--print-reply', '--reply-timeout=3000', '--dest=org.freedesktop.secrets'];
    const { stdout } = await run('dbus-send', [...to, '/org/freedesktop/secrets', ...call], { env: bus.env });
    return stdout;
  };
  const isDefault = async (path: string): Promise<true | null> => {
    const answer = service('org.freedesktop.Secret.Service.ReadAlias', 'string:default');
    return (await answer.catch(() => '')).includes(path) ? true : null;
  };
  const collection = '/org/freedesktop/secrets/collection/login';
  try {
    await waitUntil('gnome-keyring-daemon', () => isDefault(collection), startMs);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...bus,
    lock: async () => {
      await service('org.freedesktop.Secret.Service.Lock', `array:objpath:${collection}`);
    },
    replaceDefault: async () => {
      await daemon.stop();
      const folder = join(bus.home, 'data', 'keyrings');
      // a keyring without a password is a plain file, and open
      const keyring =
        '[keyring]\ndisplay-name=second\nctime=0\nmtime=0\nlock-on-idle=false\nlock-after=false\n';
      await writeFile(join(folder, 'second.keyring'), keyring, { mode: 0o600 });
      await writeFile(join(folder, 'default'), 'second');
      daemon = startDaemon('gnome-keyring-daemon', ['--foreground', '--components=secrets'], {
        env: bus.env,
      });
      await waitUntil('the second keyring', () => isDefault('/org/freedesktop/secrets/collection/second'));
    },
    lockAway: async (accounts, { leaving = 'nothing' } = {}) => {
      const folder = join(bus.home, 'data', 'keyrings');
      await using other = await startKeyring();
      for (const account of accounts) {
        const { service: of = '', value } = await itemOf(bus.env, account);
        const attributes = ['service', of, 'account', account];
        await secretTool(other.env, ['store', '--label', account, ...attributes], value);
        if (leaving === 'nothing') await secretTool(bus.env, ['clear', ...attributes]);
      }
      await daemon.stop();
      await copyFile(join(other.home, 'data', 'keyrings', 'login.keyring'), join(folder, 'second.keyring'));
      await writeFile(join(folder, 'default'), 'second');
      daemon = start();
      await waitUntil('the second keyring', () => isDefault('/org/freedesktop/secrets/collection/second'));
    },
    unlock: () => unlockByControl(join(bus.home, 'run', 'keyring', 'control')),
    freeze: () => void daemon.process.kill('SIGSTOP'),
    thaw: () => void daemon.process.kill('SIGCONT'),
    kill: () => daemon.stop(),
    close,
    [Symbol.asyncDispose]: close,
  };
}
