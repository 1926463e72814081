import { randomUUID } from 'node:crypto';
import { Menu, type MenuItemConstructorOptions, nativeTheme, Tray } from 'electron';
import type { ProfileView } from '../../core/model/profile.ts';
import { verdictHint } from '../../core/model/verdict.ts';
import { type Shell, shells } from '../../core/shells/shells.ts';
import type { Varvel } from '../../core/varvel.ts';
import { type Call, wordsOf } from '../app/call.ts';
import { hintWords } from '../app/hint-words.ts';
import type { Notify } from '../app/notifications.ts';
import { ringIcon, trayIcon } from './icon.ts';
import type { TrayAction, TrayItem } from './item.ts';
import { countUses, type TrayState, trayItems, verdictText } from './model.ts';

/** Changes that come together make one new menu. In milliseconds. */
const gatherMs = 50;
/** How much of the log says which profiles are used most. */
const lately = { withinMs: 90 * 86_400_000, limit: 1000 };

export interface TrayOptions {
  call: Call;
  notify: Notify;
  folder: string;
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** The person's own shell. */
  shell: Shell;
  /** The core of the environment in use. */
  varvel(): Varvel;
  open(): void;
}

/** The tray: the fourth face. It reads what the window reads, when the window does, and acts by the same calls. */
export function setupTray({
  call,
  notify,
  folder,
  platform,
  env,
  shell: ownShell,
  varvel,
  open,
}: TrayOptions) {
  // held here: a tray that nothing refers to is collected, and its icon goes
  const tray = new Tray(trayIcon(folder, platform, env));
  const shell = shells[ownShell].label;
  let shown = '';
  let timer: NodeJS.Timeout | null = null;
  let paused: string | null = null;
  let testing = false;
  let current: ProfileView | null = null;

  /** From the core, without the schemas of the bridge between: there may be ten thousand, and a switch shows within a second. */
  function read(): TrayState {
    const { profiles, activity, environment } = varvel();
    const { profiles: all, current: name } = profiles.list();
    const log = activity.list({ ...lately, keyId: null });
    current = all.find((profile) => profile.name === name) ?? null;
    if (name !== null) paused = null;
    return {
      current: name,
      profiles: all,
      uses: countUses(log),
      paused,
      shell,
      testing,
      environment: environment.name,
    };
  }

  function readItems(): TrayItem[] {
    try {
      return trayItems(read());
    } catch (error) {
      return failedItems(error);
    }
  }

  function update(): void {
    timer = null;
    if (tray.isDestroyed()) return;
    const items = readItems();
    const now = JSON.stringify(items);
    if (now === shown) return;
    shown = now;
    tray.setToolTip(
      current ? `Varvel: ${current.name}, ${verdictText(current.verdict)}` : 'Varvel: no profile',
    );
    // set anew rather than changed: on Linux a menu that was set does not follow its items
    tray.setContextMenu(Menu.buildFromTemplate(items.map(entry)));
  }

  function changed(): void {
    timer ??= setTimeout(update, gatherMs);
  }

  const entry = (item: TrayItem): MenuItemConstructorOptions => {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'text':
        return {
          label: plain(item.label),
          enabled: false,
          ...(item.color !== null && { icon: ringIcon(item.color) }),
        };
      case 'profile':
        return {
          label: plain(item.label),
          type: 'checkbox',
          checked: item.checked,
          icon: ringIcon(item.color),
          click: () => void attempt(`Switching to ${item.name}`, () => switchTo(item.name)),
        };
      case 'action':
        return {
          label: plain(item.label),
          enabled: item.enabled,
          click: () => void attempt(item.label, actions[item.action]),
        };
      case 'menu':
        return { label: plain(item.label), submenu: item.items.map(entry) };
    }
  };

  const switchTo = async (name: string | null) => {
    await call('profiles.switch', { name });
  };

  const actions: Record<TrayAction, () => Promise<void> | void> = {
    test: testCurrent,
    async copy() {
      const profile = await currentNow();
      if (!profile?.keyId) return;
      const { seconds } = await call('keys.copy', { id: profile.keyId });
      notify(`Key of ${profile.name} copied`, `The clipboard is cleared in ${seconds} seconds.`);
    },
    async 'copy-export'() {
      if (!current) return;
      const { seconds } = await call('profiles.copyExport', { name: current.name, shell: null });
      notify(
        `Export line of ${current.name} copied`,
        `Paste it into ${shell}. The clipboard is cleared in ${seconds} seconds.`,
      );
    },
    open,
    async pause() {
      const before = current?.name ?? null;
      await switchTo(null);
      paused = before;
      changed();
    },
    resume: () => switchTo(paused),
    quit: async () => void (await call('app.quit', null)),
  };

  /** The profile that the menu shows, as it is now: its key may have been changed since the menu was opened. */
  const currentNow = async (): Promise<ProfileView | null> =>
    current && call('profiles.read', { name: current.name });

  async function testCurrent(): Promise<void> {
    if (testing) return;
    testing = true;
    changed();
    try {
      const { name, keyId } = (await currentNow()) ?? {};
      if (!name || !keyId) return;
      const [result] = await call('keys.test', { run: randomUUID(), ids: [keyId] });
      if (!result) return;
      const { verdict } = result;
      notify(
        `${name}: ${verdictText(verdict)}`,
        [verdict.message, hintWords(verdictHint(verdict.kind, keyId))].filter(Boolean).join(' '),
        open,
      );
    } finally {
      testing = false;
      changed();
    }
  }

  async function attempt(what: string, work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { message, hint } = wordsOf(error);
      notify(`${what}: that didn’t work`, [message, hint].filter(Boolean).join(' '), open);
      shown = '';
      changed();
    }
  }

  const newIcon = () => tray.setImage(trayIcon(folder, platform, env));
  nativeTheme.on('updated', newIcon);
  // on macOS a click opens the menu; elsewhere it may arrive and then means the window
  if (platform !== 'darwin') tray.on('click', open);

  return {
    /** Reads the menu: there is none before the first time. */
    changed,
    close(): void {
      if (timer) clearTimeout(timer);
      nativeTheme.off('updated', newIcon);
      tray.destroy();
    },
  };
}

/** An & in a label would underline the next letter. */
const plain = (label: string): string => label.replaceAll('&', '&&');

function failedItems(error: unknown): TrayItem[] {
  const { message, hint } = wordsOf(error);
  return [
    ...[message, hint]
      .filter(Boolean)
      .map((line): TrayItem => ({ kind: 'text', label: line.slice(0, 90), color: null })),
    { kind: 'separator' },
    { kind: 'action', action: 'open', label: 'Open Varvel', enabled: true },
    { kind: 'action', action: 'quit', label: 'Quit Varvel', enabled: true },
  ];
}
