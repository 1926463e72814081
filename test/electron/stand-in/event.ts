/** An event whose default can be prevented, with what else belongs to it. */
export type Preventable<Rest> = Rest & { readonly defaultPrevented: boolean; preventDefault(): void };

export function preventable<Rest extends object>(rest: Rest): Preventable<Rest> {
  let prevented = false;
  return Object.defineProperties(
    {
      ...rest,
      defaultPrevented: false,
      preventDefault: () => {
        prevented = true;
      },
    },
    { defaultPrevented: { get: () => prevented } },
  );
}
