/** The variables under the name that was asked for. A host would move the first key's too, and is left out. */
export const underName = (
  variables: { FAL_KEY: string } & Record<string, string>,
  name: string | undefined,
): Record<string, string> =>
  name === undefined || name === 'FAL_KEY' ? variables : { [name]: variables.FAL_KEY };
