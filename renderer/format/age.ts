const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, in short: “2 min”, “3 days”. `now` and `at` are in ms since 1970. */
export function shortAge(at: number, now: number): string {
  const passed = now - at;
  // also for the future, when the clock was set back
  if (passed < 45 * second) return 'now';
  if (passed < hour) return `${Math.max(1, Math.round(passed / minute))} min`;
  if (passed < day) return `${Math.round(passed / hour)} h`;
  if (passed < 60 * day) return days(Math.round(passed / day));
  if (passed < 700 * day) return `${Math.round(passed / (30.4 * day))} months`;
  return `${Math.round(passed / (365.25 * day))} years`;
}

/** How long until a time, in short: “45 s”, “2 h”, “3 days”. */
export function timeLeft(at: number, now: number): string {
  const left = Math.max(at - now, 0);
  if (left < 90 * second) return `${Math.ceil(left / second)} s`;
  if (left < 90 * minute) return `${Math.round(left / minute)} min`;
  if (left < 36 * hour) return `${Math.round(left / hour)} h`;
  return days(Math.round(left / day));
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

/** How long ago, in a sentence: “2 min ago”, “just now”. */
export const ageAgo = (at: number, now: number): string => {
  const text = shortAge(at, now);
  return text === 'now' ? 'just now' : `${text} ago`;
};

const dateFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hour12: false });

export const date = (at: number): string => dateFormat.format(at);
export const time = (at: number): string => timeFormat.format(at);
export const dateAndTime = (at: number): string => `${date(at)}, ${time(at)}`;

/** A day's heading in a list: Today, Yesterday, or its date. */
export function dayName(at: number, now: number): string {
  if (date(at) === date(now)) return 'Today';
  return date(at) === date(now - day) ? 'Yesterday' : date(at);
}
