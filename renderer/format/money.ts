/** An amount of money with two decimals, or four for small amounts. */
export function formatMoney(amount: number, currency: string): string {
  const places = amount !== 0 && Math.abs(amount) < 0.1 ? 4 : 2;
  try {
    return new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency,
      minimumFractionDigits: Math.min(places, 2),
      maximumFractionDigits: places,
    }).format(amount);
  } catch {
    // not an ISO 4217 code
    return `${amount} ${currency}`;
  }
}

const one: Record<string, string> = { images: 'image', megapixels: 'megapixel', seconds: 'second' };

/** The price of one unit: “$0.003 per megapixel”. */
export const formatPrice = ({
  amount,
  currency,
  unit,
}: {
  amount: number;
  currency: string;
  unit: string;
}): string => `${formatMoney(amount, currency)} per ${one[unit] ?? unit}`;
