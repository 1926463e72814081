import { useEffect } from 'react';
import { create } from 'zustand';
import type { Output } from '../../../contract/methods.ts';
import { call } from '../../bridge.ts';

type Price = Output<'keys.price'>;

const usePrices = create<{ prices: Record<string, Price> }>(() => ({ prices: {} }));

/** Loads the price of a picture with this key. @throws CallError */
export async function loadPrice(keyId: string): Promise<Price> {
  const known = usePrices.getState().prices[keyId];
  if (known !== undefined) return known;
  const price = await call('keys.price', { id: keyId });
  usePrices.setState(({ prices }) => ({ prices: { ...prices, [keyId]: price } }));
  return price;
}

/** The price for a button's text, loaded when the pane has been open for a moment. Null until then. */
export function usePrice(keyId: string | null): Price {
  useEffect(() => {
    if (keyId === null) return;
    // on failure the button shows no price, and the dialog says why
    const timer = setTimeout(() => void loadPrice(keyId).catch(() => null), 400);
    return () => clearTimeout(timer);
  }, [keyId]);
  return usePrices(({ prices }) => (keyId === null ? null : (prices[keyId] ?? null)));
}
