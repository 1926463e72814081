/** In device-independent pixels, as Electron counts. */
export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const minSize = { width: 900, height: 600 };
const defaultSize = { width: 1180, height: 760 };
/** How much of the window's top must be on a display for people to drag it. */
const minVisible = { width: 120, height: 32 };

/**
 * Where to place the window: where it was, or, if no display shows enough of it (one was unplugged, or its resolution
 * changed), in the middle of the primary display.
 * @param areas the displays' work areas, the primary one first
 */
export function windowBounds(before: Bounds | null, areas: readonly Bounds[]): Bounds {
  const [primary] = areas;
  const wanted = {
    width: Math.max(before?.width ?? defaultSize.width, minSize.width),
    height: Math.max(before?.height ?? defaultSize.height, minSize.height),
  };
  const holder = before && areas.find((area) => isReachable({ ...before, ...wanted }, area));
  if (before && holder) {
    // keep the title bar below the display's top edge
    return { ...wanted, x: before.x, y: Math.max(before.y, holder.y) };
  }
  if (!primary) return { x: 0, y: 0, ...wanted };
  const width = Math.min(wanted.width, primary.width);
  const height = Math.min(wanted.height, primary.height);
  return {
    width,
    height,
    x: Math.round(primary.x + (primary.width - width) / 2),
    y: Math.round(primary.y + (primary.height - height) / 2),
  };
}

function isReachable(window: Bounds, area: Bounds): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const belowTop = area.y + area.height - window.y;
  return across >= minVisible.width && belowTop >= minVisible.height && window.y > area.y - minVisible.height;
}
