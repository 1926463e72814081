import type { Notification } from 'electron';
import { printable } from '../../core/model/printable.ts';

export type Notify = ReturnType<typeof createNotify>;

/**
 * Shows system notifications; names and messages in them may come from a server. Each is kept in memory until it closes,
 * or its click could be lost to garbage collection.
 * @param create makes one; null where the system has none
 */
export function createNotify(create: (text: { title: string; body: string }) => Notification | null) {
  const open = new Set<Notification>();
  return (title: string, body: string, onClick?: () => void): void => {
    const notification = create({ title: printable(title), body: printable(body) });
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
