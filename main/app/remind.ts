import type { Varvel } from '../../core/varvel.ts';
import type { Notify } from './notifications.ts';

/** How often to look for keys that became due, in milliseconds. */
const everyMs = 60_000;

/** Notifies of keys that are due for rotation: each once for each due date. */
export function createRemind(varvel: () => Varvel, notify: Notify, open: () => void) {
  function look(): void {
    try {
      const due = varvel().reminders.toNotify();
      const [only, ...more] = due;
      if (!only) return;
      const { key } = only;
      const title =
        more.length === 0
          ? `Rotate the key ${key.alias ?? key.id}`
          : `${due.length} keys are due for rotation`;
      const account = key.account ? ` of ${key.account.nickname}` : '';
      const body =
        more.length === 0
          ? `It is older than you wanted a key${account} to get.`
          : due.map(({ key: each }) => each.alias ?? each.id).join(', ');
      notify(title, body.slice(0, 200), open);
    } catch {
      // a database that can't be read now may be readable in a minute
    }
  }
  const timer = setInterval(look, everyMs);
  timer.unref();
  return { look, close: (): void => clearInterval(timer) };
}
