import { expect, test } from 'vitest';
import { createNotify } from '../../../main/app/notifications.ts';
import { menuLabel } from '../../../main/tray/item.ts';

const evil = 'Eve\u001b]0;title\u0007\r\nvarvel:\u202e all\u0000 & well';
const clean = 'Eve varvel:� all� & well';

test('a name from a server can’t disguise a notification: no control, line break or direction gets there', () => {
  const texts: unknown[] = [];
  const notify = createNotify((text) => {
    texts.push(text);
    return null;
  });
  notify(`Now on ${evil}`, evil);
  expect(texts).toEqual([{ title: `Now on ${clean}`, body: clean }]);
});

test('a name from a server can’t disguise a line of the tray’s menu, and & stays &', () => {
  expect(menuLabel(evil)).toBe(clean.replace('&', '&&'));
});
