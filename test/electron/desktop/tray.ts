import { isDeepStrictEqual } from 'node:util';
import { type Bus, busItself, trayWatcher, type Value } from './bus.ts';

/** A line of a tray's menu, as the panel shows it. */
export interface TrayLine {
  id: number;
  label: string;
  kind: 'item' | 'separator';
  checked: boolean;
  enabled: boolean;
  hasIcon: boolean;
  lines: TrayLine[];
}

/** A program's icon in the panel, over the bus that the panel asks too: StatusNotifierItem and com.canonical.dbusmenu. */
export interface TrayIcon {
  menu(): Promise<TrayLine[]>;
  /** Chooses a line, through submenus. @throws Error when it isn't there, or can't be chosen */
  choose(...labels: string[]): Promise<void>;
  /** Clicks the icon itself. */
  activate(): Promise<void>;
  /** What is said when the mouse rests on it. */
  toolTip(): Promise<string>;
  /** The icon's picture: its bytes, in ARGB. */
  picture(): Promise<Buffer>;
}

/** The icon of a process that the panel knows; null when it shows none. */
export async function findTrayIcon(bus: Bus, pid: number): Promise<TrayIcon | null> {
  const items = await bus.read(trayWatcher, 'RegisteredStatusNotifierItems').catch(() => null);
  for (const item of Array.isArray(items) ? items : []) {
    const [, name = '', path = ''] = /^([^/]+)(\/.*)$/.exec(String(item)) ?? [];
    const [owner] = await bus.call(busItself, 'GetConnectionUnixProcessID', 's', name).catch(() => []);
    if (owner === pid) return createIcon(bus, name, path);
  }
  return null;
}

function createIcon(bus: Bus, name: string, path: string): TrayIcon {
  const icon = { name, path, interface: 'org.kde.StatusNotifierItem' };

  async function menuPlace() {
    const menu = await bus.read(icon, 'Menu');
    return { name, path: String(menu), interface: 'com.canonical.dbusmenu' };
  }
  async function menu(): Promise<TrayLine[]> {
    const place = await menuPlace();
    const [, layout] = await bus.call(place, 'GetLayout', 'iias', '0', '-1', '0');
    return toLine(layout ?? null).lines;
  }
  /** The menu once it no longer changes: a new menu has new ids, and a click on an old one is lost. */
  async function stillMenu(): Promise<TrayLine[]> {
    for (let before = await menu(); ; ) {
      const now = await menu();
      if (isDeepStrictEqual(now, before)) return now;
      before = now;
    }
  }
  return {
    menu,
    async choose(...labels) {
      let lines = await stillMenu();
      let chosen: TrayLine | undefined;
      for (const label of labels) {
        chosen = lines.find((line) => line.label === label);
        if (!chosen)
          throw new Error(`The tray has no “${label}”: ${lines.map((line) => line.label).join(' · ')}`);
        if (!chosen.enabled) throw new Error(`“${label}” can't be chosen.`);
        lines = chosen.lines;
      }
      // a program that quits by it never answers
      await bus.tell(await menuPlace(), 'Event', 'isvu', String(chosen?.id), 'clicked', 's', '', '0');
    },
    activate: async () => void (await bus.call(icon, 'Activate', 'ii', '0', '0')),
    async toolTip() {
      const [, , title] = list(await bus.read(icon, 'ToolTip'));
      return String(title ?? '');
    },
    async picture() {
      const [largest] = list(await bus.read(icon, 'IconPixmap'));
      return Buffer.from(list(list(largest ?? null)[2] ?? null).map(Number));
    },
  };
}

const list = (value: Value): Value[] => (Array.isArray(value) ? value : []);

function toLine(value: Value): TrayLine {
  const [id, given, children] = list(value);
  const properties = typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {};
  const label = String(properties.label ?? '');
  return {
    id: Number(id),
    // an underscore marks the letter that chooses the line; two are one
    label: label.replace(/_(.?)/g, '$1'),
    kind: properties.type === 'separator' ? 'separator' : 'item',
    checked: properties['toggle-state'] === 1,
    enabled: properties.enabled !== false,
    hasIcon: 'icon-data' in properties,
    lines: list(children ?? null).map(toLine),
  };
}
