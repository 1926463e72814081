import { useId } from 'react';
import { daysBetween, type UsageLine } from '../../../core/model/usage.ts';
import { formatMoney } from '../../format/money.ts';
import './spend.css';

/** What was spent on each day, in one currency, as bars; read aloud as one sentence. */
export function DayBars({
  lines,
  from,
  to,
  currency,
  height,
}: {
  lines: readonly UsageLine[];
  from: string;
  to: string;
  currency: string;
  /** In px. */
  height: number;
}) {
  const title = useId();
  const days = daysBetween(from, to);
  const spent = new Map<string, number>();
  for (const { day, cost } of lines) spent.set(day, (spent.get(day) ?? 0) + cost);
  const most = Math.max(...days.map((day) => spent.get(day) ?? 0), 0);
  const dearest = days.find((day) => spent.get(day) === most);
  const width = 100 / days.length;
  return (
    <figure className="bars">
      <svg
        viewBox={`0 0 100 ${height}`}
        height={height}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={title}
      >
        <title id={title}>
          {most > 0 && dearest
            ? `Spent by day from ${dayWord(from)} to ${dayWord(to)}; most on ${dayWord(dearest)}, ${formatMoney(most, currency)}.`
            : `Nothing was spent from ${dayWord(from)} to ${dayWord(to)}.`}
        </title>
        {days.map((day, index) => {
          const cost = spent.get(day) ?? 0;
          const tall = most > 0 ? Math.max(cost > 0 ? 1.5 : 0, (cost / most) * (height - 2)) : 0;
          return (
            <g key={day} className="bar">
              <title>{`${dayWord(day)}: ${formatMoney(cost, currency)}`}</title>
              <rect className="bar-room" x={index * width} y={0} width={width} height={height} />
              <rect
                className="bar-spent"
                x={index * width + width * 0.12}
                y={height - tall}
                width={width * 0.76}
                height={tall}
              />
            </g>
          );
        })}
      </svg>
      <figcaption className="bars-ends soft small" aria-hidden="true">
        <span>{dayWord(from)}</span>
        {most > 0 && <span>{formatMoney(most, currency)} at most</span>}
        <span>{dayWord(to)}</span>
      </figcaption>
    </figure>
  );
}

const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

const dayWord = (day: string): string => format.format(Date.parse(day));
