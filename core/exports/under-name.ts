/** The key under another variable's name. Leaves out the host, which would affect FAL_KEY too. */
export const underName = (
  variables: { FAL_KEY: string } & Record<string, string>,
  name: string | undefined,
): Record<string, string> =>
  name === undefined || name === 'FAL_KEY' ? variables : { [name]: variables.FAL_KEY };
