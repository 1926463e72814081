import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/**
 * A Secret Service of one's own for a test: gnome-keyring on a private bus, below a temporary home. It works
 * as root, in a container and without a display. Nothing activates services on the private bus, so that what
 * a test stops stays stopped.
 */
export interface Bus extends AsyncDisposable {
  /** The environment for processes that shall use this bus; without the caller's VARVEL_*, XDG_* and display. */
  env: Record<string, string>;
  /** The temporary home, also the HOME of `env`. */
  home: string;
  /** Ends every process and removes the home. May be called twice. */
  close(): Promise<void>;
}

export interface Keyring extends Bus {
  /** Locks the collection, as the screen's lock or the user would. */
  lock(): Promise<void>;
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

const busConfig = (socket: string): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

const inherited = (): Record<string, string> => {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    const ours = /^(VARVEL_|XDG_|DBUS_|GNOME_KEYRING_)|^(DISPLAY|WAYLAND_DISPLAY|HOME|SSH_AUTH_SOCK)$/;
    if (value !== undefined && !ours.test(name)) env[name] = value;
  }
  return env;
};

/** A child that dies with this process, however that ends; its SIGKILL is also sent on exit. */
function startDaemon(command: string, args: string[], env: Record<string, string>, input: string | null) {
  const bound = existsSync('/usr/bin/setpriv')
    ? { command: '/usr/bin/setpriv', args: ['--pdeathsig', 'KILL', command, ...args] }
    : { command, args };
  const child = spawn(bound.command, bound.args, { env, stdio: ['pipe', 'ignore', 'ignore'] });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    process.off('exit', end);
  };
  return { child, stop };
}

async function until(what: string, ready: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; ; await sleep(20)) {
    if (await ready()) return;
    if (Date.now() > end) throw new Error(`${what} did not come up within 10 s`);
  }
}

/** A private bus on which there is no Secret Service and none will start. */
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
  const daemon = startDaemon('dbus-daemon', [`--config-file=${home}/bus.conf`, '--nofork'], env, null);
  const close = async () => {
    await daemon.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    await until('dbus-daemon', () => existsSync(socket));
  } catch (error) {
    await close();
    throw error;
  }
  return { env, home, close, [Symbol.asyncDispose]: close };
}

/** What PAM sends to the daemon's control socket at log-in: a credentials byte, then length, operation, password. */
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

/** A private bus with a gnome-keyring on it whose collection is open. */
export async function startKeyring(): Promise<Keyring> {
  const bus = await busWithoutService();
  const daemon = startDaemon(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets'],
    bus.env,
    password,
  );
  const close = async () => {
    await daemon.stop();
    await bus.close();
  };
  const service = async (...call: string[]): Promise<string> => {
    const to = ['--session', '--print-reply', '--reply-timeout=3000', '--dest=org.freedesktop.secrets'];
    const { stdout } = await run('dbus-send', [...to, '/org/freedesktop/secrets', ...call], { env: bus.env });
    return stdout;
  };
  const collection = '/org/freedesktop/secrets/collection/login';
  try {
    await until('gnome-keyring-daemon', async () => {
      const answer = service('org.freedesktop.Secret.Service.ReadAlias', 'string:default');
      return (await answer.catch(() => '')).includes(collection);
    });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...bus,
    lock: async () => {
      await service('org.freedesktop.Secret.Service.Lock', `array:objpath:${collection}`);
    },
    unlock: () => unlockByControl(join(bus.home, 'run', 'keyring', 'control')),
    freeze: () => void daemon.child.kill('SIGSTOP'),
    thaw: () => void daemon.child.kill('SIGCONT'),
    kill: daemon.stop,
    close,
    [Symbol.asyncDispose]: close,
  };
}
