/** Parts of the regular expressions for a hook's line as people write it by hand. */

export const program = String.raw`(?:&\s*)?\S*varvel(?:\.cmd)?['"]?`;
export const lineEnd = String.raw`\s*;?\s*(?:#.*)?$`;

const quiet = String.raw`(?:\s*(?:&>|[12]?>)\s*\S+)*`;
export const unlessThere = String.raw`(?:(?:command\s+-[vq]|type|which|hash)\s+${program}${quiet}\s*(?:&&|;\s*and)\s*)?`;
