import { modelById } from '../catalog.ts';
import type { ModelCall } from '../state.ts';
import type { Timeframe, Zone } from './timeframe.ts';

/** A line of a usage report, as the Platform API shows it. */
export type ReportLine = Record<string, unknown>;

/** What makes two calls different lines. */
export interface Grouping {
  /** Further members of a line; calls for which they differ are counted apart. */
  of(call: ModelCall): Record<string, unknown>;
  /** Whether lines say what was discounted, which is nothing; an organization's lines don't speak of it. */
  readonly discounts: boolean;
}

/** Money without the crumbs of binary fractions. */
const money = (amount: number): number => Math.round(amount * 1e6) / 1e6;

/** Adds calls up, a line for each endpoint and grouping, dearest first. */
export const reportLines = (calls: readonly ModelCall[], grouping: Grouping): ReportLine[] => {
  const groups = new Map<string, { endpoint: string; extra: Record<string, unknown>; quantity: number }>();
  for (const call of calls) {
    const extra = grouping.of(call);
    const id = JSON.stringify([call.endpoint_id, extra]);
    const group = groups.get(id);
    if (group) group.quantity += call.quantity;
    else groups.set(id, { endpoint: call.endpoint_id, extra, quantity: call.quantity });
  }
  return [...groups.values()]
    .map(({ endpoint, extra, quantity }) => {
      const model = modelById(endpoint);
      const unitPrice = model?.unit_price ?? 0;
      const cost = money(quantity * unitPrice);
      return {
        cost,
        line: {
          endpoint_id: endpoint,
          unit: model?.unit ?? 'image',
          quantity,
          unit_price: unitPrice,
          ...(grouping.discounts
            ? { percent_discount: null, cost_subtotal: cost, cost_discount: 0, cost_total: cost }
            : {}),
          cost,
          currency: 'USD',
          ...extra,
        },
      };
    })
    .sort((a, b) => b.cost - a.cost)
    .map(({ line }) => line);
};

/** Calls by the timeframe they fall in, oldest first; timeframes without calls are left out. */
export const bucketsOf = (
  calls: readonly ModelCall[],
  zone: Zone,
  timeframe: Timeframe,
  grouping: Grouping,
): { bucket: string; results: ReportLine[] }[] => {
  const buckets = new Map<number, ModelCall[]>();
  for (const call of calls) {
    const start = zone.startOf(call.at, timeframe);
    const bucket = buckets.get(start);
    if (bucket) bucket.push(call);
    else buckets.set(start, [call]);
  }
  return [...buckets.entries()]
    .sort(([a], [b]) => a - b)
    .map(([start, inside]) => ({ bucket: zone.format(start), results: reportLines(inside, grouping) }));
};
