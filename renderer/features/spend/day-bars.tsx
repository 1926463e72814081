import { useId } from 'react';
import { daysBetween, type UsageLine } from '../../../core/model/fal/usage.ts';
import { formatMoney } from '../../format/money.ts';
import styles from './day-bars.module.css';

/** A bar chart of daily spend in one currency. Screen readers read a summary. */
export function DayBars({
  lines,
  from,
  to,
  currency,
  height,
  pace = null,
}: {
  lines: readonly UsageLine[];
  from: string;
  to: string;
  currency: string;
  /** In px. */
  height: number;
  /** What a budget allows each day, drawn as a line; null without one. */
  pace?: number | null;
}) {
  const title = useId();
  const days = daysBetween(from, to);
  const spent = new Map<string, number>();
  for (const { day, cost } of lines) spent.set(day, (spent.get(day) ?? 0) + cost);
  const peak = Math.max(...days.map((day) => spent.get(day) ?? 0), 0);
  const peakDay = days.find((day) => spent.get(day) === peak);
  const top = Math.max(peak, pace ?? 0);
  const width = 100 / days.length;
  return (
    <figure className={styles.bars}>
      <svg
        viewBox={`0 0 100 ${height}`}
        height={height}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={title}
      >
        <title id={title}>
          {peak > 0 && peakDay
            ? `Daily spend from ${formatDay(from)} to ${formatDay(to)}. Peak: ${formatMoney(peak, currency)} on ${formatDay(peakDay)}.`
            : `No spend from ${formatDay(from)} to ${formatDay(to)}.`}
        </title>
        {days.map((day, index) => {
          const cost = spent.get(day) ?? 0;
          const tall = top > 0 ? Math.max(cost > 0 ? 1.5 : 0, (cost / top) * (height - 2)) : 0;
          return (
            <g key={day} className={styles.bar}>
              <title>{`${formatDay(day)}: ${formatMoney(cost, currency)}`}</title>
              <rect className={styles.room} x={index * width} y={0} width={width} height={height} />
              <rect
                className={styles.spent}
                x={index * width + width * 0.12}
                y={height - tall}
                width={width * 0.76}
                height={tall}
              />
            </g>
          );
        })}
        {pace !== null && (
          <line
            className={styles.pace}
            x1={0}
            x2={100}
            y1={height - (pace / top) * (height - 2)}
            y2={height - (pace / top) * (height - 2)}
          />
        )}
      </svg>
      <figcaption className={`soft small ${styles.ends}`} aria-hidden="true">
        <span>{formatDay(from)}</span>
        {pace !== null && <span>Budget {formatMoney(pace, currency)} a day</span>}
        {peak > 0 && <span>Peak {formatMoney(peak, currency)}</span>}
        <span>{formatDay(to)}</span>
      </figcaption>
    </figure>
  );
}

const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

const formatDay = (day: string): string => format.format(Date.parse(day));
