import type { Menu, MenuItemConstructorOptions } from 'electron';
import { app } from './app.ts';
import { note, world } from './world.ts';

/** An item as a test sees it. */
export interface ShownItem {
  label: string;
  type: string;
  role: string | null;
  enabled: boolean;
  checked: boolean;
  accelerator: string | null;
  hasIcon: boolean;
  items: ShownItem[] | null;
}

type Template = MenuItemConstructorOptions;

const inMenu = ({ submenu }: Template): Template[] | null => (Array.isArray(submenu) ? submenu : null);

/** A menu: the template it was made from, which is all that there is to see of it here. */
export class StandInMenu implements Pick<Menu, 'closePopup'> {
  readonly template: Template[];
  static application: StandInMenu | null = null;

  constructor(template: Template[] = []) {
    this.template = template;
  }

  static buildFromTemplate(template: Template[]): StandInMenu {
    checkTemplate(template);
    return new StandInMenu(template);
  }

  static setApplicationMenu(menu: StandInMenu | null): void {
    StandInMenu.application = menu;
  }

  static getApplicationMenu = (): StandInMenu | null => StandInMenu.application;

  closePopup(): void {}

  shown = (): ShownItem[] => this.template.map(shownItem);

  /** Clicks an item, named by the labels on the way to it. */
  click(...labels: string[]): void {
    const [label, ...rest] = labels;
    const item = this.template.find((one) => plain(one.label ?? '') === label);
    if (!item)
      throw new Error(`There is no “${label}” in: ${this.template.map((one) => one.label).join(' | ')}`);
    const inner = inMenu(item);
    if (rest.length > 0 && inner) new StandInMenu(inner).click(...rest);
    else clickItem(item);
  }

  /** Presses the keys of an item, wherever it is. */
  press(accelerator: string): void {
    const item = find(this.template, (one) => one.accelerator === accelerator);
    if (!item) throw new Error(`No item has the keys ${accelerator}.`);
    clickItem(item);
  }
}

const plain = (label: string): string =>
  label.replaceAll('&&', '\0').replaceAll('&', '').replaceAll('\0', '&');

function find(template: Template[], wanted: (item: Template) => boolean): Template | null {
  for (const item of template) {
    if (wanted(item)) return item;
    const found = find(inMenu(item) ?? [], wanted);
    if (found) return found;
  }
  return null;
}

const shownItem = (item: Template): ShownItem => ({
  label: plain(item.label ?? ''),
  type: item.type ?? (item.submenu ? 'submenu' : 'normal'),
  role: item.role ?? null,
  enabled: item.enabled ?? true,
  checked: item.checked ?? false,
  accelerator: item.accelerator ?? null,
  hasIcon: item.icon !== undefined,
  items: inMenu(item)?.map(shownItem) ?? null,
});

function clickItem(item: Template): void {
  if (item.enabled === false) throw new Error(`“${item.label}” can't be chosen now.`);
  if (item.role === 'quit') app.quit();
  else if (item.role === 'close') [...world.windows].at(-1)?.close();
  else if (item.role) note('role', item.role);
  else if (item.click) Reflect.apply(item.click, undefined, [{ ...item }, undefined, {}]);
}

/** Electron's own refusals. */
function checkTemplate(template: Template[]): void {
  for (const item of template) {
    const named = item.label ?? item.role ?? item.type;
    if (!named)
      throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
    checkTemplate(inMenu(item) ?? []);
  }
}
