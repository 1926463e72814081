import { expect, test } from 'vitest';
import { type MenuChoice, menuTemplate } from '../../../main/app/menu-template.ts';

type Item = ReturnType<typeof menuTemplate>[number];

const made = (platform: NodeJS.Platform, developing = false) => {
  const chosen: MenuChoice[] = [];
  const menu = menuTemplate({ platform, developing, choose: (choice) => void chosen.push(choice) });
  return { menu, chosen, items: menu.flatMap(inside) };
};

const inside = ({ submenu }: Item): Item[] => (Array.isArray(submenu) ? submenu : []);

const names = (menu: Item[]) => menu.map(({ label, role }) => label ?? role);

test('macOS has the application’s menu with settings and quitting in it, others have them under File', () => {
  expect(names(made('darwin').menu)).toEqual(['Varvel', 'File', 'Edit', 'View', 'windowMenu', 'Help']);
  expect(names(made('linux').menu)).toEqual(['&File', '&Edit', '&View', 'windowMenu', '&Help']);
  const [application = {}] = made('darwin').menu;
  expect(names(inside(application))).toEqual(expect.arrayContaining(['about', 'Settings…', 'hide', 'quit']));
  const [file = {}] = made('win32').menu;
  expect(names(inside(file))).toEqual(expect.arrayContaining(['Create Key…', 'Settings…', 'quit']));
});

test.each(['darwin', 'linux', 'win32'] as const)(
  'on %s each of the program’s keys asks for its command, once',
  (platform) => {
    const { items, chosen } = made(platform);
    const wanted = {
      'CmdOrCtrl+K': 'palette',
      'CmdOrCtrl+P': 'switcher',
      'CmdOrCtrl+N': 'new-key',
      'CmdOrCtrl+,': 'settings',
    };
    for (const keys of Object.keys(wanted)) {
      const [item, ...more] = items.filter(({ accelerator }) => accelerator === keys);
      expect(more).toEqual([]);
      if (item?.click) Reflect.apply(item.click, undefined, []);
    }
    expect(chosen).toEqual(Object.values(wanted).map((command) => ({ kind: 'command', command })));
    expect(items.filter(({ role }) => role === 'quit')).toHaveLength(1);
    expect(items.filter(({ role }) => role === 'about')).toHaveLength(1);
  },
);

test('developer tools are in a checkout only', () => {
  const roles = (developing: boolean) => made('linux', developing).items.map(({ role }) => role);
  expect(roles(false)).not.toContain('toggleDevTools');
  expect(roles(false)).not.toContain('reload');
  expect(roles(true)).toContain('toggleDevTools');
});
