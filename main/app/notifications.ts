import type { Notification } from 'electron';
import { printable } from '../../core/model/printable.ts';

export type Notify = ReturnType<typeof createNotify>;

/**
 * Shows system notifications; names and messages in them may come from a server. Each is kept in memory until it closes,
 * or its click could be lost to garbage collection.
 * @param create makes one; null where the system has none
 */
export function createNotify(
  platform: NodeJS.Platform,
  create: (text: { title: string; body: string }) => Notification | null,
) {
  const bodyOf = platform === 'linux' ? withoutMarkup : printable;
  const open = new Set<Notification>();
  return (title: string, body: string, onClick?: () => void): void => {
    const notification = create({ title: printable(title), body: bodyOf(body) });
    if (!notification) return;
    open.add(notification);
    const release = () => open.delete(notification);
    notification.on('click', () => {
      release();
      onClick?.();
    });
    notification.on('close', release);
    notification.on('failed', release);
    notification.show();
  };
}

/**
 * Linux reads a body, not a title, as markup: an alias could be a link to anywhere.
 * Source: https://specifications.freedesktop.org/notification-spec/latest/markup.html
 */
const withoutMarkup = (text: string): string =>
  printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
