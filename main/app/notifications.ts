import { Notification } from 'electron';

export type Notify = ReturnType<typeof createNotify>;

/** Shows the system's notifications; each is held until it is gone, or it could be collected before it is clicked. */
export function createNotify() {
  const shown = new Set<Notification>();
  return (title: string, body: string, onClick?: () => void): void => {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    shown.add(notification);
    const forget = () => shown.delete(notification);
    notification.on('click', () => {
      forget();
      onClick?.();
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    notification.show();
  };
}
