import { randomUUID } from 'node:crypto';
import { Menu, type MenuItemConstructorOptions, nativeTheme, Tray } from 'electron';
import { verdictHint } from '../../core/model/fal/verdict.ts';
import { printable } from '../../core/model/printable.ts';
import { type ProfileView, switchWarning } from '../../core/model/profile.ts';
import { type Shell, shells } from '../../core/shells/shells.ts';
import type { Varvel } from '../../core/varvel.ts';
import { type Call, errorText } from '../app/call.ts';
import type { Confirm } from '../app/confirm.ts';
import { hintWords } from '../app/hint-words.ts';
import type { Notify } from '../app/notifications.ts';
import { ringIcon, trayIcon } from './icon.ts';
import { menuLabel, type TrayAction, type TrayItem } from './item.ts';
import { readKnown } from './known.ts';
import { type TrayState, trayItems, verdictText } from './model.ts';

/** Changes within this time make one new menu. In milliseconds. */
const debounceMs = 50;

export interface TrayOptions {
  call: Call;
  notify: Notify;
  confirm: Confirm;
  folder: string;
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** The user's login shell. */
  shell: Shell;
  /** The core of the current environment. */
  varvel(): Varvel;
  open(): void;
}

/** Sets up the tray. It reads the window's data, updates with it, and acts through the same calls. */
export function setupTray({
  call,
  notify,
  confirm,
  folder,
  platform,
  env,
  shell: ownShell,
  varvel,
  open,
}: TrayOptions) {
  // keep the reference: a garbage-collected tray loses its icon
  const tray = new Tray(trayIcon(folder, platform, env));
  const shell = shells[ownShell].label;
  let shown = '';
  let timer: NodeJS.Timeout | null = null;
  let before: string | null = null;
  let testing = false;
  let current: ProfileView | null = null;

  function readState(): TrayState {
    const known = readKnown(varvel());
    if (current !== null && current.name !== known.current) before = current.name;
    current = known.profiles.find(({ name }) => name === known.current) ?? null;
    return { ...known, before, shell, testing };
  }

  function readItems(): TrayItem[] {
    try {
      return trayItems(readState());
    } catch (error) {
      return errorItems(error);
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
      current
        ? printable(`Varvel: ${current.name}, ${verdictText(current.verdict)}`)
        : 'Varvel: no current profile',
    );
    // replaced as a whole: on Linux a menu ignores later changes to its items
    tray.setContextMenu(Menu.buildFromTemplate(items.map(entry)));
  }

  function scheduleUpdate(): void {
    timer ??= setTimeout(update, debounceMs);
  }

  /** Shows the menu anew even if it says the same: a click changes its check marks. */
  function scheduleUpdateAnew(): void {
    shown = '';
    scheduleUpdate();
  }

  const entry = (item: TrayItem): MenuItemConstructorOptions => {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'text':
        return {
          label: menuLabel(item.label),
          enabled: false,
          ...(item.color !== null && { icon: ringIcon(item.color) }),
        };
      case 'profile':
        return {
          label: menuLabel(item.label),
          type: 'checkbox',
          checked: item.checked,
          icon: ringIcon(item.color),
          click: () => void attempt(`Couldn’t switch to ${item.name}`, () => chooseProfile(item.name)),
        };
      case 'action':
        return {
          label: menuLabel(item.label),
          enabled: item.enabled,
          click: () => void attempt(failureTitles[item.action], actions[item.action]),
        };
      case 'end':
        return {
          label: menuLabel(item.label),
          click: () => void attempt(`Couldn’t end ${item.name}`, () => endTemporary(item)),
        };
      case 'menu':
        return { label: menuLabel(item.label), submenu: item.items.map(entry) };
    }
  };

  const switchTo = async (name: string | null) => {
    await call('profiles.switch', { name });
  };

  /** Asks before a profile whose key is missing or known not to work, and says what was current. */
  async function chooseProfile(name: string): Promise<void> {
    const old = current?.name ?? null;
    if (name === old) return scheduleUpdateAnew();
    const warning = switchWarning(await call('profiles.read', { name }));
    const question = {
      message: `Switch to ${name}?`,
      detail: `${warning} Shells and tools that follow the current profile won’t be able to call fal.`,
      action: 'Switch anyway',
    };
    // a cancelled choice left its check mark in the menu
    if (warning !== null && !(await confirm(question))) return scheduleUpdateAnew();
    await switchTo(name);
    notify(
      `Now on ${name}`,
      old === null ? 'There was no current profile.' : `Was ${old}. The tray’s menu switches back to it.`,
    );
  }

  async function endTemporary({ id, name }: { id: string; name: string }): Promise<void> {
    const question = {
      message: `End ${name} now?`,
      detail: 'The temporary key is revoked at fal. A program that still uses it can’t call fal any more.',
      action: 'End key',
    };
    if (!(await confirm(question))) return;
    await call('keys.endTemporary', { id });
    notify(`Ended ${name}`, 'The temporary key is revoked.');
  }

  const actions: Record<TrayAction, () => Promise<void> | void> = {
    test: testCurrent,
    async copy() {
      const profile = await readCurrent();
      if (!profile?.keyId) return;
      const { seconds } = await call('keys.copy', { id: profile.keyId });
      notify(`Copied the key of ${profile.name}`, `The clipboard will be cleared in ${seconds} seconds.`);
    },
    async 'copy-export'() {
      if (!current) return;
      const { seconds } = await call('profiles.copyExport', { name: current.name, shell: null });
      notify(
        `Copied the export line of ${current.name}`,
        `Paste it into ${shell}. The clipboard will be cleared in ${seconds} seconds.`,
      );
    },
    open,
    pause: () => switchTo(null),
    resume: async () => {
      if (before !== null) await chooseProfile(before);
    },
    quit: async () => void (await call('app.quit', null)),
  };

  /** Reads the shown profile again: its key may have changed since the menu opened. */
  const readCurrent = async (): Promise<ProfileView | null> =>
    current && call('profiles.read', { name: current.name });

  async function testCurrent(): Promise<void> {
    if (testing) return;
    testing = true;
    scheduleUpdate();
    try {
      const { name, keyId } = (await readCurrent()) ?? {};
      if (!name || !keyId) return;
      const [result] = await call('keys.test', { run: randomUUID(), ids: [keyId] });
      if (!result) return;
      const { verdict } = result;
      notify(
        `${name}: ${verdictText(verdict)}`,
        [verdict.message, hintWords(verdictHint(verdict, keyId))].filter(Boolean).join(' '),
        open,
      );
    } finally {
      testing = false;
      scheduleUpdate();
    }
  }

  async function attempt(failureTitle: string, work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { message, hint } = errorText(error);
      notify(failureTitle, [message, hint].filter(Boolean).join(' '), open);
      scheduleUpdateAnew();
    }
  }

  const newIcon = () => tray.setImage(trayIcon(folder, platform, env));
  nativeTheme.on('updated', newIcon);
  // on macOS a click opens the menu; elsewhere it opens the window
  if (platform !== 'darwin') tray.on('click', open);

  return {
    /** Call it after any change, here or in another process. The first call builds the menu. */
    scheduleUpdate,
    close(): void {
      if (timer) clearTimeout(timer);
      nativeTheme.off('updated', newIcon);
      tray.destroy();
    },
  };
}

/** The title of the notification when an action fails. */
const failureTitles: Record<TrayAction, string> = {
  test: 'Couldn’t test the key',
  copy: 'Couldn’t copy the key',
  'copy-export': 'Couldn’t copy the export line',
  open: 'Couldn’t open Varvel',
  pause: 'Couldn’t switch profile',
  resume: 'Couldn’t switch profile',
  quit: 'Couldn’t quit Varvel',
};

function errorItems(error: unknown): TrayItem[] {
  const { message, hint } = errorText(error);
  return [
    ...[message, hint]
      .filter(Boolean)
      .map((line): TrayItem => ({ kind: 'text', label: line.slice(0, 90), color: null })),
    { kind: 'separator' },
    { kind: 'action', action: 'open', label: 'Open Varvel', enabled: true },
    { kind: 'action', action: 'quit', label: 'Quit Varvel', enabled: true },
  ];
}
