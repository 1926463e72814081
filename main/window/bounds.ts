/** In device-independent pixels, as Electron counts. */
export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const smallest = { width: 900, height: 600 };
const usual = { width: 1180, height: 760 };
/** So much of the window's top must be on a display for a person to take hold of it. */
const graspable = { width: 120, height: 32 };

/**
 * Where the window goes: where it was, unless no display shows enough of it any more (one was unplugged, or its
 * resolution changed); then in the middle of the primary display, no larger than it.
 * @param areas the displays' work areas, the primary one first
 */
export function windowBounds(before: Bounds | null, areas: readonly Bounds[]): Bounds {
  const [primary] = areas;
  const wanted = {
    width: Math.max(before?.width ?? usual.width, smallest.width),
    height: Math.max(before?.height ?? usual.height, smallest.height),
  };
  const holder = before && areas.find((area) => isGraspable({ ...before, ...wanted }, area));
  if (before && holder) {
    // its top stays below the display's top, or the title bar could not be reached
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

function isGraspable(window: Bounds, area: Bounds): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const belowTop = area.y + area.height - window.y;
  return across >= graspable.width && belowTop >= graspable.height && window.y > area.y - graspable.height;
}
