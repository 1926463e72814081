import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { waitUntil } from '../../daemons/wait-until.ts';
import { person } from '../person.ts';
import { type Bus, type BusObject, plain } from './bus.ts';

export interface ShownNotification {
  title: string;
  body: string;
}

/** The notifications that a session's daemon was given and has shown. */
export interface Notifications {
  shown(): ShownNotification[];
  /** Takes what is shown away, and knows of none any more. */
  forget(): Promise<void>;
  /** Clicks on the one that is shown. @throws Error when it isn't there, or isn't alone */
  click(title: string): Promise<void>;
  stop(): Promise<void>;
}

const Message = z.object({
  type: z.string(),
  cookie: z.optional(z.number()),
  reply_cookie: z.optional(z.number()),
  sender: z.optional(z.string()),
  destination: z.optional(z.nullable(z.string())),
  member: z.optional(z.nullable(z.string())),
  payload: z.optional(z.object({ data: z.optional(z.unknown()) })),
});

const dunst: BusObject = {
  name: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.dunstproject.cmd0',
};

/** Listens on the bus, as any monitor may: a notification counts when the daemon has answered with its number. */
export async function watchNotifications(
  env: Record<string, string>,
  bus: Bus,
  run: (program: string, ...args: string[]) => Promise<string>,
): Promise<Notifications> {
  const child = spawn(
    '/usr/bin/setpriv',
    [
      ...[
        '--pdeathsig',
        'KILL',
        'busctl',
        `--address=${env.DBUS_SESSION_BUS_ADDRESS}`,
        '--json=short',
        'monitor',
      ],
      '--match=interface=org.freedesktop.Notifications',
      '--match=type=method_return,sender=org.freedesktop.Notifications',
    ],
    { env, ...person, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const waiting = new Map<string, ShownNotification>();
  const shown: (ShownNotification & { id: number })[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = Message.safeParse(JSON.parse(line));
    if (!message.success) return;
    const { type, cookie, reply_cookie, sender, destination, member, payload } = message.data;
    const data = plain(payload?.data);
    if (!Array.isArray(data)) return;
    if (type === 'method_call' && member === 'Notify') {
      const [, , , title, body] = data;
      waiting.set(`${sender} ${cookie}`, { title: String(title), body: String(body) });
    }
    const answered = waiting.get(`${destination} ${reply_cookie}`);
    if (type === 'method_return' && answered) shown.push({ ...answered, id: Number(data[0]) });
  });
  let listens = false;
  child.stderr.on('data', (part) => {
    if (String(part).includes('Monitoring')) listens = true;
  });
  await waitUntil('the monitor', () => (listens ? true : null));
  return {
    shown: () => shown.map(({ title, body }) => ({ title, body })),
    async forget() {
      await bus.call(dunst, 'NotificationCloseAll');
      waiting.clear();
      shown.length = 0;
    },
    async click(title) {
      const displayed = await bus.read(dunst, 'displayedLength');
      if (displayed !== 1 || shown.at(-1)?.title !== title)
        throw new Error(`“${title}” is not shown, or not alone: ${displayed} are.`);
      // all of dunst's are in one window
      await run(
        'xdotool',
        'search',
        '--class',
        'dunst',
        'mousemove',
        '--window',
        '%1',
        '40',
        '20',
        'click',
        '1',
      );
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
