const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** The date and time to the second in this machine's time zone, for people: `2026-11-26 14:03:27`. */
export function localTime(ms: number): string {
  const at = new Date(ms);
  const date = [at.getFullYear(), twoDigits(at.getMonth() + 1), twoDigits(at.getDate())].join('-');
  return `${date} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(':')}`;
}
