import { expect, test } from 'vitest';
import { createNotify } from '../../../main/app/notifications.ts';
import { menuLabel } from '../../../main/tray/item.ts';

const evil = 'Eve\u001b]0;title\u0007\r\nvarvel:\u202e all\u0000 & well';
const clean = 'Eve varvel:� all� & well';

/** What the system is given of a notification. */
function notified(platform: NodeJS.Platform, title: string, body: string): unknown[] {
  const texts: unknown[] = [];
  const notify = createNotify(platform, (text) => {
    texts.push(text);
    return null;
  });
  notify(title, body);
  return texts;
}

test('a name from a server can’t disguise a notification: no control, line break or direction gets there', () => {
  expect(notified('darwin', `Now on ${evil}`, evil)).toEqual([{ title: `Now on ${clean}`, body: clean }]);
});

test('a name from a server is no link or picture in a notification of Linux, which reads bodies as markup', () => {
  const name = '<a href="http://evil.example/?">Sign in</a> &lt; A&B <i>x';
  expect(notified('linux', name, name)).toEqual([
    {
      title: name,
      body: '&lt;a href="http://evil.example/?"&gt;Sign in&lt;/a&gt; &amp;lt; A&amp;B &lt;i&gt;x',
    },
  ]);
  expect(notified('win32', name, name)).toEqual([{ title: name, body: name }]);
});

test('a name from a server can’t disguise a line of the tray’s menu, and & stays &', () => {
  expect(menuLabel(evil)).toBe(clean.replace('&', '&&'));
});
