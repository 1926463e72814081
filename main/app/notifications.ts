import { Notification } from 'electron';

export type Notify = ReturnType<typeof createNotify>;

/** Shows system notifications. Each is kept in memory until it closes, or its click could be lost to garbage collection. */
export function createNotify() {
  const open = new Set<Notification>();
  return (title: string, body: string, onClick?: () => void): void => {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
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
